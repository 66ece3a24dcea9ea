import { describe, expect, it } from 'vitest'
import { backWords, itemWords, megabytes, target, whyWords } from './wording'

describe('receipts in words', () => {
  it('names what was done and what it is about', () => {
    expect(itemWords({ action: 'case_report', about: '0302', field: '', drill: false })).toBe('报事:路灯不亮')
    expect(itemWords({ action: 'visit_log', about: '5栋2单元501', field: '', drill: false })).toBe('走访:5栋2单元501')
    expect(itemWords({ action: 'field_set', about: '张守田', field: 'phones/x/number', drill: false })).toBe('改电话:张守田')
    expect(itemWords({ action: 'field_set', about: '张守田', field: 'residents/x/name', drill: false })).toBe('修改:张守田')
  })
  it('has words for what a newer version does, and for nothing to name', () => {
    expect(itemWords({ action: 'teleport', about: '张守田', field: '', drill: false })).toBe('写了一条:张守田')
    expect(itemWords({ action: 'muster_start', about: '', field: '', drill: false })).toBe('开始清点')
  })
  it('says of a drill that it is one, whatever it was called', () => {
    const drill = { about: '暴雨转移', field: '', drill: true }
    expect(itemWords({ ...drill, action: 'muster_start' })).toBe('开始演练:暴雨转移')
    expect(itemWords({ ...drill, action: 'muster_status' })).toBe('演练清点:暴雨转移')
    expect(backWords({ ...drill, action: 'muster_start' })).toContain('演练')
    expect(itemWords({ ...drill, action: 'muster_start', drill: false })).not.toContain('演练')
  })
  it('says why something came back, never a code', () => {
    expect(backWords({ action: 'case_step', about: '0501', drill: false })).toContain('消防通道')
    expect(whyWords({ problem: { code: 'overtaken', params: {} } })).toContain('往前走了一步')
    expect(whyWords({ problem: { code: 'parent', params: { fields: '' } } })).toContain('范围')
    expect(whyWords({ problem: { code: 'xyzzy', params: {} } })).not.toContain('xyzzy')
    expect(whyWords({ problem: { code: 'bad_change', params: {} } })).toContain('算的不一样')
    expect(whyWords({ problem: null })).not.toBe('')
  })
  it('leads somewhere only when there is a screen', () => {
    expect(target({ kind: 'case', doc: 'c1' })).toBe('/case/c1')
    expect(target({ kind: 'visit', doc: 'v1' })).toBeNull()
    expect(target({ kind: 'case', doc: '' })).toBeNull()
  })
  it('says sizes in megabytes', () => {
    expect([0, 524_288, 20_971_520].map(megabytes)).toEqual(['0.1\u00a0MB', '0.5\u00a0MB', '20\u00a0MB'])
  })
})
