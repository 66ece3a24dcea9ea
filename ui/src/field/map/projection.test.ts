import { describe, expect, it } from 'vitest'
import { boundsOf, centreOf, metresBetween, metresTo, pathOf, project, scaleOf, touches, unproject, type Frame } from './projection'

const frame: Frame = { middle: [102.9, 30], halfWidth: 80, width: 320, height: 200 }

describe('the sketch', () => {
  it('puts its middle in the middle, north up and east right', () => {
    expect(project(frame, [102.9, 30])).toEqual([160, 100])
    const [x, y] = project(frame, [102.9005, 30.0005])
    expect(x).toBeGreaterThan(160)
    expect(y).toBeLessThan(100)
    expect(scaleOf(frame)).toBe(2)
  })
  it('finds the way back from a tap', () => {
    const point = [102.90031, 29.99977] as const
    const [x, y] = project(frame, point)
    const back = unproject(frame, x, y)
    expect(metresBetween(back, point)).toBeLessThan(0.001)
  })
  it('keeps metres as metres in both directions', () => {
    const east = unproject(frame, 320, 100)
    const north = unproject(frame, 160, 0)
    expect(metresBetween(frame.middle, east)).toBeCloseTo(80, 1)
    expect(metresBetween(frame.middle, north)).toBeCloseTo(50, 1)
  })
  it('draws outlines closed and roads open', () => {
    const line = [[102.9, 30], [102.9001, 30], [102.9001, 30.0001]] as const
    expect(pathOf(frame, line, true)).toMatch(/^M160\.0 100\.0L.*Z$/)
    expect(pathOf(frame, line, false)).not.toContain('Z')
    expect(pathOf(frame, [], true)).toBe('')
  })
  it('knows what can be seen', () => {
    expect(touches(frame, [[102.9, 30], [103, 31]])).toBe(true)
    expect(touches(frame, [[103, 31], [103.1, 31.1]])).toBe(false)
    expect(touches(frame, [])).toBe(false)
  })
  it('finds bounds and the place for a name', () => {
    expect(boundsOf([])).toBeNull()
    expect(boundsOf([[1, 2], [3, 0]])).toEqual([1, 0, 3, 2])
    expect(centreOf([[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]])).toEqual([1, 1])
    expect(centreOf([])).toBeNull()
  })
  it('knows how far it is to a house, and when it is inside', () => {
    const house = [[102.9, 30], [102.901, 30], [102.901, 30.001], [102.9, 30.001], [102.9, 30]] as const
    expect(metresTo(house, [102.9005, 30.0005])).toBe(0)
    expect(metresTo(house, [102.9005, 29.9995])).toBeCloseTo(55.7, 0)
    expect(metresTo(house, [102.9005, 30.0012])).toBeCloseTo(22.3, 0)
    // Past a corner it is the corner that is near.
    expect(metresTo(house, [102.902, 30.002])).toBeCloseTo(metresBetween([102.902, 30.002], [102.901, 30.001]), 1)
    expect(metresTo([], [102.9, 30])).toBe(Infinity)
  })
})
