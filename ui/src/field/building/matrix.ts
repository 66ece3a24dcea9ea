// A building as floors by columns. Columns stand under each other by the room's
// number within its floor, so that x01 is above x01 however many are missing.
import type { Building, Room } from '@/bindings/field'

export type Mark = 'overdue' | 'care' | 'mobility' | 'clash' | 'tip' | 'never'

/** Marks from the one that colours the cell down. */
export const MARKS: readonly Mark[] = ['overdue', 'clash', 'care', 'mobility', 'tip', 'never']

export interface Column {
  unit: string
  /** First of its unit: a little air before it. */
  first: boolean
}

export interface Floor {
  label: string
  /** One place per column; null where there is no room. */
  cells: (Room | null)[]
}

export interface Matrix {
  columns: Column[]
  /** Units with how many columns each spans. */
  units: { name: string; span: number }[]
  floors: Floor[]
  /** Houses on one level: no floors to pin, cells simply flow. */
  flat: boolean
}

/** The part of a room's label that names its place on the floor: `501` → `01`. */
function place(room: Room): string {
  const label = room.room
  if (label.startsWith(room.floor) && label.length > room.floor.length) return label.slice(room.floor.length)
  const tail = /\d{1,2}\D*$/.exec(label)
  return tail ? tail[0] : label
}

const natural = (a: string, b: string) => (parseInt(a, 10) || 0) - (parseInt(b, 10) || 0) || (a < b ? -1 : a > b ? 1 : 0)

/** The known names, then those that only rooms know. */
function withOthers(known: readonly string[], used: readonly string[]): string[] {
  const all = new Set(known.filter((name) => used.includes(name)))
  used.forEach((name) => all.add(name))
  return all.size ? Array.from(all) : ['']
}

/** Lays a building out. */
export function matrix(building: Building): Matrix {
  // Rooms outrank the building's own lists: none may be left out of the picture.
  const unitNames = withOthers(building.units, building.rooms.map((room) => room.unit))
  const floorNames = withOthers(building.floors, building.rooms.map((room) => room.floor))
  const flat = floorNames.length <= 1
  const columns: Column[] = []
  const units: Matrix['units'] = []
  const floors: Floor[] = floorNames.map((label) => ({ label, cells: [] }))
  for (const unit of unitNames) {
    const rooms = building.rooms.filter((room) => room.unit === unit)
    const byFloor = floors.map((floor) => rooms.filter((room) => room.floor === floor.label))
    const most = Math.max(1, ...byFloor.map((list) => list.length))
    const places = Array.from(new Set(rooms.map(place))).sort(natural)
    // A split flat (501A) must not open a column on every floor.
    const aligned = places.length <= most && byFloor.every((list) => new Set(list.map(place)).size === list.length)
    for (let i = 0; i < most; i++) columns.push({ unit, first: i === 0 })
    units.push({ name: unit, span: most })
    floors.forEach((floor, f) => {
      const here = byFloor[f]!
      for (let i = 0; i < most; i++) {
        const room = aligned ? here.find((one) => place(one) === places[i]) : here[i]
        floor.cells.push(room ?? null)
      }
    })
  }
  return { columns, units, floors, flat }
}

/**
 * At most two marks to draw, the most urgent first. A home that nobody has visited yet is
 * not overdue: it only says "never", or half a new building would be red.
 */
export function shownMarks(room: Room): Mark[] {
  if (!room.occupied) return []
  const never = room.marks.includes('never')
  return MARKS.filter((mark) => room.marks.includes(mark) && !(never && mark === 'overdue')).slice(0, 2)
}

/** The mark that colours a room. */
export function mainMark(room: Room): Mark | null {
  return shownMarks(room)[0] ?? null
}

/** Rooms a filter keeps: `help` is care or mobility. */
export function keeps(room: Room, filter: Mark | 'help' | 'all'): boolean {
  if (filter === 'all') return true
  if (filter === 'help') return room.marks.includes('care') || room.marks.includes('mobility')
  return room.marks.includes(filter)
}

/** Where a tap on a room leads. */
export function roomPath(room: Room): string {
  const household = room.households[0]
  return household ? `/household/${household}` : `/visit/${room.dwelling}`
}
