// A clash as a choice: between whom, what may be offered, what is asked of the center.
import type { Clash, ClashValue } from '@/bindings/field'
import { lookAlike } from '../parts/mask'
import { fieldEntry, isNumber } from '../words/fields'

export interface Choice {
  /** Telephone numbers: masked, and the digits in which they differ stand out. */
  number: boolean
  values: ClashValue[]
  /** Values as text, for the mask to compare. */
  texts: string[]
  /** May be chosen unheard; two masked numbers that look alike may not. */
  choosable: boolean
  /** Entry of the phone, for dialling; empty for other fields. */
  entry: string
}

/**
 * The last four digits tell most numbers apart: then the four before them stay hidden,
 * even where they differ too.
 */
function hideCommon(texts: string[], number: boolean): string[] {
  const tails = new Set(texts.map((text) => text.slice(-4)))
  const mobile = texts.every((text) => /^1[\d*]{10}$/.test(text))
  if (!number || !mobile || tails.size < texts.length) return texts
  return texts.map((text) => `${text.slice(0, 3)}****${text.slice(-4)}`)
}

/** What a clash offers; own value first, then the newest. */
export function choice(clash: Clash): Choice {
  const number = isNumber(clash.field)
  const values = [...clash.values].sort((a, b) => Number(b.by.me) - Number(a.by.me) || b.at - a.at)
  const texts = hideCommon(values.map((value) => String(value.value ?? '')), number)
  return { number, values, texts, choosable: !number || !lookAlike(texts), entry: number ? fieldEntry(clash.field) : '' }
}
