import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { seek } from './geolocate'
import { sky } from '../testing/sky'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('looking for a position', () => {
  it('tells each better fix and settles at the first good one', async () => {
    const above = sky()
    const one = seek()
    const heard: (number | null)[] = []
    one.onBetter((at) => heard.push(at.accuracy_m))
    above.fix(80)
    above.fix(90)
    above.fix(79.5)
    above.fix(30)
    above.fix(12)
    expect(heard).toEqual([80, 30])
    await expect(one.settled).resolves.toMatchObject({ accuracy_m: 12, source: 'gnss' })
    expect(above.watching()).toBe(0)
  })

  it('is content when it gets no better for eight seconds', async () => {
    const above = sky()
    const one = seek()
    above.fix(60)
    vi.advanceTimersByTime(7_000)
    above.fix(40)
    vi.advanceTimersByTime(7_999)
    expect(above.watching()).toBe(1)
    vi.advanceTimersByTime(1)
    await expect(one.settled).resolves.toMatchObject({ accuracy_m: 40 })
  })

  it('gives up after thirty seconds, with the best there was', async () => {
    const above = sky()
    const nothing = seek()
    vi.advanceTimersByTime(30_000)
    await expect(nothing.settled).resolves.toBe('failed')
    const slow = seek()
    for (let m = 100; m > 60; m -= 5) {
      above.fix(m)
      vi.advanceTimersByTime(5_000)
    }
    await expect(slow.settled).resolves.toMatchObject({ accuracy_m: 75 })
  })

  it('says at once that it is not allowed, and soon that nothing comes', async () => {
    const above = sky()
    const denied = seek()
    above.refuse(1)
    await expect(denied.settled).resolves.toBe('denied')
    const off = seek()
    above.refuse(2)
    vi.advanceTimersByTime(8_000)
    await expect(off.settled).resolves.toBe('failed')
  })

  it('stops when told to', async () => {
    const above = sky()
    const one = seek()
    above.fix(55)
    one.stop()
    expect(above.watching()).toBe(0)
    await expect(one.settled).resolves.toMatchObject({ accuracy_m: 55 })
  })
})
