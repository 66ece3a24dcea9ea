import { describe, expect, it } from 'vitest'
import { clockOf } from './clock'

const minutes = (n: number) => n * 60_000

describe('the clock of the first step', () => {
  const at = (passed: number, state = 'reported') => clockOf({ state, received_at: 1_000_000 }, 1_000_000 + minutes(passed))

  it('goes from green to yellow at 70 % and to red at the limit', () => {
    expect(at(0)).toEqual({ light: 'green', left: minutes(15) })
    expect(at(10.4)?.light).toBe('green')
    expect(at(10.5)?.light).toBe('yellow')
    expect(at(15)).toEqual({ light: 'red', left: 0 })
    expect(at(27)).toEqual({ light: 'red', left: minutes(-12) })
  })

  it('stops with the step', () => {
    expect(at(99, 'accepted')).toBeNull()
    expect(at(99, 'archived')).toBeNull()
  })
})
