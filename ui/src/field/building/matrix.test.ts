import { describe, expect, it } from 'vitest'
import type { Building, Room } from '@/bindings/field'
import { keeps, mainMark, matrix, roomPath, shownMarks } from './matrix'

const room = (unit: string, floor: string, label: string, more: Partial<Room> = {}): Room => ({
  dwelling: `d-${unit}-${label}`, unit, floor, room: label, surname: '', occupied: true, households: [], marks: [], ...more,
})
const building = (floors: string[], units: string[], rooms: Room[]): Building => ({
  id: 'b', name: '5栋', alias: '', estate: '', floors, units, rooms, lead: '',
})
const labels = (one: Building) => matrix(one).floors.map((floor) => floor.cells.map((cell) => (cell ? cell.room : '-')).join(' '))

describe('matrix', () => {
  it('puts rooms of one number under each other, also where some are missing', () => {
    const one = building(['2', '1'], ['1单元', '2单元'], [
      room('1单元', '2', '201'), room('1单元', '2', '202'), room('2单元', '2', '201'), room('2单元', '2', '202'),
      room('1单元', '1', '102'), room('2单元', '1', '101'),
    ])
    expect(labels(one)).toEqual(['201 202 201 202', '- 102 101 -'])
    expect(matrix(one).units).toEqual([{ name: '1单元', span: 2 }, { name: '2单元', span: 2 }])
  })

  it('does not open a column on every floor for one split flat', () => {
    const one = building(['2', '1'], [''], [room('', '2', '201A'), room('', '2', '201B'), room('', '1', '101'), room('', '1', '102')])
    expect(labels(one)).toEqual(['201A 201B', '101 102'])
  })

  it('keeps a tower of 33 floors, 6 units and a basement whole', () => {
    const floors = Array.from({ length: 33 }, (_, i) => String(33 - i)).concat('-1')
    const units = ['1', '2', '3', '4', '5', '6']
    const rooms = floors.flatMap((floor) => units.flatMap((unit) => ['01', '02'].map((n) => room(unit, floor, floor === '-1' ? `B${n}` : floor + n))))
    const plan = matrix(building(floors, units, rooms))
    expect(plan.columns).toHaveLength(12)
    expect(plan.floors).toHaveLength(34)
    expect(plan.floors.reduce((sum, floor) => sum + floor.cells.filter(Boolean).length, 0)).toBe(rooms.length)
  })

  it('lets a row of single-storey houses flow', () => {
    const plan = matrix(building(['1'], [], [room('', '1', '1号'), room('', '1', '2号')]))
    expect(plan.flat).toBe(true)
    expect(plan.floors[0]!.cells).toHaveLength(2)
  })

  it('leaves no room out, also of floors and units the building does not name', () => {
    const one = building(['2', '1'], ['1'], [room('1', '2', '201'), room('1', '夹', '夹01'), room('2', '1', '101')])
    expect(matrix(one).floors.reduce((sum, floor) => sum + floor.cells.filter(Boolean).length, 0)).toBe(3)
  })

  it('colours by what is most urgent, and leads where something can be done', () => {
    expect(mainMark(room('', '1', '101', { marks: ['care', 'overdue'] }))).toBe('overdue')
    expect(mainMark(room('', '1', '101'))).toBeNull()
    expect(shownMarks(room('', '1', '101', { marks: ['overdue', 'never'] }))).toEqual(['never'])
    expect(shownMarks(room('', '1', '101', { marks: ['never'], occupied: false }))).toEqual([])
    expect(keeps(room('', '1', '101', { marks: ['mobility'] }), 'help')).toBe(true)
    expect(roomPath(room('', '1', '101', { households: ['h1', 'h2'] }))).toBe('/household/h1')
    expect(roomPath(room('', '1', '101'))).toBe('/visit/d--101')
  })
})
