// Where a hit leads, and which letters of it were typed.
import type { Hit } from '@/bindings/field'

/** A person or an occupied room leads to the household, an empty room to its visit, a building to its matrix. */
export function hitPath(hit: Hit): string {
  if (hit.household) return `/household/${hit.household}`
  if (hit.kind === 'building') return `/building/${hit.building || hit.id}`
  if (hit.dwelling) return `/dwelling/${hit.dwelling}`
  return `/building/${hit.building}`
}

/** Cuts `text` into plain and matched stretches, where the query stands in it as typed. */
export function marked(text: string, query: string): { text: string; hit: boolean }[] {
  const typed = query.trim()
  const at = typed ? text.toLowerCase().indexOf(typed.toLowerCase()) : -1
  if (at < 0) return [{ text, hit: false }]
  return [
    { text: text.slice(0, at), hit: false },
    { text: text.slice(at, at + typed.length), hit: true },
    { text: text.slice(at + typed.length), hit: false },
  ].filter((part) => part.text)
}
