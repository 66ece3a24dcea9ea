// What the list is narrowed by, as it stands in the address bar.
import type { LocationQuery } from 'vue-router'
import type { CaseQuery } from '../api'

/** The list that a desk opens with. */
export const FIRST = 'open'
export const STATES = ['open', 'reported', 'need_info', 'settled', 'all'] as const

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Reads the filters of an address; what makes no sense is left out. */
export function readFilters(query: LocationQuery): CaseQuery {
  const state = text(query['state'])
  return {
    state: /^[a-z_]+$/.test(state) ? state : FIRST,
    org: /^\d{6,15}$/.test(text(query['org'])) ? text(query['org']) : '',
    urgency: /^[1-4]$/.test(text(query['urgency'])) ? text(query['urgency']) : '',
    photos: query['photos'] === 'late' ? 'late' : '',
    q: text(query['q']).slice(0, 60),
  }
}

/** Writes them; the usual ones leave no trace. */
export function writeFilters(filters: CaseQuery, opened: string): Record<string, string> {
  const out: Record<string, string> = {}
  if (filters.state !== FIRST) out['state'] = filters.state
  if (filters.org) out['org'] = filters.org
  if (filters.urgency) out['urgency'] = filters.urgency
  if (filters.photos) out['photos'] = filters.photos
  if (filters.q) out['q'] = filters.q
  if (opened) out['case'] = opened
  return out
}

/** As the center wants them. */
export const asked = (filters: CaseQuery): CaseQuery => ({
  ...filters,
  state: filters.state === 'all' ? '' : filters.state,
  q: filters.q.trim(),
})
