import { describe, expect, it } from 'vitest'
import { countOf } from './waiting'
import { fieldWords, whatWords, whyWords } from './wording'
import type { Returned } from '@/bindings/center'

describe('what was given back', () => {
  it('says what was done and about what', () => {
    expect(whatWords({ action: 'case_report', category: '0302' })).toBe('报事:路灯不亮')
    expect(whatWords({ action: 'phone_add', category: '' })).toBe('加电话')
    expect(whatWords({ action: 'teleport', category: '' })).toBe('一条记录')
  })
  it('says why, never a code', () => {
    expect(whyWords('scope')).toContain('范围')
    for (const code of ['bad_change', 'xyzzy']) expect(whyWords(code)).not.toContain(code)
    expect(fieldWords('number')).toBe('电话')
    expect(fieldWords('xyzzy')).toBe('写的话')
  })
  it('counts what waits', () => {
    const lines = ['waiting', 'accepted', 'waiting', 'sent_again'].map((state) => ({ state }) as Returned)
    expect(countOf(lines)).toBe(2)
  })
})
