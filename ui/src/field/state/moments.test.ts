import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchMoments } from './moments'

const online = vi.fn()
const shown = vi.fn()
let stop = () => {}

function turn(visibility: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}

beforeEach(() => {
  online.mockClear()
  shown.mockClear()
  stop = watchMoments(online, shown)
})
afterEach(() => {
  stop()
  turn('visible')
})

describe('moments to sync', () => {
  it('hears that the network came', () => {
    window.dispatchEvent(new Event('offline'))
    expect(online).not.toHaveBeenCalled()
    window.dispatchEvent(new Event('online'))
    expect(online).toHaveBeenCalledTimes(1)
    expect(shown).not.toHaveBeenCalled()
  })

  it('hears that the app is in front again, not that it was put away', () => {
    turn('hidden')
    expect(shown).not.toHaveBeenCalled()
    turn('visible')
    expect(shown).toHaveBeenCalledTimes(1)
  })

  it('stops', () => {
    stop()
    window.dispatchEvent(new Event('online'))
    turn('visible')
    expect(online.mock.calls.length + shown.mock.calls.length).toBe(0)
  })
})
