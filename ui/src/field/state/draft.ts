// Nothing typed is lost: a form's content goes into the encrypted database while it is typed.
import { effectScope, nextTick, onScopeDispose, ref, watch } from 'vue'
import type { Ref } from 'vue'
import { call } from '@/backend'

/** Milliseconds without a keystroke after which a draft is written. */
const PAUSE = 250

export interface DraftState {
  /** The form came back as it was left. */
  restored: Ref<boolean>
  /** The draft has been looked up: show the form. */
  ready: Ref<boolean>
  /** Drops the draft for good, when the form was saved and the screen is left. */
  drop(): Promise<void>
  /** Drops the draft and goes on listening, for a form that stays. */
  clear(): Promise<void>
}

/**
 * Keeps `form` under `key`: fills it from the draft, then writes each change.
 * `form` must be plain JSON. Writing stops after `drop`.
 */
export function useDraft<T extends object>(key: string, form: Ref<T>): DraftState {
  const restored = ref(false)
  const ready = ref(false)
  let timer = 0
  let pending = false
  let dropped = false
  // The watcher starts later than the screen, and must still end with it.
  const scope = effectScope()

  function write(): void {
    clearTimeout(timer)
    if (!pending || dropped) return
    pending = false
    call('save_draft', { key, data: JSON.parse(JSON.stringify(form.value)) as unknown }).catch(() => {
      // Kept in memory; the next keystroke tries again.
      pending = true
    })
  }

  call('load_draft', { key })
    .then((draft) => {
      if (draft.data && typeof draft.data === 'object') {
        form.value = { ...form.value, ...(draft.data as T) }
        restored.value = true
      }
    })
    .catch(() => undefined)
    .then(() => {
      ready.value = true
      scope.run(() =>
        watch(
          form,
          () => {
            pending = true
            clearTimeout(timer)
            timer = window.setTimeout(write, PAUSE)
          },
          { deep: true },
        ),
      )
    })

  // The app is put away or the screen left before the pause is over.
  document.addEventListener('visibilitychange', write)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', write)
    write()
  })

  return {
    restored,
    ready,
    async drop() {
      dropped = true
      await this.clear()
    },
    async clear() {
      // The emptied form is itself a change: let it be seen before it is dropped.
      await nextTick()
      clearTimeout(timer)
      pending = false
      await call('save_draft', { key, data: null }).catch(() => undefined)
    },
  }
}
