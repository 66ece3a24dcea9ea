import { describe, expect, it } from 'vitest'
import zh from '@/i18n/zh-CN/enrol'
import { problemWords } from './problem'

describe('an enrolment that failed', () => {
  it('has a headline and something to do for every known reason', () => {
    const codes = [
      'enrol_code_bad', 'enrol_code_used', 'enrol_code_expired', 'center_unreachable', 'center_wrong_certificate',
      'center_refused', 'revoked', 'enrol_other_person', 'keystore_failed', 'disk_full',
    ]
    const titles = codes.map((code) => problemWords({ code, params: {} }))
    for (const words of titles) expect(zh[words.title] && zh[words.todo]).toBeTruthy()
    expect(titles.map((words) => words.title)).not.toContain('err_other')
  })
  it('never shows a code it does not know', () => {
    expect(problemWords({ code: 'something_new', params: {} }).title).toBe('err_other')
  })
  it('tells a wrong address from a wrong code', () => {
    expect(problemWords({ code: 'bad_input', params: { field: 'address' } }).todo).toBe('address_bad')
  })
})
