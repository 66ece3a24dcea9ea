import { describe, expect, it } from 'vitest'
import { clockWord, matches } from './device'

describe('devices', () => {
  it('say how a clock goes', () => {
    expect(clockWord(0)).toBe('clock_right')
    expect(clockWord(-119)).toBe('clock_right')
    expect(clockWord(240)).toBe('clock_fast')
    expect(clockWord(-86_400)).toBe('clock_slow')
  })

  it('are found by several words in any order', () => {
    expect(matches(['樊小青', '望江社区第3网格', 'Linli 0.1'], '第3 樊')).toBe(true)
    expect(matches(['樊小青'], '王')).toBe(false)
    expect(matches(['樊小青'], '')).toBe(true)
  })
})
