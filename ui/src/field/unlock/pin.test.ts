import { describe, expect, it } from 'vitest'
import { complete, erase, press, secondsLeft, waitWording } from './pin'

describe('the PIN pad', () => {
  it('takes digits only, eight at most', () => {
    expect(press('12', '3')).toBe('123')
    expect(press('12', 'a')).toBe('12')
    expect(press('12345678', '9')).toBe('12345678')
    expect(erase('123')).toBe('12')
    expect(erase('')).toBe('')
  })
  it('tries four digits or more', () => {
    expect(['', '123', '1234', '12345678', '12x4'].map(complete)).toEqual([false, false, true, true, false])
  })
  it('counts down and then opens', () => {
    expect(secondsLeft(10_000, 4_001)).toBe(6)
    expect(secondsLeft(10_000, 10_000)).toBe(0)
    expect(secondsLeft(0, 10_000)).toBe(0)
  })
  it('says long waits in minutes', () => {
    expect(waitWording(30)).toEqual({ key: 'wait_seconds', n: 30 })
    expect(waitWording(300)).toEqual({ key: 'wait_minutes', n: 5 })
  })
})
