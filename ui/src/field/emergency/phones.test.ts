import { describe, expect, it } from 'vitest'
import { dial, dialList } from './phones'

describe('telephones', () => {
  it('has public numbers without a county list', () => {
    expect(dial('119', [])).toMatchObject({ number: '119', fallback: false })
    expect(dialList([]).map((one) => one.key).slice(0, 4)).toEqual(['duty', '119', '120', '110'])
  })
  it('falls back for a county number that is not set, and says so', () => {
    expect(dial('duty', [])).toMatchObject({ number: '110', fallback: true })
    expect(dial('duty', [{ key: 'duty', number: '12900010001' }])).toMatchObject({ number: '12900010001', fallback: false })
  })
  it('keeps a telephone this version does not know', () => {
    const list = dialList([{ key: 'river', number: '12900010009' }])
    expect(list[list.length - 1]).toMatchObject({ key: 'river', name: 'river', number: '12900010009' })
    expect(dial('river', [])).toBeNull()
  })
})
