// Whose phone this is, how it came up, and the sync pill: read once, kept by events.
import { computed, ref, shallowRef } from 'vue'
import { asCommandError, backend, call, onDoubt, onTouch, touch } from '@/backend'
import type { CommandError } from '@/backend'
import type { SetSettings, Status, SyncState } from '@/bindings/field'
import { setLanguage } from '@/i18n'
import { watchIdle } from './idle'
import { applyLook } from './look'
import { watchMoments } from './moments'
import { watchNetwork } from './network'
import { forgetQueries } from './query'

const status = shallowRef<Status | null>(null)
const failed = shallowRef<CommandError | null>(null)
const sync = ref<SyncState | null>(null)

/** The status, as last told. */
export const useStatus = () => status
/** Why the phone's own program did not answer at the start. */
export const useStartFailure = () => failed
/** The sync pill's numbers. */
export const useSync = () => sync
/** The person; null before enrolment and while the lock is closed. */
export const useMe = () => computed(() => (status.value ? status.value.me : null))
/** A building lead has another home and fewer screens. */
export const useIsLead = () => computed(() => !!status.value?.me && status.value.me.role === 'R02')

/** Takes a status that a command answered (enrol, unlock, settings…). */
export async function takeStatus(next: Status): Promise<void> {
  if (next.boot !== 'ready') forgetQueries()
  // Words first, so that the first paint is in the right language.
  await setLanguage(next.settings.language)
  applyLook(next.settings)
  status.value = next
  sync.value = next.sync
  failed.value = null
}

/** Reads the status anew. */
export async function readStatus(): Promise<void> {
  try {
    await takeStatus(await call('status', {}))
  } catch (thrown) {
    failed.value = asCommandError(thrown)
  }
}

/** Changes settings kept on this phone. */
export async function changeSettings(change: Partial<SetSettings>): Promise<void> {
  await takeStatus(await call('set_settings', { language: null, large: null, theme: null, stamp: null, stamp_name: null, photos_metered: null, ...change }))
}

/** Asks for a sync now; the pill follows by event or answer. */
export async function syncNow(): Promise<void> {
  if (sync.value) sync.value = { ...sync.value, phase: 'syncing' }
  try {
    sync.value = await call('sync', {})
  } catch {
    await readStatus()
  }
}

/** Starts listening; once, at the start. */
export function listen(): void {
  backend().onEvent((event) => {
    if (event.type === 'sync') sync.value = event.state
    else touch(event.topics)
  })
  onTouch((topics) => topics.has('status') && void readStatus())
  // A failure needs no words: the phone tries by itself before long.
  watchMoments(() => void syncNow(), () => void backend().resumed().catch(() => undefined))
  watchNetwork((metered) => void call('network', { metered }).catch(() => undefined))
  watchIdle(
    () => !!status.value && status.value.boot === 'ready' && status.value.settings.pin_set,
    () => void call('lock', {}).then(takeStatus, readStatus),
  )
  // Refused because the lock closed meanwhile (several screens' readings may say so at once).
  let reading = false
  onDoubt(() => {
    if (reading) return
    reading = true
    void readStatus().then(() => {
      reading = false
    })
  })
}
