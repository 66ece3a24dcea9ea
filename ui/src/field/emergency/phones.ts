// Telephones by key: the county's list where there is one, public numbers always.
import table from 'virtual:reference/phones'
import type { DutyPhone } from '@/bindings/field'
import { named } from '@/i18n'

/** A telephone that can be dialled. */
export interface Dial {
  key: string
  name: string
  number: string
  /** The county has not set its own: this is the number to fall back on. */
  fallback: boolean
}

/** The order of the emergency screen: who comes first when it burns. */
const ORDER = ['duty', '119', '120', '110', 'gas', '95598', '96333', '12119']

/** The number of a key, or null when nothing can be dialled for it. */
export function dial(key: string, known: readonly DutyPhone[]): Dial | null {
  const entry = table[key]
  const own = known.find((phone) => phone.key === key && phone.number !== '')
  const name = entry ? named(entry) : key
  if (own) return { key, name, number: own.number, fallback: false }
  if (!entry) return /^\d{3,}$/.test(key) ? { key, name: key, number: key, fallback: false } : null
  if (entry.number !== null) return { key, name, number: entry.number, fallback: false }
  return entry.fallback === null ? null : { key, name, number: entry.fallback, fallback: true }
}

/** All telephones in the order of the screen, then those this version does not know. */
export function dialList(known: readonly DutyPhone[]): Dial[] {
  const keys = [...ORDER, ...known.map((phone) => phone.key)]
  return Array.from(new Set(keys))
    .map((key) => dial(key, known))
    .filter((one): one is Dial => one !== null)
}
