// Points that would lie on each other become one bubble with a number, on both maps.

/** A place on the screen, in pixels. */
export interface Dot {
  x: number
  y: number
}

/** What is drawn as one: a single point, or a bubble. Stands in the middle of its members. */
export interface Heap<T> extends Dot {
  members: T[]
}

const distance = (a: Dot, b: Dot): number => Math.hypot(a.x - b.x, a.y - b.y)

function join<T>(a: Heap<T>, b: Heap<T>): void {
  const all = a.members.length + b.members.length
  a.x += ((b.x - a.x) * b.members.length) / all
  a.y += ((b.y - a.y) * b.members.length) / all
  a.members.push(...b.members)
}

/** Gathers points until no two heaps are nearer than `reach` pixels; with a reach of 0 each stands alone. */
export function cluster<T>(points: readonly T[], where: (point: T) => Dot, reach: number): Heap<T>[] {
  let heaps: Heap<T>[] = points.map((point) => ({ ...where(point), members: [point] }))
  for (let before = -1; before !== heaps.length; ) {
    before = heaps.length
    const kept: Heap<T>[] = []
    for (const heap of heaps) {
      const near = kept.find((other) => distance(other, heap) < reach)
      if (near) join(near, heap)
      else kept.push(heap)
    }
    heaps = kept
  }
  return heaps
}

/**
 * Beside a name instead of on it: above or below, whichever is nearer, unless another bubble
 * is there. `room` is what the name takes.
 */
export function aside(at: Dot, names: readonly Dot[], room: Dot, others: readonly Dot[] = []): Dot {
  const name = names.find((one) => Math.abs(one.x - at.x) < room.x && Math.abs(one.y - at.y) < room.y)
  if (!name) return at
  const nearer = at.y < name.y ? -room.y : room.y
  const places = [nearer, -nearer].map((dy) => ({ x: at.x, y: name.y + dy }))
  return places.find((place) => others.every((other) => other === at || distance(other, place) > room.y)) ?? places[0]!
}
