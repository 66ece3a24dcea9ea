// A position from the phone, only when the person taps for it. Where there is none to ask for, the
// person taps the map.
import { backend } from '@/backend'
import type { Fix, NoFix } from '@/backend'
import type { Position } from '@/bindings/field'

export type { NoFix } from '@/backend'

/** The app has a position to ask for. */
export function canLocate(): boolean {
  return backend().positions !== null
}

/** A position, and where the camera looked. */
export interface Found {
  position: Position
  direction: number | null
}

function found(fix: Fix): Found {
  const { lon, lat, accuracy_m, at, mocked, direction } = fix
  return { position: { lon, lat, accuracy_m, source: 'gnss', at, mocked }, direction }
}

/** As exact as a phone under the open sky gets; waiting for more costs only battery. */
const GOOD_M = 15
/** A gain below this is noise, metres. */
const GAIN_M = 1
/** No gain for so long: that was it, milliseconds. */
const QUIET_MS = 8_000
/** So long in all; the photo is finished without it then. */
const MOST_MS = 30_000

/** A search for a good position. */
export interface Seek {
  /** The best fix so far. */
  best(): Found | null
  /** Hears each better fix but the last, which settles. */
  onBetter(hear: (better: Found) => void): void
  /** The last word: the best there was, or why there is none. */
  readonly settled: Promise<Found | NoFix>
  /** Settles now, with what there is. */
  stop(): void
}

/** Watches until the position is good, gets no better, or time is up. */
export function seek(): Seek {
  let best: Found | null = null
  let over = false
  let quiet = 0
  let rest: () => void = () => undefined
  const hearers: ((better: Found) => void)[] = []
  let tell: (last: Found | NoFix) => void = () => undefined
  const settled = new Promise<Found | NoFix>((done) => (tell = done))

  function settle(why: NoFix = 'failed'): void {
    if (over) return
    over = true
    window.clearTimeout(quiet)
    window.clearTimeout(most)
    rest()
    tell(best ?? why)
  }
  function restart(): void {
    window.clearTimeout(quiet)
    quiet = window.setTimeout(() => settle(), QUIET_MS)
  }
  function hear(heard: Fix | NoFix): void {
    if (over) return
    if (heard === 'failed') {
      // It may come yet, but not for long.
      if (!best && !quiet) restart()
    } else if (typeof heard === 'string') {
      settle(heard)
    } else {
      if (best && heard.accuracy_m > (best.position.accuracy_m ?? 0) - GAIN_M) return
      const now = found(heard)
      best = now
      if (heard.accuracy_m <= GOOD_M) return settle()
      hearers.forEach((one) => one(now))
      restart()
    }
  }

  const most = window.setTimeout(() => settle(), MOST_MS)
  const { positions } = backend()
  if (positions) rest = positions.watch(hear)
  else settle()
  return {
    best: () => best,
    onBetter: (one) => void hearers.push(one),
    settled,
    stop: () => settle(),
  }
}
