// The list of buildings as one flat run of headings and rows, for a virtual list.
import type { BuildingLine } from '@/bindings/field'

export type RosterLine =
  | { kind: 'head'; key: string; title: string }
  | { kind: 'row'; key: string; building: BuildingLine; first: boolean; last: boolean }

/** Natural order of names: `2栋` before `10栋`. */
export function byName(a: { name: string }, b: { name: string }): number {
  const number = (name: string) => {
    const found = /\d+/.exec(name)
    return found ? Number(found[0]) : Number.MAX_SAFE_INTEGER
  }
  return number(a.name) - number(b.name) || a.name.localeCompare(b.name, 'zh-CN')
}

interface Words {
  dot: string
  /** Heading of buildings that lie in no estate. */
  others: string
  /** Name of the own area: a grid's name need not repeat it. */
  area: string
}

/** Groups by estate, and by grid where a person has several. */
export function rosterLines(buildings: readonly BuildingLine[], { dot, others, area }: Words): RosterLine[] {
  const short = (grid: string) => (area && grid.startsWith(area) && grid.length > area.length ? grid.slice(area.length) : grid)
  const grids = new Set(buildings.map((building) => building.grid))
  const groups = new Map<string, BuildingLine[]>()
  for (const building of buildings) {
    const title = [grids.size > 1 ? short(building.grid) : '', building.estate].filter(Boolean).join(dot)
    groups.set(title, [...(groups.get(title) ?? []), building])
  }
  const lines: RosterLine[] = []
  const ordered = Array.from(groups).sort(([a], [b]) => Number(!a) - Number(!b) || byName({ name: a }, { name: b }))
  ordered.forEach(([title, members]) => {
    if (title || groups.size > 1) lines.push({ kind: 'head', key: `head ${title}`, title: title || others })
    const sorted = [...members].sort(byName)
    sorted.forEach((building, i) =>
      lines.push({ kind: 'row', key: building.id, building, first: i === 0, last: i === sorted.length - 1 }),
    )
  })
  return lines
}
