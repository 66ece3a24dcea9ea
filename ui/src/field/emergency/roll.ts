// The roll-call as numbers and order. Nothing here decides for a person.
import type { RollLine } from '@/bindings/field'

/** What a line must have to be counted. */
export type Countable = Pick<RollLine, 'subject' | 'building' | 'address' | 'mobility' | 'status'>

/** The statuses one may give on a phone, in the order of the buttons. `deceased` is the center's alone. */
export const STATUSES = ['safe_home', 'moved', 'safe_away', 'unknown', 'missing', 'injured'] as const

/** Found and well. */
const SAFE: readonly string[] = ['safe_home', 'moved', 'safe_away']
/** Somebody has to act. */
const ALARM: readonly string[] = ['missing', 'injured', 'deceased']

/** What a status means for the count. */
export type Standing = 'safe' | 'open' | 'alarm'

/** Where a line stands: silence and 待确认 are both still open. */
export function standing(status: string): Standing {
  if (SAFE.includes(status)) return 'safe'
  return ALARM.includes(status) ? 'alarm' : 'open'
}

/** Needs somebody's hands to leave the house. */
export function needsHelp(mobility: string): boolean {
  return mobility !== '' && mobility !== 'self'
}

/** Counts of a list. */
export interface Totals {
  all: number
  safe: number
  open: number
  alarm: number
  /** Of those still open: how many need help to move. */
  openHelp: number
  by: Record<string, number>
}

/** Counts every line once. */
export function totals(lines: readonly Countable[]): Totals {
  const sum: Totals = { all: 0, safe: 0, open: 0, alarm: 0, openHelp: 0, by: {} }
  for (const line of lines) {
    const is = standing(line.status)
    sum.all += 1
    sum[is] += 1
    if (is === 'open' && needsHelp(line.mobility)) sum.openHelp += 1
    const code = line.status === '' ? 'unknown' : line.status
    sum.by[code] = (sum.by[code] ?? 0) + 1
  }
  return sum
}

/** Which lines to show. */
export interface RollFilter {
  show: 'open' | 'help' | 'alarm' | 'all'
  /** Building id, or empty for all. */
  building: string
}

function passes(line: Countable, filter: RollFilter): boolean {
  if (filter.building !== '' && line.building !== filter.building) return false
  if (filter.show === 'open') return standing(line.status) === 'open'
  if (filter.show === 'help') return needsHelp(line.mobility)
  if (filter.show === 'alarm') return standing(line.status) === 'alarm'
  return true
}

/**
 * The subjects a filter shows, in the order of the list. Taken when the filter is chosen
 * and kept: a row that is answered stays where it is, so the next tap can't hit a neighbour.
 */
export function subjectsFor(lines: readonly Countable[], filter: RollFilter): string[] {
  return lines.filter((line) => passes(line, filter)).map((line) => line.subject)
}

/**
 * The kept subjects against a newer list: those gone are dropped, and lines that have come to
 * pass the filter meanwhile follow at the end. Nothing already on the screen changes place.
 */
export function keepOrder(
  kept: readonly string[], lines: readonly Countable[], filter: RollFilter,
): string[] {
  const present = new Set(lines.map((line) => line.subject))
  const stay = kept.filter((subject) => present.has(subject))
  const have = new Set(stay)
  return [...stay, ...subjectsFor(lines, filter).filter((subject) => !have.has(subject))]
}

/** A building with how many lines are still open. */
export interface BuildingCount {
  id: string
  name: string
  open: number
  all: number
}

/** `5栋2单元501` → `5栋`; the whole address when it has no building in it. */
export function buildingOf(address: string): string {
  const found = /^(.*?(?:栋|幢|号楼|座|院))/.exec(address)
  return found === null ? address : (found[1] ?? address)
}

/** Buildings of a list, those with most still open first. */
export function buildings(lines: readonly Countable[]): BuildingCount[] {
  const found = new Map<string, BuildingCount>()
  for (const line of lines) {
    let entry = found.get(line.building)
    if (entry === undefined) {
      entry = { id: line.building, name: buildingOf(line.address), open: 0, all: 0 }
      found.set(line.building, entry)
    }
    entry.all += 1
    if (standing(line.status) === 'open') entry.open += 1
  }
  return Array.from(found.values()).sort((a, b) => b.open - a.open || a.name.localeCompare(b.name, 'zh', { numeric: true }))
}
