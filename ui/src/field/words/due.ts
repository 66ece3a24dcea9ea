// When something is due, in a word and a light. Red is for what is overdue and nothing else.
import type { DueState } from '@/bindings/field'
import { say } from '@/i18n'
import { day } from './when'

export interface DueWords {
  words: string
  tone: 'red' | 'lamp' | 'pine' | 'plain'
}

const DAY = 24 * 3600 * 1000

/** Words for a due item: `days` to go, negative when overdue. */
export function dueWords(state: DueState, days: number, now: number = Date.now()): DueWords {
  switch (state) {
    case 'overdue':
      return { words: say('common', 'due_overdue', { n: Math.max(1, -days) }), tone: 'red' }
    case 'today':
      return { words: say('common', 'due_today'), tone: 'lamp' }
    case 'soon':
      return { words: say('common', 'due_in', { n: Math.max(1, days) }), tone: 'pine' }
    case 'later':
      return { words: day(now + days * DAY, now), tone: 'plain' }
  }
}

/** State and days of a date, by the phone's calendar. */
export function dueOf(due: number, now: number = Date.now()): { state: DueState; days: number } {
  const start = (ms: number) => new Date(ms).setHours(0, 0, 0, 0)
  const days = Math.round((start(due) - start(now)) / DAY)
  return { state: days < 0 ? 'overdue' : days === 0 ? 'today' : days <= 7 ? 'soon' : 'later', days }
}
