import { describe, expect, it } from 'vitest'
import { cellsUnder, full, gridOf, pointAt, worth } from './mosaic'

describe('the mosaic', () => {
  it('has cells of a fortieth of the long side', () => {
    expect(gridOf(1600, 1200)).toMatchObject({ cell: 40, columns: 40, rows: 30 })
    expect(gridOf(1200, 1600)).toMatchObject({ cell: 40, columns: 30, rows: 40 })
    expect(gridOf(801, 10)).toMatchObject({ cell: 21, columns: 39, rows: 1 })
    expect(gridOf(0, 0)).toMatchObject({ cell: 1, columns: 0, rows: 0 })
  })

  it('touches what the brush comes near to, as the phone will cover it', () => {
    const grid = gridOf(800, 600)
    // The very line of the program's own test: 20 pixels to a cell, half the brush 16 of them.
    const cells = cellsUnder(grid, { points: [[0.25, 0.5], [0.75, 0.5]], radius: 0.02 })
    const rows = new Set(cells.map((cell) => Math.floor(cell / grid.columns)))
    const columns = cells.map((cell) => cell % grid.columns)
    expect(Array.from(rows).sort()).toEqual([14, 15])
    expect(Math.min(...columns)).toBe(9)
    expect(Math.max(...columns)).toBe(30)
    expect(cells).toHaveLength(44)
  })

  it('covers with a tap, and nothing with nothing', () => {
    const grid = gridOf(100, 100)
    expect(cellsUnder(grid, { points: [[0.5, 0.5]], radius: 0.02 }).length).toBeGreaterThan(0)
    expect(cellsUnder(grid, { points: [], radius: 0.02 })).toEqual([])
    expect(cellsUnder(gridOf(0, 0), { points: [[0.5, 0.5]], radius: 0.02 })).toEqual([])
  })

  it('knows a place as shares of the picture, never outside of it', () => {
    const box = { left: 10, top: 20, width: 300, height: 200 }
    expect(pointAt(box, 160, 70)).toEqual([0.5, 0.25])
    expect(pointAt(box, -50, 500)).toEqual([0, 1])
  })

  it('keeps no more points than are worth it, and no more than are taken', () => {
    const stroke = { points: [[0.5, 0.5]] as [number, number][], radius: 0.04 }
    expect(worth(stroke, [0.505, 0.5])).toBe(false)
    expect(worth(stroke, [0.52, 0.5])).toBe(true)
    expect(full([stroke])).toBe(false)
    expect(full(Array.from({ length: 400 }, () => stroke))).toBe(true)
    expect(full([{ radius: 0.02, points: Array.from({ length: 16_000 }, () => [0, 0] as [number, number]) }])).toBe(true)
  })
})
