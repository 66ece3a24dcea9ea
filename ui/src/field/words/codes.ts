// Codes as words, and how a tag about a person looks.
import type { Author } from '@/bindings/field'
import { say, sayCode } from '@/i18n'
import { useIsLead } from '../state/status'

const lead = useIsLead()

type Table = 'sex' | 'relation' | 'need' | 'mobility' | 'result' | 'mood' | 'utilities' | 'purpose' | 'status' | 'case' | 'flag'

/** The word of a code; an unknown code (a newer center's) is shown as it is. */
export function codeWord(table: Table, code: string | number): string {
  return sayCode('codes', `${table}_${code}`) ?? String(code)
}

export interface Flag {
  code: string
  words: string
  tone: 'lamp' | 'rain' | 'plain'
  icon: 'care' | 'walk' | 'help' | 'none'
}

/** A category (P20…) or a need (meals…) as a tag. */
export function flag(code: string): Flag {
  const category = /^P(\d)/.exec(code)
  if (!category) return { code, words: codeWord('need', code), tone: 'rain', icon: 'help' }
  const care = category[1] === '2' || category[1] === '3'
  return { code, words: codeWord('flag', code), tone: care ? 'lamp' : 'plain', icon: care ? 'care' : 'none' }
}

/** Tags of a person, each word once, care first; the population type is said elsewhere. */
export function flags(codes: readonly string[]): Flag[] {
  const seen = new Set<string>()
  const rank = (one: Flag) => (one.tone === 'lamp' ? 0 : one.tone === 'rain' ? 1 : 2)
  return codes
    .filter((code) => !/^P1/.test(code))
    .map(flag)
    .filter((one) => !seen.has(one.words) && seen.add(one.words))
    .sort((a, b) => rank(a) - rank(b))
}

/** `你` (`您` to a building lead), `网格长 王桂英`, `中心` */
export function authorWords(by: Author): string {
  if (by.me) return say('common', lead.value ? 'me_lead' : 'me')
  if (!by.person) return say('common', 'center')
  const role = sayCode('codes', `role_${by.role}`) ?? say('codes', 'role_other')
  return by.name ? `${role} ${by.name}` : role
}
