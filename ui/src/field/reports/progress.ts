// How a report and its photos stand, in words and sections.
import type { Author, Case, CaseStep, MediaItem, ReportLine } from '@/bindings/field'
import { say, sayCode } from '@/i18n'
import { authorWords } from '../words/codes'

/** States after which nothing more is going to happen. */
const ENDED = ['closed', 'archived', 'rejected', 'merged', 'void', 'withdrawn', 'follow_up']

/** Where a report belongs in the list. */
export function section(line: Pick<ReportLine, 'status'>): 'need_you' | 'running' | 'ended' {
  if (line.status === 'need_info') return 'need_you'
  return ENDED.includes(line.status) ? 'ended' : 'running'
}

/** The light of a state: green is done, lamp asks for somebody, plain is on its way. Never red: not the reporter's clock. */
export function tone(status: string): 'pine' | 'lamp' | 'plain' {
  if (status === 'need_info' || status === 'unsent' || status === 'rejected') return 'lamp'
  return section({ status }) === 'ended' ? 'pine' : 'plain'
}

/** A state in words; a newer center's state is said plainly. */
export function stateWords(status: string): string {
  if (status === 'unsent') return say('reports', 'st_unsent')
  return sayCode('codes', `case_${status}`) ?? say('reports', 'st_other')
}

/** A step of the timeline in words. */
export function stepWords(step: Pick<CaseStep, 'kind'>): string {
  return step.kind === 'remark' ? say('reports', 'st_remark') : stateWords(step.kind)
}

/** Who did a step: people of the grid with their role, a department by its own name. */
export function byWords(by: Author): string {
  const ofTheGrid = /^R0[1-4]$/.test(by.role)
  return by.me || by.name === '' || ofTheGrid ? authorWords(by) : by.name
}

/** Written without a signal: the center got it more than this later. */
const LATE_MS = 5 * 60_000

/** The step reached the center noticeably after it was written. */
export function cameLate(step: Pick<CaseStep, 'at' | 'received_at'>): boolean {
  return step.received_at !== null && step.received_at - step.at > LATE_MS
}

/** How much of a photo has arrived, 0–100. */
export function percent(photo: Pick<MediaItem, 'bytes' | 'sent_bytes' | 'receipt'>): number {
  if (photo.receipt === 'accepted') return 100
  if (photo.bytes === 0) return 0
  return Math.min(99, Math.floor((photo.sent_bytes / photo.bytes) * 100))
}

/** A photo of somebody else that hasn't come for so long is asked after, milliseconds (as the center's `photos_late_h`). */
const OVERDUE_MS = 86_400_000

/** Where a photo is: on this phone, part of it sent, checked and kept by the center, or still with who took it. */
export function photoWords(photo: Pick<MediaItem, 'bytes' | 'sent_bytes' | 'receipt' | 'awaited' | 'taken_at'>, now = Date.now()): string {
  if (photo.awaited) return say('photo', now - photo.taken_at > OVERDUE_MS ? 'overdue' : 'awaited')
  const part = percent(photo)
  return part > 0 && part < 100 ? say('outbox', 'photo_part', { percent: part }) : say('common', photo.receipt)
}

/** Which light its words have. */
export const photoLight = (photo: Pick<MediaItem, 'receipt' | 'awaited'>): MediaItem['receipt'] => (photo.awaited ? 'sent' : photo.receipt)

/** What the desk asked for last, while it waits for an answer. */
export function question(found: Case): CaseStep | null {
  if (!found.can_supply) return null
  const asked = found.steps.filter((step) => step.kind === 'need_info')
  return asked[asked.length - 1] ?? null
}
