// What the brush of the mosaic touches: the same cells as the phone's own program will cover
// (crates/picture/src/mosaic.rs), so that what is seen before saving is what is saved.
// Nothing is read back from a canvas: in the app the picture comes from another origin.
import type { MaskStroke } from '@/bindings/field'

/** Cells along the long side. */
const CELLS = 40
/** Half the brush's width, as shares of the long side. */
export const BRUSHES = [0.02, 0.04, 0.08] as const
/** No finger draws more, and the program takes no more. */
const MOST_STROKES = 400
const MOST_POINTS = 16_000

/** A picture's cells. */
export interface Grid {
  width: number
  height: number
  /** Side of a cell in pixels of the picture. */
  cell: number
  columns: number
  rows: number
}

export function gridOf(width: number, height: number): Grid {
  const cell = Math.max(1, Math.ceil(Math.max(width, height) / CELLS))
  return { width, height, cell, columns: Math.ceil(width / cell), rows: Math.ceil(height / cell) }
}

/** Whether there is room for another point. */
export function full(strokes: readonly MaskStroke[]): boolean {
  return strokes.length >= MOST_STROKES || strokes.reduce((sum, one) => sum + one.points.length, 0) >= MOST_POINTS
}

const share = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000

/** A place on the picture as shares of its width and height. */
export function pointAt(box: { left: number; top: number; width: number; height: number }, x: number, y: number): [number, number] {
  return [share((x - box.left) / box.width), share((y - box.top) / box.height)]
}

/** Far enough from the last point to be worth keeping. */
export function worth(stroke: MaskStroke, next: [number, number]): boolean {
  const last = stroke.points[stroke.points.length - 1]
  return !last || Math.hypot(next[0] - last[0], next[1] - last[1]) > stroke.radius / 4
}

/** Cells that a stroke touches, as `row * columns + column`. */
export function cellsUnder(grid: Grid, stroke: MaskStroke): number[] {
  const radius = stroke.radius * Math.max(grid.width, grid.height)
  const points = stroke.points.map(([x, y]) => [x * grid.width, y * grid.height] as const)
  const found = new Set<number>()
  points.forEach((to, at) => {
    const from = points[at - 1] ?? to
    // A step of half a cell: a finger's line needs no more.
    const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / Math.max(1, grid.cell / 2))
    for (let step = 0; step <= steps; step += 1) {
      const part = steps === 0 ? 0 : step / steps
      const x = from[0] + (to[0] - from[0]) * part
      const y = from[1] + (to[1] - from[1]) * part
      touched(grid, x, y, radius, found)
    }
  })
  return Array.from(found)
}

function touched(grid: Grid, x: number, y: number, radius: number, into: Set<number>): void {
  const { cell, columns, rows } = grid
  const first = (value: number) => Math.max(0, Math.floor((value - radius) / cell))
  const last = (value: number, most: number) => Math.min(most - 1, Math.floor((value + radius) / cell))
  for (let row = first(y); row <= last(y, rows); row += 1) {
    for (let column = first(x); column <= last(x, columns); column += 1) {
      const right = Math.min((column + 1) * cell, grid.width)
      const foot = Math.min((row + 1) * cell, grid.height)
      const away = Math.hypot(Math.max(column * cell - x, x - right, 0), Math.max(row * cell - y, y - foot, 0))
      if (away <= radius) into.add(row * columns + column)
    }
  }
}

/** One pixel per cell: the picture scaled down by halves, so that a cell is near its average. */
export function shrink(picture: HTMLImageElement, grid: Grid): HTMLCanvasElement {
  let from: CanvasImageSource = picture
  let [width, height] = [grid.width, grid.height]
  while (width > grid.columns * 2) {
    const next = draw(from, width, height, Math.ceil(width / 2), Math.ceil(height / 2))
    from = next
    ;[width, height] = [next.width, next.height]
  }
  const small = draw(from, width, height, grid.columns, grid.rows)
  const pen = small.getContext('2d')
  // The last column may be a narrow one: the others must not be squeezed for it.
  if (pen) pen.drawImage(from, 0, 0, width, height, 0, 0, grid.width / grid.cell, grid.height / grid.cell)
  return small
}

function draw(from: CanvasImageSource, width: number, height: number, toWidth: number, toHeight: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = toWidth
  canvas.height = toHeight
  const pen = canvas.getContext('2d')
  if (pen) pen.drawImage(from, 0, 0, width, height, 0, 0, toWidth, toHeight)
  return canvas
}

/** Covers cells on a canvas that shows the whole picture. */
export function cover(pen: CanvasRenderingContext2D, small: HTMLCanvasElement, grid: Grid, cells: readonly number[]): void {
  const scale = pen.canvas.width / grid.width
  const edge = (at: number) => Math.round(at * grid.cell * scale)
  pen.imageSmoothingEnabled = false
  for (const index of cells) {
    const column = index % grid.columns
    const row = Math.floor(index / grid.columns)
    const [left, top] = [edge(column), edge(row)]
    pen.drawImage(small, column, row, 1, 1, left, top, edge(column + 1) - left, edge(row + 1) - top)
  }
}
