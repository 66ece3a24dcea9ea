import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useBackend } from '@/backend'
import type { Backend } from '@/backend'
import { canLocate, seek } from './geolocate'
import { clearSky, sky } from '../testing/sky'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  clearSky()
})

describe('looking for a position', () => {
  it('tells each better fix and settles at the first good one', async () => {
    const above = sky()
    const one = seek()
    const heard: (number | null)[] = []
    one.onBetter((at) => heard.push(at.position.accuracy_m))
    above.fix(80)
    above.fix(90)
    above.fix(79.5)
    above.fix(30)
    above.fix(12)
    expect(heard).toEqual([80, 30])
    await expect(one.settled).resolves.toMatchObject({ position: { accuracy_m: 12, source: 'gnss' } })
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
    await expect(one.settled).resolves.toMatchObject({ position: { accuracy_m: 40 } })
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
    await expect(slow.settled).resolves.toMatchObject({ position: { accuracy_m: 75 } })
  })

  it('says at once that it is not allowed or switched off, and soon that nothing comes', async () => {
    const above = sky()
    const denied = seek()
    above.refuse('denied')
    await expect(denied.settled).resolves.toBe('denied')
    const off = seek()
    above.refuse('off')
    await expect(off.settled).resolves.toBe('off')
    expect(above.watching()).toBe(0)
    const nothing = seek()
    above.refuse('failed')
    vi.advanceTimersByTime(7_999)
    expect(above.watching()).toBe(1)
    vi.advanceTimersByTime(1)
    await expect(nothing.settled).resolves.toBe('failed')
  })

  it('keeps what there was when it is switched off meanwhile', async () => {
    const above = sky()
    const one = seek()
    above.fix(45)
    above.refuse('off')
    await expect(one.settled).resolves.toMatchObject({ position: { accuracy_m: 45 } })
  })

  it('says what was made up and where the camera looked', async () => {
    const above = sky()
    const one = seek()
    above.fix(7, { at: 5, mocked: true, direction: 271.5 })
    await expect(one.settled).resolves.toEqual({
      position: { lon: 102.9, lat: 30, accuracy_m: 7, source: 'gnss', at: 5, mocked: true },
      direction: 271.5,
    })
  })

  it('has nothing to wait for where there is no source', async () => {
    sky()
    useBackend({ positions: null } as Backend)
    expect(canLocate()).toBe(false)
    await expect(seek().settled).resolves.toBe('failed')
  })

  it('stops when told to', async () => {
    const above = sky()
    const one = seek()
    above.fix(55)
    one.stop()
    expect(above.watching()).toBe(0)
    await expect(one.settled).resolves.toMatchObject({ position: { accuracy_m: 55 } })
  })
})
