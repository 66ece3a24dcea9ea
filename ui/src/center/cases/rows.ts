// The rows of the table. Nothing in it moves by itself: news wait above, changes happen in place.
import type { CaseLine, CasePage } from '@/bindings/center'

export interface Rows {
  lines: CaseLine[]
  /** Newer than everything shown, waiting to be put on top; the newest first. */
  waiting: CaseLine[]
  /** Shown, but no longer fitting the filter. */
  gone: ReadonlySet<string>
  next: string | null
  total: number
}

export const NOTHING: Rows = { lines: [], waiting: [], gone: new Set(), next: null, total: 0 }

/** A first page. */
export const begin = (page: CasePage): Rows => ({ ...NOTHING, lines: page.cases, next: page.next, total: page.total })

/** One page more. */
export function append(rows: Rows, page: CasePage): Rows {
  const shown = new Set(rows.lines.map((line) => line.id))
  return { ...rows, lines: [...rows.lines, ...page.cases.filter((line) => !shown.has(line.id))], next: page.next, total: page.total }
}

/** The first page read again after news: known rows renewed in place, new ones set aside. */
export function renew(rows: Rows, page: CasePage): Rows {
  const fresh = new Map(page.cases.map((line) => [line.id, line]))
  const shown = new Set(rows.lines.map((line) => line.id))
  const last = page.cases[page.cases.length - 1]
  // Whatever should be on this page and isn't has left the filter.
  const covered = (line: CaseLine) => page.next === null || (last !== undefined && line.received_at > last.received_at)
  const gone = new Set(rows.lines.filter((line) => !fresh.has(line.id) && (rows.gone.has(line.id) || covered(line))).map((line) => line.id))
  return {
    lines: rows.lines.map((line) => fresh.get(line.id) ?? line),
    waiting: page.cases.filter((line) => !shown.has(line.id)),
    gone,
    next: rows.next,
    total: page.total,
  }
}

/** Puts what waited on top. */
export const show = (rows: Rows): Rows => ({ ...rows, lines: [...rows.waiting, ...rows.lines], waiting: [] })

/** One line changed by an own step. */
export const replace = (rows: Rows, line: CaseLine): Rows => ({
  ...rows,
  lines: rows.lines.map((old) => (old.id === line.id ? line : old)),
})
