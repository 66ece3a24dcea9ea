// The report as it is being written; every change of it is saved, so that nothing typed is lost.
import type { Position, ReportProblem } from '@/bindings/field'

/** A photo taken in already, by its media id. */
export interface DraftPhoto {
  id: string
  source: string
}

/** Everything the form needs to come back after a kill. */
export interface ReportDraft {
  category: string
  words: string
  /** Building, dwelling or grid it concerns, or empty. */
  place: string
  placeName: string
  position: Position | null
  photos: DraftPhoto[]
  household: string
}

/** The draft's name in the store. */
export const DRAFT_KEY = 'report'
/** Where recently used categories are kept. */
export const RECENT_KEY = 'report.recent'
/** More photos than this help nobody and cost a thin network dearly. */
export const MAX_PHOTOS = 9

/** A blank form. */
export function emptyDraft(): ReportDraft {
  return { category: '', words: '', place: '', placeName: '', position: null, photos: [], household: '' }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

function readPosition(value: unknown): Position | null {
  const raw = record(value)
  if (raw === null || typeof raw.lon !== 'number' || typeof raw.lat !== 'number') return null
  return {
    lon: raw.lon,
    lat: raw.lat,
    accuracy_m: typeof raw.accuracy_m === 'number' ? raw.accuracy_m : null,
    source: text(raw.source) || 'tap',
    at: typeof raw.at === 'number' ? raw.at : 0,
    mocked: raw.mocked === true,
  }
}

/** Reads a saved draft; whatever an older version left out or wrote otherwise is blank. */
export function readDraft(data: unknown): ReportDraft {
  const raw = record(data)
  if (raw === null) return emptyDraft()
  const photos = Array.isArray(raw.photos) ? raw.photos : []
  return {
    category: text(raw.category),
    words: text(raw.words),
    place: text(raw.place),
    placeName: text(raw.placeName),
    position: readPosition(raw.position),
    photos: photos
      .map((photo) => record(photo))
      .filter((photo): photo is Record<string, unknown> => photo !== null && text(photo.id) !== '')
      .map((photo) => ({ id: text(photo.id), source: text(photo.source) || 'camera' })),
    household: text(raw.household),
  }
}

/** Nothing was put in yet: there is no draft to keep. */
export function isBlank(draft: ReportDraft): boolean {
  return (
    draft.category === '' && draft.words.trim() === '' && draft.place === '' &&
    draft.position === null && draft.photos.length === 0
  )
}

/**
 * What is still missing before it can be saved: only the kind of problem, and then something
 * that tells where or what (words, a photo, a place or a position).
 */
export function missing(draft: ReportDraft): 'category' | 'content' | null {
  if (draft.category === '') return 'category'
  const hasContent =
    draft.words.trim() !== '' || draft.photos.length > 0 || draft.position !== null || draft.place !== ''
  return hasContent ? null : 'content'
}

/** The request of the command `report_problem`. */
export function toRequest(draft: ReportDraft): ReportProblem {
  return {
    category: draft.category,
    words: draft.words.trim(),
    place: draft.place,
    position: draft.position,
    media: draft.photos.map((photo) => photo.id),
    household: draft.household,
    draft: DRAFT_KEY,
  }
}
