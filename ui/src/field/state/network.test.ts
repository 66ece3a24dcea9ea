import { afterEach, describe, expect, it } from 'vitest'
import { watchNetwork } from './network'

function link(more: { type?: string; saveData?: boolean }): EventTarget {
  const target = Object.assign(new EventTarget(), more)
  Object.defineProperty(navigator, 'connection', { value: target, configurable: true })
  return target
}

describe('the network', () => {
  afterEach(() => Object.defineProperty(navigator, 'connection', { value: undefined, configurable: true }))

  it('is told at once and when it changes', () => {
    const target = link({ type: 'wifi' })
    const told: boolean[] = []
    const stop = watchNetwork((metered) => told.push(metered))
    Object.assign(target, { type: 'cellular' })
    target.dispatchEvent(new Event('change'))
    stop()
    target.dispatchEvent(new Event('change'))
    expect(told).toEqual([false, true])
  })

  it('costs where the person saves data, and nothing where nobody knows', () => {
    const told: boolean[] = []
    link({ type: 'wifi', saveData: true })
    watchNetwork((metered) => told.push(metered))
    Object.defineProperty(navigator, 'connection', { value: undefined, configurable: true })
    watchNetwork((metered) => told.push(metered))
    expect(told).toEqual([true, false])
  })
})
