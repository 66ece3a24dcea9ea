// Dialling writes itself down; only showing a number asks what for.
import { asCommandError, backend, call } from '@/backend'
import { say, sayError } from '@/i18n'
import { toast } from '../state/toast'

export interface NumberRef {
  care: string
  phone: string
  /** A value of a clash. */
  change?: string | null
}

/** Logs the call and opens the dialler. */
export async function dialNumber(target: NumberRef): Promise<void> {
  try {
    const { number } = await call('reveal', {
      care: target.care,
      phone: target.phone,
      way: 'dial',
      purpose: null,
      change: target.change ?? null,
    })
    toast(say('household', 'dialling'))
    backend().dial(number)
  } catch (thrown) {
    toast(sayError(asCommandError(thrown)), { tone: 'bad' })
  }
}
