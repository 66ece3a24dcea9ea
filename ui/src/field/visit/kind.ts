// Which kind of visit this is, from whom it is to; the person may choose another.
import visits from 'virtual:reference/visits'
import type { Household } from '@/bindings/field'

/** Kinds a visit to a home may be of, most particular first. */
export const HOME_KINDS = ['V03', 'V04', 'V06', 'V05', 'V02', 'V07', 'V08', 'V01'] as const

/** The kind for a household: care before hardship before the everyday. */
export function kindFor(home: Pick<Household, 'people' | 'visits'> | null): string {
  if (!home) return 'V01'
  const here = home.people.filter((person) => person.ended === null)
  const flags = new Set(here.reduce<string[]>((all, person) => all.concat(person.flags), []))
  for (const kind of ['V03', 'V04', 'V06', 'V05']) {
    const type = visits.types[kind]
    if (type && type.for.some((code) => flags.has(code))) return kind
  }
  const newcomer = here.some((person) => person.population === 'P12' || person.population === 'P13')
  return newcomer && !home.visits.length ? 'V02' : 'V01'
}

/** What a kind asks beyond the result. */
export const asksMood = (kind: string): boolean => ['V03', 'V04', 'V05', 'V06'].includes(kind)
export const asksUtilities = (kind: string): boolean => ['V03', 'V07'].includes(kind)
