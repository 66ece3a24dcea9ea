// How it looked before and after: told from when a photo was taken and when somebody set to work.
// Phones' clocks may be off; what the center had before the work began was there before, certainly.
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
  const wasBefore = (photo: MediaItem) =>
    (photo.named_at !== null && begun.received_at !== null && photo.named_at < begun.received_at) || photo.taken_at <= begun.at
  const before = by.find(wasBefore)
  const after = by.filter((photo) => !wasBefore(photo)).pop()
  return before && after ? { before, after } : null
}
