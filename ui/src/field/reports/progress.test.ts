import { describe, expect, it } from 'vitest'
import type { Case, CaseStep } from '@/bindings/field'
import { byWords, cameLate, percent, question, section, stateWords, stepWords, tone } from './progress'

describe('a report in words', () => {
  it('sorts by who has to act', () => {
    expect(['unsent', 'need_info', 'handling', 'closed', 'withdrawn'].map((status) => section({ status }))).toEqual([
      'running', 'need_you', 'running', 'ended', 'ended',
    ])
  })
  it('has a word for every state, and one for states to come', () => {
    expect(stateWords('unsent')).toBe('待同步')
    expect(stateWords('handling')).toBe('正在办')
    expect(stateWords('from_the_future')).toBe('有新进展')
    expect(stepWords({ kind: 'remark' })).toBe('补充说明')
  })
  it('names people of the grid with their role and a department by its name', () => {
    const by = (name: string, role: string, me = false) => ({ person: 'p', name, role, me })
    expect(byWords(by('樊小青', 'R01', true))).toBe('你')
    expect(byWords(by('王桂英', 'R04'))).toBe('网格长 王桂英')
    expect(byWords(by('消防救援大队', 'R11'))).toBe('消防救援大队')
    expect(byWords({ person: '', name: '', role: '', me: false })).toBe('中心')
  })
  it('never shows a reporter red', () => {
    expect(['handling', 'rejected', 'reopened'].map(tone)).toEqual(['plain', 'lamp', 'plain'])
  })
  it('notices what was written offline', () => {
    expect(cameLate({ at: 0, received_at: 60_000 })).toBe(false)
    expect(cameLate({ at: 0, received_at: 3_600_000 })).toBe(true)
    expect(cameLate({ at: 0, received_at: null })).toBe(false)
  })
  it('says 100 only when the center has verified the photo', () => {
    expect(percent({ bytes: 100, sent_bytes: 100, receipt: 'sent' })).toBe(99)
    expect(percent({ bytes: 100, sent_bytes: 41, receipt: 'sent' })).toBe(41)
    expect(percent({ bytes: 0, sent_bytes: 0, receipt: 'here' })).toBe(0)
    expect(percent({ bytes: 100, sent_bytes: 0, receipt: 'accepted' })).toBe(100)
  })
  it('finds what the desk asked last', () => {
    const step = (kind: string, words: string) => ({ kind, words }) as CaseStep
    const steps = [step('need_info', '一'), step('reported', ''), step('need_info', '二')]
    expect(question({ can_supply: true, steps } as Case)?.words).toBe('二')
    expect(question({ can_supply: false, steps } as Case)).toBeNull()
  })
})
