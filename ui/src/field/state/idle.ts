// Closes the lock after five minutes without a touch, also when the app lay in the background.

/** Milliseconds without a touch. */
export const IDLE = 5 * 60 * 1000
/** How often a phone that lies open on a table is looked at. */
const LOOK = 15 * 1000

export interface Clocks {
  /** By the calendar: goes on while the phone sleeps, but may be set back. */
  wall(): number
  /** Since the start: can't be set, but may stand still while the phone sleeps. */
  steady(): number
}

const system: Clocks = { wall: () => Date.now(), steady: () => performance.now() }

/** Watches for touches; calls `close` once after the time, and again only after the next touch. Returns how to stop. */
export function watchIdle(armed: () => boolean, close: () => void, clocks: Clocks = system): () => void {
  let wall = clocks.wall()
  let steady = clocks.steady()
  let closed = false

  function look(): void {
    const gone = Math.max(clocks.wall() - wall, clocks.steady() - steady)
    if (closed || gone < IDLE || !armed()) return
    closed = true
    close()
  }

  function touched(): void {
    // The first touch after a long sleep comes too late to count.
    look()
    closed = false
    wall = clocks.wall()
    steady = clocks.steady()
  }

  function shown(): void {
    if (document.visibilityState === 'visible') look()
  }

  const kinds = ['pointerdown', 'keydown', 'input'] as const
  for (const kind of kinds) document.addEventListener(kind, touched, { capture: true, passive: true })
  document.addEventListener('visibilitychange', shown)
  const timer = window.setInterval(look, LOOK)
  return () => {
    for (const kind of kinds) document.removeEventListener(kind, touched, { capture: true })
    document.removeEventListener('visibilitychange', shown)
    window.clearInterval(timer)
  }
}
