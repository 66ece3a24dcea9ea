// A position from the phone, only when the person taps for it. Browser phones have none:
// there the person taps the map.
import type { Position } from '@/bindings/field'

/** The app has a position to ask for. */
export function canLocate(): boolean {
  return '__TAURI_INTERNALS__' in window && 'geolocation' in navigator
}

/** Why there is none. */
export type NoFix = 'denied' | 'failed'

/**
 * One fix, no watching. Waits at most `wait` milliseconds; the system's own clock of the fix
 * is kept as the time of it.
 */
export function fix(wait = 30_000): Promise<Position | NoFix> {
  return new Promise((done) => {
    navigator.geolocation.getCurrentPosition(
      (found) =>
        done({
          lon: found.coords.longitude,
          lat: found.coords.latitude,
          accuracy_m: found.coords.accuracy,
          source: 'gnss',
          at: Math.round(found.timestamp),
          mocked: false,
        }),
      (error) => done(error.code === error.PERMISSION_DENIED ? 'denied' : 'failed'),
      { enableHighAccuracy: true, timeout: wait, maximumAge: 10_000 },
    )
  })
}
