// Where one was in a building's matrix: a tower is scrolled, a household looked at, and
// the way back leads to the same floor.
import { ref } from 'vue'
import type { Ref } from 'vue'
import type { Mark } from './matrix'

export interface Place {
  top: number
  left: number
  filter: Ref<Mark | 'help' | 'all'>
}

const places = new Map<string, Place>()

/** The place in a building, kept until the app is closed. */
export function placeOf(building: string): Place {
  const kept = places.get(building) ?? { top: 0, left: 0, filter: ref<Mark | 'help' | 'all'>('all') }
  places.set(building, kept)
  return kept
}
