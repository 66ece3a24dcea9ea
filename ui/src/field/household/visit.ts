// Visits in a line each.
import type { Resident, VisitLine } from '@/bindings/field'
import { say } from '@/i18n'
import { codeWord } from '../words/codes'

/** `见到本人,精神好,水电气正常` */
export function visitWords(visit: VisitLine): string {
  const parts = [codeWord('result', visit.result)]
  if (visit.mood) parts.push(codeWord('mood', visit.mood))
  if (visit.utilities) parts.push(codeWord('utilities', visit.utilities))
  return parts.join(say('common', 'comma'))
}

/** Somebody was met or spoken to. */
export const reached = (visit: VisitLine): boolean => visit.result >= 1 && visit.result <= 3

/** An old person living alone did not open twice in a row: report, don't wait. */
export function mustEscalate(people: readonly Resident[], visits: readonly VisitLine[]): boolean {
  const alone = people.some((person) => person.ended === null && person.flags.includes('P20'))
  const [last, before] = visits
  return alone && !!last && !!before && last.result === 4 && before.result === 4
}
