import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { later } from './later'
import { useToast } from './toast'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('an action that waits', () => {
  it('runs once, when nobody took it back', () => {
    const run = vi.fn()
    later('好', run)
    expect(run).not.toHaveBeenCalled()
    vi.advanceTimersByTime(20_000)
    expect(run).toHaveBeenCalledTimes(1)
  })
  it('never runs when it was taken back', () => {
    const run = vi.fn()
    const taken = vi.fn()
    later('好', run, taken)
    useToast().value?.onUndo?.()
    vi.advanceTimersByTime(20_000)
    expect(run).not.toHaveBeenCalled()
    expect(taken).toHaveBeenCalledTimes(1)
  })
  it('runs at once when the app is put away', () => {
    const run = vi.fn()
    later('好', run)
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    expect(run).toHaveBeenCalledTimes(1)
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
    vi.advanceTimersByTime(20_000)
    expect(run).toHaveBeenCalledTimes(1)
  })
})
