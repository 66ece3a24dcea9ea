import { describe, expect, it } from 'vitest'
import {
  STATUSES, buildingOf, buildings, keepOrder, needsHelp, standing, subjectsFor, totals, type Countable,
} from './roll'

const line = (subject: string, status: string, mobility = '', building = 'b5'): Countable => ({
  subject, status, mobility, building, address: `${building.slice(1)}栋2单元501`,
})
const list = [
  line('p:1', '', 'wheelchair'),
  line('p:2', 'unknown'),
  line('p:3', 'safe_home', 'arm'),
  line('p:4', 'missing', '', 'b6'),
  line('p:5', '', 'self', 'b6'),
]

describe('counting', () => {
  it('counts silence and 待确认 as open', () => {
    const sum = totals(list)
    expect(sum).toMatchObject({ all: 5, safe: 1, open: 3, alarm: 1, openHelp: 1 })
    expect(sum.by).toEqual({ unknown: 3, safe_home: 1, missing: 1 })
    expect(sum.safe + sum.open + sum.alarm).toBe(sum.all)
  })
  it('knows an empty list', () => {
    expect(totals([])).toMatchObject({ all: 0, open: 0 })
  })
  it('never offers the status only the center may give, and still counts it', () => {
    expect(STATUSES).not.toContain('deceased')
    expect(standing('deceased')).toBe('alarm')
  })
  it('knows who needs hands', () => {
    expect(['', 'self', 'arm', 'oxygen'].map(needsHelp)).toEqual([false, false, true, true])
  })
})

describe('filtering', () => {
  it('shows the open, those who need help, one building', () => {
    expect(subjectsFor(list, { show: 'open', building: '' })).toEqual(['p:1', 'p:2', 'p:5'])
    expect(subjectsFor(list, { show: 'help', building: '' })).toEqual(['p:1', 'p:3'])
    expect(subjectsFor(list, { show: 'alarm', building: '' })).toEqual(['p:4'])
    expect(subjectsFor(list, { show: 'open', building: 'b6' })).toEqual(['p:5'])
  })
  it('leaves an answered row where it was', () => {
    const filter = { show: 'open' as const, building: '' }
    const kept = subjectsFor(list, filter)
    const later = list.map((l) => (l.subject === 'p:1' ? { ...l, status: 'safe_home' } : l))
    expect(keepOrder(kept, later, filter)).toEqual(['p:1', 'p:2', 'p:5'])
  })
  it('adds newcomers at the end and drops those gone', () => {
    const filter = { show: 'open' as const, building: '' }
    const later = [line('p:0', ''), ...list.filter((l) => l.subject !== 'p:2')]
    expect(keepOrder(['p:1', 'p:2', 'p:5'], later, filter)).toEqual(['p:1', 'p:5', 'p:0'])
  })
})

describe('buildings', () => {
  it('come with what is open, most first', () => {
    expect(buildings(list)).toEqual([
      { id: 'b5', name: '5栋', open: 2, all: 3 },
      { id: 'b6', name: '6栋', open: 1, all: 2 },
    ])
  })
  it('are read off an address', () => {
    expect(buildingOf('12号楼301')).toBe('12号楼')
    expect(buildingOf('槐荫院 3号')).toBe('槐荫院')
    expect(buildingOf('老街口')).toBe('老街口')
  })
})
