// A short word at the foot of the screen, with a way back where there is one.
import { shallowRef } from 'vue'

export interface Toast {
  words: string
  /** `good` is the default; `bad` stays until tapped away. */
  tone: 'good' | 'bad'
  /** Word of the button, such as 撤销. */
  undo?: string
  onUndo?: () => void
}

const current = shallowRef<Toast | null>(null)
let timer = 0

export const useToast = () => current

/** Shows a toast; one at a time. */
export function toast(words: string, more: Partial<Omit<Toast, 'words'>> = {}): void {
  current.value = { words, tone: 'good', ...more }
  clearTimeout(timer)
  if (current.value.tone === 'good') timer = window.setTimeout(closeToast, more.onUndo ? 6000 : 3500)
}

export function closeToast(): void {
  clearTimeout(timer)
  current.value = null
}
