import { describe, expect, it } from 'vitest'
import { asked, readFilters, writeFilters } from './filters'

describe('filters', () => {
  it('come back from the address as they went in', () => {
    const filters = { state: 'reported', org: '519901001', urgency: '1', photos: 'late', q: '停电 5栋' }
    expect(readFilters(writeFilters(filters, 'x'))).toEqual(filters)
  })

  it('leave the usual list without a trace', () => {
    expect(writeFilters(readFilters({}), '')).toEqual({})
    expect(readFilters({}).state).toBe('open')
  })

  it('ignore nonsense', () => {
    expect(readFilters({ state: 'a b', org: "1' or", urgency: '9', photos: 'x', q: ['x'] })).toEqual({ state: 'open', org: '', urgency: '', photos: '', q: '' })
  })

  it('ask for everything with an empty state', () => {
    expect(asked({ state: 'all', org: '', urgency: '', photos: '', q: ' 灯 ' })).toEqual({ state: '', org: '', urgency: '', photos: '', q: '灯' })
  })
})
