// How it looked before and after: told from when a photo was taken and when somebody set to work.
import type { Case, CaseStep, MediaItem } from '@/bindings/field'

/** From here on somebody works on it. */
const BEGUN = ['handling', 'self_handled', 'feedback']
/** Somebody says that it is done, or the center does. */
const DONE = ['feedback', 'verified', 'closed', 'follow_up', 'archived']

export interface Pair {
  before: MediaItem
  after: MediaItem
}

/** The first photo of before and the last of after; null until it is done, or where one is missing. */
export function pairOf(found: Pick<Case, 'media' | 'steps'>): Pair | null {
  const kinds = (list: string[]) => (step: Pick<CaseStep, 'kind'>) => list.includes(step.kind)
  const begun = found.steps.find(kinds(BEGUN))
  if (!begun || !found.steps.some(kinds(DONE))) return null
  const by = found.media.slice().sort((a, b) => a.taken_at - b.taken_at)
  const before = by.find((photo) => photo.taken_at <= begun.at)
  const after = by[by.length - 1]
  return before && after && after.taken_at > begun.at ? { before, after } : null
}
