// A field's name and value in words, from its path.
import type { Value } from '@/bindings/field'
import { say, sayCode } from '@/i18n'
import { codeWord, flag } from './codes'
import { day } from './when'

/** The part of a path that names the field: `residents/<id>/name` → `name`, `mobility/<id>` → `mobility`. */
export function fieldKey(path: string): string {
  const parts = path.split('/')
  return parts.length === 3 ? parts[2]! : parts[0]!
}

/** The entry a path belongs to: `phones/<id>/number` → `<id>`. */
export function fieldEntry(path: string): string {
  return path.split('/')[1] ?? ''
}

/** `电话`, `出生年`… as it stands in a sentence. */
export function fieldWord(path: string): string {
  const key = fieldKey(path)
  // `flags/<resident>:meals`, `tags/<resident>:P40`: the flag's own word.
  const code = fieldEntry(path).split(':')[1]
  if ((key === 'flags' || key === 'tags') && code) return flag(code).words
  return sayCode('today', `field_${key}`) ?? say('today', 'field_other')
}

/** A value as a person says it; telephone numbers are shown elsewhere, masked. */
export function valueWords(path: string, value: Value): string {
  const key = fieldKey(path)
  if (value === null || value === '') return say('common', 'nothing')
  if (typeof value === 'boolean') return say('edit', value ? 'yes' : 'no')
  switch (key) {
    case 'sex':
    case 'relation':
    case 'mobility':
      return codeWord(key, String(value))
    case 'population':
      return codeWord('flag', String(value))
    case 'birth_year':
      return typeof value === 'number' && value ? say('edit', 'year', { n: value }) : say('common', 'unknown')
    case 'cycle_days':
      return value ? say('edit', 'days', { n: Number(value) }) : say('edit', 'no_cycle')
    case 'ended':
      return day(Number(value))
    default:
      return String(value)
  }
}

/** Is this path a telephone number, so that its value is masked? */
export const isNumber = (path: string): boolean => fieldKey(path) === 'number'
