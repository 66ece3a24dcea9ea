import { describe, expect, it } from 'vitest'
import { aside, cluster } from './cluster'
import type { Dot } from './cluster'

const here = (dot: Dot) => dot
const dots = (...at: [number, number][]): Dot[] => at.map(([x, y]) => ({ x, y }))

describe('points on a map', () => {
  it('become one where they would lie on each other, in their middle', () => {
    const heaps = cluster(dots([0, 0], [10, 0], [200, 0], [20, 0]), here, 40)
    expect(heaps.map(({ x, members }) => [x, members.length])).toEqual([[10, 3], [200, 1]])
  })

  it('lose nobody, and no two bubbles touch', () => {
    const many = Array.from({ length: 374 }, (_, i) => ({ x: (i * 73) % 600, y: (i * 131) % 500 }))
    const heaps = cluster(many, here, 44)
    expect(heaps.flatMap((heap) => heap.members)).toHaveLength(374)
    for (const a of heaps) for (const b of heaps) if (a !== b) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(44)
  })

  it('stand alone from near by', () => {
    expect(cluster(dots([5, 5], [5, 5]), here, 0)).toHaveLength(2)
  })

  it('keep off the names', () => {
    const names = dots([100, 100])
    const room = { x: 30, y: 20 }
    expect(aside({ x: 110, y: 105 }, names, room)).toEqual({ x: 110, y: 120 })
    expect(aside({ x: 110, y: 95 }, names, room)).toEqual({ x: 110, y: 80 })
    expect(aside({ x: 110, y: 105 }, names, room, dots([115, 130]))).toEqual({ x: 110, y: 80 })
    expect(aside({ x: 140, y: 105 }, names, room)).toEqual({ x: 140, y: 105 })
  })
})
