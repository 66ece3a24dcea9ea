// A pretend sky for tests: fixes come when the test says so.
import { useBackend } from '@/backend'
import type { Backend, Fix, NoFix, PositionSource } from '@/backend'

export interface Sky {
  /** A fix of this accuracy to everybody who watches. */
  fix(accuracy: number, more?: Partial<Fix>): void
  /** No fix, for this reason. */
  refuse(why: NoFix): void
  /** How many watch. */
  watching(): number
}

let above: PositionSource | null = null

/** What a phone of a test has for positions. */
export function skyAbove(): PositionSource | null {
  return above
}

/** Puts a sky over the phone; over the next one, too, until `clearSky`. */
export function sky(): Sky {
  const watchers = new Set<(heard: Fix | NoFix) => void>()
  above = {
    watch(hear) {
      watchers.add(hear)
      return () => watchers.delete(hear)
    },
  }
  useBackend({ positions: above } as Backend)
  const tell = (heard: Fix | NoFix) => Array.from(watchers).forEach((hear) => hear(heard))
  return {
    fix: (accuracy_m, more = {}) => tell({ lon: 102.9, lat: 30, accuracy_m, at: Date.now(), mocked: false, direction: null, ...more }),
    refuse: tell,
    watching: () => watchers.size,
  }
}

/** Takes it away again. */
export function clearSky(): void {
  above = null
}
