// A building lead's visit: how it was, and tips for the worker.
import type { LogVisit, NewTip } from '@/bindings/field'

/** The form while it is filled in. */
export interface LeadVisit {
  result: number
  words: string
  phone: string
  whose: string
  needs: string[]
  mobility: string
  movedOut: boolean
  /** Which tips are being given. */
  open: string[]
}

export const RESULTS = [1, 2, 3, 4, 5] as const
export const TIPS = ['phone', 'need', 'mobility', 'moved_out'] as const
export const NEEDS = ['meals', 'errand', 'repair', 'medicine', 'talk', 'visit', 'policy', 'other'] as const
export const MOBILITY = ['self', 'arm', 'wheelchair', 'stretcher', 'oxygen'] as const

/** An untouched form. */
export function emptyVisit(): LeadVisit {
  return { result: 0, words: '', phone: '', whose: '', needs: [], mobility: '', movedOut: false, open: [] }
}

/** Digits of a number as typed; full-width digits count. */
export function digits(typed: string): string {
  return typed
    .replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[^0-9]/g, '')
}

/** A number that can be dialled: a mobile one, or a landline with or without its area code. */
export function phoneLooksRight(typed: string): boolean {
  const number = digits(typed)
  return /^1\d{10}$/.test(number) || /^(0\d{2,3})?\d{7,8}$/.test(number)
}

/** The tips that were given; a tip that was opened and left empty is none. */
export function tipsOf(form: LeadVisit): NewTip[] {
  const tips: NewTip[] = []
  if (form.open.includes('phone') && digits(form.phone) !== '') {
    tips.push({ kind: 'phone', value: digits(form.phone), words: form.whose.trim() })
  }
  if (form.open.includes('need')) form.needs.forEach((need) => tips.push({ kind: 'need', value: need, words: '' }))
  if (form.open.includes('mobility') && form.mobility !== '') tips.push({ kind: 'mobility', value: form.mobility, words: '' })
  if (form.open.includes('moved_out')) tips.push({ kind: 'moved_out', value: '', words: '' })
  return tips
}

/** The request of the command `log_visit`. A lead sees no household, so it names only the dwelling. */
export function toVisit(form: LeadVisit, dwelling: string): LogVisit {
  return {
    dwelling,
    household: '',
    kind: 'V01',
    result: form.result,
    mood: '',
    utilities: '',
    words: form.words.trim(),
    tips: tipsOf(form),
  }
}
