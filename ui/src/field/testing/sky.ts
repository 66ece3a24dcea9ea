// A pretend sky for tests: fixes come when the test says so.
import { vi } from 'vitest'

export interface Sky {
  /** A fix of this accuracy to everybody who watches. */
  fix(accuracy: number, at?: { lon?: number; lat?: number }): void
  /** No fix: 1 not allowed, 2 not to be had, 3 too late. */
  refuse(code: number): void
  /** How many watch. */
  watching(): number
}

/** Puts a sky over the page, in an app that may ask for positions. */
export function sky(): Sky {
  const watchers = new Map<number, [PositionCallback, PositionErrorCallback]>()
  let next = 1
  vi.stubGlobal('__TAURI_INTERNALS__', {})
  Object.defineProperty(navigator, 'geolocation', {
    configurable: true,
    value: {
      watchPosition: (found: PositionCallback, failed: PositionErrorCallback) => {
        watchers.set(next, [found, failed])
        return next++
      },
      clearWatch: (id: number) => void watchers.delete(id),
    },
  })
  const all = () => Array.from(watchers.values())
  return {
    fix(accuracy, at = {}) {
      const coords = { longitude: at.lon ?? 102.9, latitude: at.lat ?? 30, accuracy }
      all().forEach(([found]) => found({ coords, timestamp: Date.now() } as unknown as GeolocationPosition))
    },
    refuse: (code) => all().forEach(([, failed]) => failed({ code, PERMISSION_DENIED: 1 } as unknown as GeolocationPositionError)),
    watching: () => watchers.size,
  }
}
