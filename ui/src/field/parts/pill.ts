// What the sync pill says: the truth, in the fewest words.
import type { SyncState } from '@/bindings/field'
import type { Key, Params } from '@/i18n'

export type PillTone = 'good' | 'lamp' | 'red' | 'plain'
export type PillIcon = 'off' | 'sync' | 'done' | 'warn' | 'cloud'

export interface PillWords {
  key: Key<'shell'>
  params: Params
  tone: PillTone
  icon: PillIcon
}

/** Turns the numbers into the pill. What needs the person comes first, then the link, then what waits. */
export function pillWords(sync: SyncState): PillWords {
  const offline = sync.phase === 'offline'
  const waiting = sync.records
  const none = {}
  if (sync.attention > 0) {
    const key = offline ? 'pill_offline_attention' : 'pill_attention'
    return { key, params: { n: sync.attention }, tone: 'red', icon: offline ? 'off' : 'warn' }
  }
  if (sync.phase === 'failed') {
    return waiting
      ? { key: 'pill_failed_waiting', params: { n: waiting }, tone: 'lamp', icon: 'warn' }
      : { key: 'pill_failed', params: none, tone: 'lamp', icon: 'warn' }
  }
  if (offline) {
    if (waiting) return { key: 'pill_offline_waiting', params: { n: waiting }, tone: 'lamp', icon: 'off' }
    if (sync.photos) return { key: 'pill_offline_photos', params: { n: sync.photos }, tone: 'lamp', icon: 'off' }
    return { key: 'pill_offline', params: none, tone: 'lamp', icon: 'off' }
  }
  if (sync.phase === 'syncing') {
    if (sync.received) return { key: 'pill_first', params: { n: sync.received }, tone: 'plain', icon: 'sync' }
    if (waiting) return { key: 'pill_syncing_waiting', params: { n: waiting }, tone: 'plain', icon: 'sync' }
    return { key: 'pill_syncing', params: none, tone: 'plain', icon: 'sync' }
  }
  if (waiting) return { key: 'pill_online_waiting', params: { n: waiting }, tone: 'plain', icon: 'cloud' }
  if (sync.photos) return { key: 'pill_photos', params: { n: sync.photos }, tone: 'plain', icon: 'cloud' }
  // "All sent" is said only after the center has answered.
  if (sync.phase === 'online') return { key: 'pill_all', params: none, tone: 'good', icon: 'done' }
  return { key: 'pill_unknown', params: none, tone: 'plain', icon: 'cloud' }
}
