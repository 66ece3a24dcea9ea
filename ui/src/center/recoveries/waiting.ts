// How many phones wait for their key; the side bar shows it.
import { ref, watch } from 'vue'
import { api, session } from '../api'

export const waiting = ref(0)

/** Counts them again. */
export async function countWaiting(): Promise<void> {
  if (!session.value?.pages.recoveries) {
    waiting.value = 0
    return
  }
  const list = await api.recoveries(true).catch(() => null)
  if (list) waiting.value = list.filter((one) => one.state === 'waiting').length
}

watch(() => session.value?.person, countWaiting, { immediate: true })
