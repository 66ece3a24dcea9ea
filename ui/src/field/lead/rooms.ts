// A building's rooms as large rows: floor by floor, unit by unit.
import type { Building, Room } from '@/bindings/field'
import { say } from '@/i18n'

/** `1` → `1单元`; a unit that has a name keeps it; none is the whole building. */
export function unitWords(unit: string): string {
  if (unit === '') return say('lead', 'unit_none')
  return /^\d+$/.test(unit) ? say('lead', 'unit', { unit }) : unit
}

/** A floor of one unit. */
export interface Floor {
  floor: string
  rooms: Room[]
}

/** Rooms of a unit by floor, from the top; floors without a room of it are left out. */
export function floorsOf(building: Pick<Building, 'floors' | 'rooms'>, unit: string): Floor[] {
  return building.floors
    .map((floor) => ({ floor, rooms: building.rooms.filter((room) => room.unit === unit && room.floor === floor) }))
    .filter((one) => one.rooms.length > 0)
}

/** The units to choose from; one empty name when the building has none. */
export function unitsOf(building: Pick<Building, 'units' | 'rooms'>): string[] {
  const named = building.units.filter((unit) => building.rooms.some((room) => room.unit === unit))
  const bare = building.rooms.some((room) => room.unit === '')
  return bare && !named.includes('') ? [...named, ''] : named
}

/** What a room wears for a lead: only about visits, never about the people behind the door. */
export function markOf(room: Pick<Room, 'marks' | 'occupied'>): 'overdue' | 'never' | 'vacant' | '' {
  if (!room.occupied) return 'vacant'
  for (const mark of ['overdue', 'never'] as const) if (room.marks.includes(mark)) return mark
  return ''
}
