import { describe, expect, it } from 'vitest'
import type { Hit } from '@/bindings/field'
import { hitPath, marked } from './hits'

const hit = (more: Partial<Hit>): Hit => ({ kind: 'person', id: 'r', title: '', place: '', household: '', dwelling: '', building: '', flags: [], ...more })

describe('hits', () => {
  it('lead where something can be done', () => {
    expect(hitPath(hit({ household: 'h1', dwelling: 'd1' }))).toBe('/household/h1')
    expect(hitPath(hit({ kind: 'dwelling', dwelling: 'd1', building: 'b' }))).toBe('/dwelling/d1')
    expect(hitPath(hit({ kind: 'building', id: 'b' }))).toBe('/building/b')
  })
  it('show what was typed', () => {
    expect(marked('张守田', '守')).toEqual([{ text: '张', hit: false }, { text: '守', hit: true }, { text: '田', hit: false }])
    expect(marked('张守田', 'zst')).toEqual([{ text: '张守田', hit: false }])
    expect(marked('张守田', ' ')).toEqual([{ text: '张守田', hit: false }])
  })
})
