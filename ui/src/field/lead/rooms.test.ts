import { describe, expect, it } from 'vitest'
import type { Room } from '@/bindings/field'
import { floorsOf, markOf, unitWords, unitsOf } from './rooms'

const room = (unit: string, floor: string, name: string, more: Partial<Room> = {}): Room => ({
  dwelling: unit + name, unit, floor, room: name, surname: '张', occupied: true, households: [], marks: [], ...more,
})
const building = {
  floors: ['2', '1'],
  units: ['1单元', '2单元', '3单元'],
  rooms: [room('1单元', '2', '201'), room('2单元', '2', '201'), room('1单元', '1', '101'), room('1单元', '1', '102')],
}

describe('a building in large type', () => {
  it('goes floor by floor from the top, one unit at a time', () => {
    expect(floorsOf(building, '1单元').map((f) => [f.floor, f.rooms.length])).toEqual([['2', 1], ['1', 2]])
    expect(floorsOf(building, '2单元').map((f) => f.floor)).toEqual(['2'])
  })
  it('offers only units with rooms, and one without a name for blocks without units', () => {
    expect(unitsOf(building)).toEqual(['1单元', '2单元'])
    expect(unitsOf({ units: [], rooms: [room('', '1', '101')] })).toEqual([''])
  })
  it('says a unit as people do', () => {
    expect(['1', '东单元', ''].map(unitWords)).toEqual(['1单元', '东单元', '本栋'])
  })
  it('wears marks about visits only', () => {
    expect(markOf(room('', '1', '101', { marks: ['care', 'overdue'] }))).toBe('overdue')
    expect(markOf(room('', '1', '101', { occupied: false, marks: ['care'] }))).toBe('vacant')
    expect(markOf(room('', '1', '101', { marks: ['care', 'mobility'] }))).toBe('')
    expect(markOf(room('', '1', '101'))).toBe('')
  })
})
