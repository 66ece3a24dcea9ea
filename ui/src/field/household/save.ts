// Writing one field, with a way back.
import { asCommandError, call } from '@/backend'
import type { Value } from '@/bindings/field'
import { say, sayError } from '@/i18n'
import { toast } from '../state/toast'

export interface FieldTarget {
  household: string
  doc: string
  field: string
  /** Heads the form was opened on. */
  seen: string[]
}

/** Writes the field and, where the former value is known in clear, offers to write it again. False when it did not work. */
export async function saveField(target: FieldTarget, value: Value, former?: Value): Promise<boolean> {
  try {
    await call('edit_field', { doc: target.doc, field: target.field, value, seen: target.seen })
  } catch (thrown) {
    toast(sayError(asCommandError(thrown)), { tone: 'bad' })
    return false
  }
  toast(say('edit', 'changed'), former === undefined ? {} : { onUndo: () => void undo(target, former) })
  return true
}

/** Going back is an ordinary edit at what is seen now. */
async function undo(target: FieldTarget, former: Value): Promise<void> {
  try {
    const now = await call('household', { household: target.household, dwelling: '' })
    const seen = target.doc === now.care ? now.care_seen : now.household_seen
    await call('edit_field', { doc: target.doc, field: target.field, value: former, seen })
    toast(say('edit', 'undone'))
  } catch (thrown) {
    toast(sayError(asCommandError(thrown)), { tone: 'bad' })
  }
}

/** Runs a writing command; says `words` when it worked, the reason when it did not. */
export async function attempt(run: () => Promise<unknown>, words: string): Promise<boolean> {
  try {
    await run()
    toast(words)
    return true
  } catch (thrown) {
    toast(sayError(asCommandError(thrown)), { tone: 'bad' })
    return false
  }
}
