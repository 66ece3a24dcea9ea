// Categories used lately on this phone, kept beside the drafts.
import { ref } from 'vue'
import { call } from '@/backend'
import { category, remember } from './categories'
import { RECENT_KEY } from './draft'

/** Recent categories, newest first; empty until read, and where none were used. */
export function useRecent(): { recent: ReturnType<typeof ref<string[]>>; used(code: string): void } {
  const recent = ref<string[]>([])
  call('load_draft', { key: RECENT_KEY })
    .then((draft) => {
      const codes = Array.isArray(draft.data) ? draft.data : []
      recent.value = codes.filter((code): code is string => typeof code === 'string' && category(code) !== undefined)
    })
    // A closed lock keeps them to itself; the usual ones stand in.
    .catch(() => undefined)
  return {
    recent,
    used(code) {
      recent.value = remember(recent.value ?? [], code)
      call('save_draft', { key: RECENT_KEY, data: recent.value }).catch(() => undefined)
    },
  }
}
