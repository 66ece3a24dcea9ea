// A position from the phone, only when the person taps for it. Browser phones have none:
// there the person taps the map.
import type { Position } from '@/bindings/field'

/** The app has a position to ask for. */
export function canLocate(): boolean {
  return '__TAURI_INTERNALS__' in window && 'geolocation' in navigator
}

/** Why there is none. */
export type NoFix = 'denied' | 'failed'

function position(found: GeolocationPosition): Position {
  return {
    lon: found.coords.longitude,
    lat: found.coords.latitude,
    accuracy_m: found.coords.accuracy,
    source: 'gnss',
    // The system's own clock of the fix is kept as the time of it.
    at: Math.round(found.timestamp),
    mocked: false,
  }
}

/** One fix, no watching. Waits at most `wait` milliseconds. */
export function fix(wait = 30_000): Promise<Position | NoFix> {
  return new Promise((done) => {
    navigator.geolocation.getCurrentPosition(
      (found) => done(position(found)),
      (error) => done(error.code === error.PERMISSION_DENIED ? 'denied' : 'failed'),
      { enableHighAccuracy: true, timeout: wait, maximumAge: 10_000 },
    )
  })
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
  best(): Position | null
  /** Hears each better fix but the last, which settles. */
  onBetter(hear: (better: Position) => void): void
  /** The last word: the best there was, or why there is none. */
  readonly settled: Promise<Position | NoFix>
  /** Settles now, with what there is. */
  stop(): void
}

/** Watches until the position is good, gets no better, or time is up. */
export function seek(): Seek {
  let best: Position | null = null
  let over = false
  let quiet = 0
  const hearers: ((better: Position) => void)[] = []
  let tell: (found: Position | NoFix) => void = () => undefined
  const settled = new Promise<Position | NoFix>((done) => (tell = done))

  function settle(why: NoFix = 'failed'): void {
    if (over) return
    over = true
    window.clearTimeout(quiet)
    window.clearTimeout(most)
    navigator.geolocation.clearWatch(watch)
    tell(best ?? why)
  }
  function restart(): void {
    window.clearTimeout(quiet)
    quiet = window.setTimeout(() => settle(), QUIET_MS)
  }

  const most = window.setTimeout(() => settle(), MOST_MS)
  const watch = navigator.geolocation.watchPosition(
    (found) => {
      if (over) return
      const now = position(found)
      if (best && found.coords.accuracy > (best.accuracy_m ?? 0) - GAIN_M) return
      best = now
      if (found.coords.accuracy <= GOOD_M) return settle()
      hearers.forEach((hear) => hear(now))
      restart()
    },
    (error) => {
      if (error.code === error.PERMISSION_DENIED) settle('denied')
      // Switched off, or no sky: it may come yet, but not for long.
      else if (!over && !best && !quiet) restart()
    },
    { enableHighAccuracy: true, timeout: MOST_MS, maximumAge: 3_000 },
  )
  return {
    best: () => best,
    onBetter: (hear) => void hearers.push(hear),
    settled,
    stop: () => settle(),
  }
}
