// How many returned records wait for a decision; the side bar shows it.
import { ref, watch } from 'vue'
import type { Returned } from '@/bindings/center'
import { api, session } from '../api'
import { onNews } from '../live'

export const waiting = ref(0)

/** Those of a list that wait. */
export const countOf = (lines: readonly Returned[]): number => lines.filter((one) => one.state === 'waiting').length

/** Counts them again: those of the newest page. */
export async function countWaiting(): Promise<void> {
  if (!session.value?.pages.returned) {
    waiting.value = 0
    return
  }
  const page = await api.returned('', true).catch(() => null)
  if (page) waiting.value = countOf(page.lines)
}

watch(() => session.value?.person, countWaiting, { immediate: true })

/** Goes on counting while the side bar is there. */
export const keepCounting = (): void => onNews(['returned'], () => void countWaiting())
