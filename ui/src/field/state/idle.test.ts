import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { IDLE, watchIdle } from './idle'

let wall = 0
let steady = 0
let stop = () => {}
const close = vi.fn()
const look = () => vi.advanceTimersByTime(15_000)

beforeEach(() => {
  vi.useFakeTimers()
  close.mockClear()
  wall = 1_000_000
  steady = 0
  stop = watchIdle(() => true, close, { wall: () => wall, steady: () => steady })
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

describe('the lock', () => {
  it('closes after five minutes without a touch, once', () => {
    wall += IDLE - 1
    look()
    expect(close).not.toHaveBeenCalled()
    wall += 1
    look()
    look()
    expect(close).toHaveBeenCalledTimes(1)
  })

  it('stays open while somebody works', () => {
    for (let i = 0; i < 10; i++) {
      wall += IDLE / 2
      document.dispatchEvent(new Event('pointerdown'))
      look()
    }
    expect(close).not.toHaveBeenCalled()
  })

  it('closes before the first touch after a long sleep counts', () => {
    wall += IDLE * 3
    document.dispatchEvent(new Event('pointerdown'))
    expect(close).toHaveBeenCalledTimes(1)
  })

  it('is not fooled by a clock that is set back', () => {
    wall -= 3600_000
    steady += IDLE
    look()
    expect(close).toHaveBeenCalledTimes(1)
  })

  it('does nothing without a PIN', () => {
    stop()
    stop = watchIdle(() => false, close, { wall: () => wall, steady: () => steady })
    wall += IDLE * 2
    look()
    expect(close).not.toHaveBeenCalled()
  })
})
