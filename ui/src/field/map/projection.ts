// Flat drawing of a small piece of earth: good to centimetres over the few hundred metres of a sketch.

/** Degrees east, degrees north. */
export type LonLat = readonly [number, number]

/** A drawing's edges in metres around its middle, and its size in pixels. */
export interface Frame {
  middle: LonLat
  /** Metres from the middle to the left and right edge. */
  halfWidth: number
  width: number
  height: number
}

const METRES_PER_DEGREE = 111_320

function eastScale(lat: number): number {
  return METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)
}

/** Metres between two points. */
export function metresBetween(a: LonLat, b: LonLat): number {
  const east = (b[0] - a[0]) * eastScale((a[1] + b[1]) / 2)
  const north = (b[1] - a[1]) * METRES_PER_DEGREE
  return Math.hypot(east, north)
}

/** Pixels per metre. */
export function scaleOf(frame: Frame): number {
  return frame.width / (2 * frame.halfWidth)
}

/** A point of earth as a point of the drawing. */
export function project(frame: Frame, point: LonLat): [number, number] {
  const scale = scaleOf(frame)
  return [
    frame.width / 2 + (point[0] - frame.middle[0]) * eastScale(frame.middle[1]) * scale,
    frame.height / 2 - (point[1] - frame.middle[1]) * METRES_PER_DEGREE * scale,
  ]
}

/** The way back: what a tap on the drawing means. */
export function unproject(frame: Frame, x: number, y: number): [number, number] {
  const scale = scaleOf(frame)
  return [
    frame.middle[0] + (x - frame.width / 2) / scale / eastScale(frame.middle[1]),
    frame.middle[1] - (y - frame.height / 2) / scale / METRES_PER_DEGREE,
  ]
}

/** The drawing's path of an outline or a line, one decimal, for the attribute `d`. */
export function pathOf(frame: Frame, line: readonly LonLat[], closed: boolean): string {
  const steps = line.map((point, at) => {
    const [x, y] = project(frame, point)
    return `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
  })
  return steps.join('') + (closed && steps.length > 2 ? 'Z' : '')
}

/** West, south, east, north of a set of points; null for none. */
export function boundsOf(points: Iterable<LonLat>): [number, number, number, number] | null {
  let found: [number, number, number, number] | null = null
  for (const [lon, lat] of points) {
    found = found === null
      ? [lon, lat, lon, lat]
      : [Math.min(found[0], lon), Math.min(found[1], lat), Math.max(found[2], lon), Math.max(found[3], lat)]
  }
  return found
}

/** Could an outline be seen in the frame? By its bounds, so sometimes too generously. */
export function touches(frame: Frame, line: readonly LonLat[]): boolean {
  const bounds = boundsOf(line)
  if (bounds === null) return false
  const [left, bottom] = project(frame, [bounds[0], bounds[1]])
  const [right, top] = project(frame, [bounds[2], bounds[3]])
  return right >= 0 && left <= frame.width && bottom >= 0 && top <= frame.height
}

/** The middle of an outline's corners (a closing repetition counts once): where its name goes. */
export function centreOf(line: readonly LonLat[]): LonLat | null {
  const first = line[0]
  const last = line[line.length - 1]
  if (first === undefined || last === undefined) return null
  const closed = line.length > 1 && first[0] === last[0] && first[1] === last[1]
  const corners = closed ? line.slice(0, -1) : line
  const sum = corners.reduce((s, p) => [s[0] + p[0], s[1] + p[1]] as [number, number], [0, 0] as [number, number])
  return [sum[0] / corners.length, sum[1] / corners.length]
}

/** Metres from a point to a closed outline; 0 inside. */
export function metresTo(line: readonly LonLat[], point: LonLat): number {
  const flat = line.map(([lon, lat]) => [(lon - point[0]) * eastScale(point[1]), (lat - point[1]) * METRES_PER_DEGREE] as const)
  let nearest = Infinity
  let inside = false
  flat.forEach(([x, y], at) => {
    const [fromX, fromY] = flat[at === 0 ? flat.length - 1 : at - 1]!
    const [alongX, alongY] = [x - fromX, y - fromY]
    const length = alongX * alongX + alongY * alongY
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, -(fromX * alongX + fromY * alongY) / length))
    nearest = Math.min(nearest, Math.hypot(fromX + alongX * share, fromY + alongY * share))
    // A ray to the east crosses the outline an odd number of times from inside.
    if (fromY > 0 !== y > 0 && fromX + (alongX * -fromY) / alongY > 0) inside = !inside
  })
  return inside ? 0 : nearest
}
