// An action that waits a moment, so that it can be taken back instead of being asked about.
import { toast } from './toast'

/** As long as the toast with its way back stands. */
const WAIT = 6000

/**
 * Says `words` with a way back, and runs `run` when nobody took it. When the app is put
 * away before that, it runs at once: what a person decided is not lost.
 */
export function later(words: string, run: () => void, taken?: () => void): void {
  let settled = false
  const settle = (then?: () => void) => {
    if (settled) return
    settled = true
    window.clearTimeout(timer)
    document.removeEventListener('visibilitychange', hidden)
    if (then) then()
  }
  const hidden = () => {
    if (document.visibilityState === 'hidden') settle(run)
  }
  const timer = window.setTimeout(() => settle(run), WAIT)
  document.addEventListener('visibilitychange', hidden)
  toast(words, { onUndo: () => settle(taken) })
}
