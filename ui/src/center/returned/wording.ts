// What was given back, in words.
import names from 'virtual:reference/category-names'
import type { Returned } from '@/bindings/center'
import zh from '@/i18n/zh-CN/centerReturned'
import { named, say } from '../words'

type Word = keyof typeof zh

const word = (key: string, other: Word): string => say('returned', key in zh ? (key as Word) : other)

/** `报事:路灯不亮`, `加电话` */
export function whatWords(one: Pick<Returned, 'action' | 'category'>): string {
  const what = word(`a_${one.action}`, 'a_other')
  return one.category ? say('returned', 'about', { what, about: named(names[one.category], one.category) }) : what
}

/** Why the center didn't take it. */
export const whyWords = (code: string): string => word(`why_${code}`, 'why_other')

/** Name of a field somebody typed into. */
export const fieldWords = (field: string): string => word(`f_${field}`, 'f_words')
