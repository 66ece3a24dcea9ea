import { describe, expect, it } from 'vitest'
import type { CaseLine, CasePage } from '@/bindings/center'
import { append, begin, renew, replace, show } from './rows'

const line = (id: string, received_at: number, state = 'reported') => ({ id, received_at, state }) as CaseLine
const page = (cases: CaseLine[], next: string | null = null): CasePage => ({ cases, next, total: cases.length })
const ids = (lines: CaseLine[]) => lines.map((one) => one.id)

describe('rows', () => {
  const start = begin(page([line('b', 2), line('a', 1)]))

  it('set new cases aside and leave the others where they are', () => {
    const rows = renew(start, page([line('c', 3), line('b', 2, 'accepted'), line('a', 1)]))
    expect(ids(rows.lines)).toEqual(['b', 'a'])
    expect(rows.lines[0]?.state).toBe('accepted')
    expect(ids(rows.waiting)).toEqual(['c'])
    expect(ids(show(rows).lines)).toEqual(['c', 'b', 'a'])
    expect(show(rows).waiting).toEqual([])
  })

  it('keep a row that left the filter, marked', () => {
    const rows = renew(start, page([line('a', 1)]))
    expect(ids(rows.lines)).toEqual(['b', 'a'])
    expect([...rows.gone]).toEqual(['b'])
    expect([...renew(rows, page([line('b', 2), line('a', 1)])).gone]).toEqual([])
  })

  it('do not call rows of later pages gone', () => {
    const rows = renew(start, page([line('d', 4), line('c', 3)], '3-1'))
    expect([...rows.gone]).toEqual([])
  })

  it('never show a case twice', () => {
    expect(ids(append(start, page([line('a', 1), line('z', 0)])).lines)).toEqual(['b', 'a', 'z'])
  })

  it('take an own step at once', () => {
    expect(replace(start, line('a', 1, 'accepted')).lines[1]?.state).toBe('accepted')
  })
})
