// What another screen hands to the report form through the address.
import type { LocationQuery } from 'vue-router'
import { category } from './categories'
import type { ReportDraft } from './draft'

function one(value: LocationQuery[string] | undefined): string {
  const first = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' ? first : ''
}

/** Reads `category`, `place` with `name`, `household`, `lon` with `lat`; what is not there is left alone. */
export function fromQuery(query: LocationQuery, now: number = Date.now()): Partial<ReportDraft> {
  const given: Partial<ReportDraft> = {}
  const code = one(query['category'])
  if (category(code)) given.category = code
  const place = one(query['place'])
  if (place) {
    given.place = place
    given.placeName = one(query['name'])
  }
  const household = one(query['household'])
  if (household) given.household = household
  const lon = Number(one(query['lon']) || NaN)
  const lat = Number(one(query['lat']) || NaN)
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) {
    given.position = { lon, lat, accuracy_m: null, source: 'tap', at: now, mocked: false }
  }
  return given
}
