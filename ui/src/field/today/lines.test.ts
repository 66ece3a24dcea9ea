import { describe, expect, it } from 'vitest'
import type { DueItem } from '@/bindings/field'
import { buildingOf, byBuilding, dueLine } from './lines'

const now = new Date(2026, 10, 23, 10, 32).getTime()
const item = (more: Partial<DueItem>): DueItem => ({
  kind: 'visit', id: 'h1', dwelling: 'd1', title: '张守田', place: '5栋2单元501', why: ['P20'], last: new Date(2026, 10, 16).getTime(), state: 'today', days: 0, ...more,
})

describe('a due line', () => {
  it('says who, where, when last, and leads to the household', () => {
    expect(dueLine(item({}), now)).toMatchObject({ title: '探访 张守田(独居)', sub: '5栋2单元501 · 上次11月16日', to: '/household/h1', tone: 'lamp', light: { words: '今天', tone: 'lamp' } })
    expect(dueLine(item({ why: ['P10'], last: null }), now)).toMatchObject({ title: '走访 张守田家', sub: '5栋2单元501 · 还没走访过' })
  })
  it('is red only when overdue', () => {
    expect(dueLine(item({ state: 'overdue', days: -3 }), now)).toMatchObject({ tone: 'red', light: { words: '过期3天', tone: 'red' } })
    expect(dueLine(item({ kind: 'clash', why: ['phones/x/number'] }), now)).toMatchObject({ title: '张守田的电话,两个人写得不一样', tone: 'lamp' })
    expect(dueLine(item({ kind: 'tip' }), now).tone).toBe('pine')
  })
  it('says of a task that no day was set, and of a far day which', () => {
    const task = item({ kind: 'task', id: 't1', state: 'later', days: null })
    expect(dueLine(task, now).light).toEqual({ words: '没定日子', tone: 'plain' })
    expect(dueLine({ ...task, days: 120 }, now).light).toEqual({ words: '2027年3月23日', tone: 'plain' })
  })
  it('leads a task to the tasks', () => expect(dueLine(item({ kind: 'task', id: 't1' }), now).to).toBe('/tasks?task=t1'))
})

describe('by building', () => {
  it('reads the building off the address', () => {
    expect(buildingOf('5栋2单元501')).toBe('5栋')
    expect(buildingOf('老粮站宿舍平房7号')).toBe('老粮站宿舍')
    expect(buildingOf('沿河路42号')).toBe('')
  })
  it('keeps the urgent building first and what has none last', () => {
    const groups = byBuilding([item({ place: '沿河路42号', id: 'a' }), item({ place: '3栋1单元101', id: 'b' }), item({ id: 'c' }), item({ place: '3栋2单元102', id: 'd' })])
    expect(groups.map((group) => [group.building, group.items.map((one) => one.id).join('')])).toEqual([['3栋', 'bd'], ['5栋', 'c'], ['', 'a']])
  })
})
