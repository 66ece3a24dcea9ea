// Statuses of the roll-call as words and lights.
import { say } from '@/i18n'
import { codeWord } from '../words/codes'
import { standing } from './roll'

/** A status in words. Death is entered by the center alone; the phone only says whose word it is. */
export function statusWords(status: string): string {
  if (status === '') return say('emergency', 'st_')
  if (status === 'deceased') return say('emergency', 'st_deceased')
  return codeWord('status', status)
}

/** The light of a status: green is safe, red needs somebody now. */
export function statusTone(status: string): 'pine' | 'red' | 'lamp' | '' {
  const is = standing(status)
  if (is === 'safe') return 'pine'
  if (is === 'alarm') return 'red'
  return status === 'unknown' ? 'lamp' : ''
}
