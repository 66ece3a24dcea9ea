// What was written, and why something came back, in words.
import names from 'virtual:reference/category-names'
import type { OutboxItem } from '@/bindings/field'
import { named, say, sayCode } from '@/i18n'

/** What it is about: a category becomes its name, everything else stands as it is. */
export function aboutWords(item: Pick<OutboxItem, 'about'>): string {
  const category = names[item.about]
  return category ? named(category) : item.about
}

/** The kind of an edit by its field path. */
function editKey(field: string): string {
  if (field.startsWith('phones/')) return 'a_field_phone'
  if (field.startsWith('mobility')) return 'a_field_mobility'
  if (field.startsWith('cycle')) return 'a_field_cycle'
  return 'a_field_set'
}

/** `报事:路灯不亮`, `改电话:张守田`, `开始演练:防汛转移`; an action of a newer version is still said. */
export function itemWords(item: Pick<OutboxItem, 'action' | 'about' | 'field' | 'drill'>): string {
  const about = aboutWords(item)
  const key = item.action === 'field_set' ? editKey(item.field) : `a_${item.action}${item.drill ? '_drill' : ''}`
  const words = sayCode('outbox', key, { about }) ?? say('outbox', 'a_other', { about })
  // Nothing to name: no colon at the end.
  return about === '' ? words.replace(/[::]\s*$/, '') : words
}

/** The headline of something that came back. */
export function backWords(item: Pick<OutboxItem, 'action' | 'about' | 'drill'>): string {
  const about = aboutWords(item)
  // Whom it was about is not said any more.
  if (about === '') return say('outbox', 't_nameless')
  if (item.drill) return say('outbox', 't_drill', { about })
  return sayCode('outbox', `t_${item.action}`, { about }) ?? say('outbox', 't_other', { about })
}

/** Reasons of the center that mean the same to a person. */
const SAME: Record<string, string> = {
  role: 'permission',
  parent: 'scope',
  kind: 'unknown_kind',
  action: 'unknown_kind',
  unknown_code: 'unknown_kind',
  bad_change: 'intent_mismatch',
  bad_intent: 'intent_mismatch',
  hash: 'intent_mismatch',
  identity: 'intent_mismatch',
  actor: 'intent_mismatch',
  actor_seq: 'intent_mismatch',
  group: 'intent_mismatch',
}

/** Why it came back, as one sentence. */
export function whyWords(item: Pick<OutboxItem, 'problem'>): string {
  const problem = item.problem
  if (!problem) return say('outbox', 'why_other')
  const code = SAME[problem.code] ?? problem.code
  return sayCode('outbox', `why_${code}`, problem.params) ?? say('outbox', 'why_other')
}

/** Reasons that stay the same however often it is sent. */
const FOR_GOOD = ['overtaken', 'refused', 'not_new', 'erased', 'ended', 'no_clash', 'category_refused', 'not_found']

/** Whether it may help to send it as it stands; a button that does nothing is not shown. */
export const mayHelpAgain = (item: Pick<OutboxItem, 'problem'>): boolean => !item.problem || FOR_GOOD.indexOf(item.problem.code) < 0

/** Where a tap on an item leads: its report or its household; null where there is no screen. */
export function target(item: Pick<OutboxItem, 'kind' | 'doc'>): string | null {
  if (item.doc === '') return null
  if (item.kind === 'case') return `/case/${item.doc}`
  if (item.kind === 'household') return `/household/${item.doc}`
  if (item.kind === 'muster') return '/emergency'
  if (item.kind === 'task') return '/tasks'
  return null
}

/** `0.5 MB`, never torn apart at the end of a line. */
export function megabytes(bytes: number): string {
  const mb = bytes / (1024 * 1024)
  return `${mb < 10 ? Math.max(0.1, mb).toFixed(1) : String(Math.round(mb))}\u00a0MB`
}
