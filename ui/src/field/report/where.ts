// How a position is put into words: keys and values here, the sentence in the messages.
import type { NoFix } from '@/backend'
import type { Located, MapData, Me, Position, Shape } from '@/bindings/field'
import type { Key } from '@/i18n'
import { metresTo } from '../map/projection'

/** A message of the report screen with its values. */
export interface Wording {
  key: Key<'report'>
  values: Record<string, string | number>
}

/** Nearer than this the building is what it is about. */
export const AT_BUILDING_M = 50

/** Beyond this a building says nothing about where one stands. */
const NEAR_M = 150

const SIDES: Record<string, Key<'report'>> = {
  n: 'side_n',
  ne: 'side_ne',
  e: 'side_e',
  se: 'side_se',
  s: 'side_s',
  sw: 'side_sw',
  w: 'side_w',
  nw: 'side_nw',
}

/** Metres as a person would say them: 8, 25, 140. */
export function roundedMetres(metres: number): number {
  if (metres < 10) return Math.max(1, Math.round(metres))
  if (metres < 50) return Math.round(metres / 5) * 5
  return Math.round(metres / 10) * 10
}

/** `5栋南侧约8米`, `5栋里`, or only the grid when no building is near. */
export function placeWording(at: Located): Wording {
  if (at.building !== '' && at.distance_m <= NEAR_M) {
    const building = at.building_name
    if (at.side === 'inside' || at.distance_m < 0.5) return { key: 'inside', values: { building } }
    return { key: SIDES[at.side] ?? 'near', values: { building, metres: roundedMetres(at.distance_m) } }
  }
  if (at.grid !== '') return { key: 'grid_only', values: { grid: at.grid_name } }
  return { key: 'nowhere', values: {} }
}

/** A grid's name without the community that the person is in anyway: `第3网格`. */
export function shortGrid(name: string, me: Pick<Me, 'within_name'> | null): string {
  const within = me ? me.within_name : ''
  return within !== '' && name.startsWith(within) && name.length > within.length ? name.slice(within.length) : name
}

/** What should be said about the grid besides its name: nothing, another's, unsure, or none. */
export function gridHint(at: Located): 'none' | 'other' | 'unsure' | 'own' {
  if (at.grid === '') return 'none'
  if (!at.own) return 'other'
  return at.unsure ? 'unsure' : 'own'
}

/** How the position was come by: tapped, from a building, or a fix with its radius. */
export function accuracyWording(source: string, accuracy_m: number | null): Wording {
  if (source === 'building') return { key: 'by_building', values: {} }
  if (accuracy_m === null || source === 'tap') return { key: 'by_tap', values: {} }
  return { key: 'accuracy', values: { metres: Math.max(1, Math.round(accuracy_m)) } }
}

/** Why the phone found no position. */
export function whyNowhere(why: NoFix): Key<'report'> {
  return `locate_${why}`
}

/** The building that a report is about: the one it was opened for, else the one it stands at. */
export function buildingOf(map: MapData | null, place: string, near: Located | null): Shape | null {
  if (!map) return null
  const id = place !== '' ? place : near && near.distance_m <= AT_BUILDING_M ? near.building : ''
  return map.shapes.find((shape) => shape.kind === 'building' && shape.id === id && id !== '') ?? null
}

/** Metres from a building, when that is too far for a photo of it; 0 when it isn't. */
export function farFrom(building: Shape, at: Pick<Position, 'lon' | 'lat'>): number {
  const metres = metresTo(building.line, [at.lon, at.lat])
  return Number.isFinite(metres) && metres > AT_BUILDING_M ? metres : 0
}
