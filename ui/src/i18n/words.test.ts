// Chinese and English have the same words, and none of those the glossary forbids.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import codes from 'virtual:reference/codes'
import persons from 'virtual:reference/persons'
import purposes from 'virtual:reference/purposes'
import statuses from 'virtual:reference/person-status'
import states from 'virtual:reference/states'
import visits from 'virtual:reference/visits'
import { CommandError } from '@/backend'
import en from './en'
import { say, sayError, setLanguage } from '.'
import zh from './zh-CN'

type Tree = Record<string, Record<string, unknown>>
const both = { zh: zh as unknown as Tree, en: en as unknown as Tree }

/** All text of a message, compiled or plain. */
function text(message: unknown): string {
  return typeof message === 'function' ? (message as () => string)() : JSON.stringify(message)
}

/** Placeholders of a compiled message. */
function holes(message: unknown): string[] {
  const found = new Set<string>()
  for (const match of text(message).matchAll(/"t":4,"k":"(\w+)"/g)) found.add(match[1]!)
  return Array.from(found).sort()
}

/** The glossary's table of things, without its head. */
const glossary = readFileSync(resolve(import.meta.dirname, 'glossary.md'), 'utf8')
const things = glossary
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, thing]) => thing !== 'thing' && !/^-+$/.test(thing!))

/** Where the same characters mean another thing. */
const OTHER_THINGS = ['在后台定位', '清点人员', '这个版本的', '版本 ']

describe('words', () => {
  it('has the same keys and placeholders in both languages', () => {
    expect(Object.keys(both.en).sort()).toEqual(Object.keys(both.zh).sort())
    for (const screen of Object.keys(both.zh)) {
      expect(Object.keys(both.en[screen]!).sort(), screen).toEqual(Object.keys(both.zh[screen]!).sort())
      for (const key of Object.keys(both.zh[screen]!)) {
        const missing = holes(both.en[screen]![key]).filter((hole) => !holes(both.zh[screen]![key]).includes(hole))
        expect(missing, `${screen}.${key}`).toEqual([])
      }
    }
  })

  it('leaves nothing empty', () => {
    for (const [language, tree] of Object.entries(both)) {
      for (const screen of Object.keys(tree)) {
        for (const key of Object.keys(tree[screen]!)) expect(text(tree[screen]![key]).trim(), `${language} ${screen}.${key}`).not.toBe('')
      }
    }
  })

  it('never says what the glossary forbids', () => {
    const never = /## Never[\s\S]*/.exec(glossary)![0].match(/`[^`]+`/g)!.map((word) => word.slice(1, -1))
    expect(never.length).toBeGreaterThan(5)
    for (const screen of Object.keys(both.zh)) {
      for (const key of Object.keys(both.zh[screen]!)) {
        for (const word of never) expect(text(both.zh[screen]![key]), `${screen}.${key}`).not.toContain(word)
      }
    }
  })

  it('calls one thing by one word', () => {
    expect(things.length).toBeGreaterThan(20)
    const others = things.flatMap(([, thing, zh, , not]) => not!.split(', ').map((word) => ({ word, instead: `${zh} (${thing})` })))
    for (const screen of Object.keys(both.zh)) {
      for (const key of Object.keys(both.zh[screen]!)) {
        const said = OTHER_THINGS.reduce((words, other) => words.split(other).join(''), text(both.zh[screen]![key]))
        for (const { word, instead } of others) expect(said, `${screen}.${key}: say ${instead}`).not.toContain(word)
      }
    }
  })

  it('says 您 to a building lead, and nothing where both may look', () => {
    // Screens of both, but for what only one of them is shown.
    const shared = ['shell', 'common', 'codes', 'errors', 'enrol', 'unlock', 'lapsed', 'report', 'photo', 'reports', 'emergency', 'outbox', 'settings', 'map', 'notices']
    const toOne = ['common.me', 'common.me_lead', 'settings.sees_R01', 'settings.sees_R02', 'settings.sees_R04']
    for (const screen of Object.keys(both.zh)) {
      for (const key of Object.keys(both.zh[screen]!)) {
        const said = text(both.zh[screen]![key])
        if (screen === 'lead') expect(said, `${screen}.${key}`).not.toContain('你')
        else if (!shared.includes(screen)) expect(said, `${screen}.${key}`).not.toContain('您')
        else if (!toOne.includes(`${screen}.${key}`)) expect(said, `${screen}.${key}`).not.toMatch(/[你您]/)
      }
    }
  })

  it('has a word for every code of the reference tables', () => {
    const words = both.zh['codes']!
    const wanted = [
      ...(['sex', 'relation', 'need', 'mobility'] as const).flatMap((table) => Object.keys(codes[table]).map((code) => `${table}_${code}`)),
      ...Object.keys(persons).map((code) => `flag_${code}`),
      ...visits.results.map((result) => `result_${result.code}`),
      ...purposes.map((_, i) => `purpose_${i}`),
      ...statuses.map((status) => `status_${status.code}`),
      ...Object.keys(states).map((state) => `case_${state}`),
    ]
    expect(wanted.filter((key) => !(key in words))).toEqual([])
  })

  it('fills in placeholders and plurals without compiling anything', async () => {
    expect(say('common', 'households', { n: 412 })).toBe('412户')
    await setLanguage('en')
    expect(say('common', 'households', { n: 1 })).toBe('1 household')
    expect(say('common', 'households', { n: 2 })).toBe('2 households')
    await setLanguage('zh-CN')
  })

  it('never shows an error code alone', () => {
    expect(sayError(new CommandError('pin_wrong', { wait_s: 30 }))).toContain('30')
    expect(sayError(new CommandError('something_newer'))).toBe(say('errors', 'internal'))
  })
})
