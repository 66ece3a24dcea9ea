// Every pair of ink and ground in use has 4.5:1, by day and by night.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(resolve(import.meta.dirname, 'tokens.css'), 'utf8')

function tokens(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`)
  const block = css.slice(start, css.indexOf('}', start))
  const found: Record<string, string> = {}
  for (const match of block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)) found[match[1]!] = match[2]!
  return found
}

function luminance(hex: string): number {
  const part = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const GROUNDS = ['paper', 'card', 'mute-soft']
const SOFTS = ['pine-soft', 'lamp-soft', 'red-soft', 'rain-soft']
const PAIRS: [string, string][] = [
  ...GROUNDS.flatMap((ground): [string, string][] => ['ink', 'ink-2', 'ink-3', 'pine', 'lamp-ink', 'red', 'rain'].map((ink) => [ink, ground])),
  ...SOFTS.flatMap((ground): [string, string][] => ['ink', 'ink-2'].map((ink) => [ink, ground])),
  ['pine', 'pine-soft'],
  ['lamp-ink', 'lamp-soft'],
  ['pine', 'lamp-soft'],
  ['ink-3', 'lamp-soft'],
  ['red', 'red-soft'],
  ['rain', 'rain-soft'],
  ['pine-on', 'pine'],
  ['red-on', 'red'],
  ['paper', 'ink'],
]

describe.each([
  ['light', tokens(':root')],
  ['dark', { ...tokens(':root'), ...tokens(':root[data-theme="dark"]') }],
])('%s', (_, set) => {
  it.each(PAIRS)('%s on %s', (ink, ground) => {
    expect(set[ink], ink).toBeDefined()
    expect(set[ground], ground).toBeDefined()
    expect(contrast(set[ink]!, set[ground]!)).toBeGreaterThanOrEqual(4.5)
  })
})
