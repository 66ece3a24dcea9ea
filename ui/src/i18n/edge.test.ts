// Every code that the Rust sources can answer with has words in both languages.
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { whyWords } from '@/field/outbox/wording'
import { say } from '.'
import en from './en'
import enCenter from './en/center'
import zh from './zh-CN'
import zhCenter from './zh-CN/center'

const root = resolve(import.meta.dirname, '../../..')

/** The sources below a folder, without their tests. */
function sources(folder: string): string {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .map((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return sources(path)
      return entry.name.endsWith('.rs') ? readFileSync(join(root, path), 'utf8').split('#[cfg(test)]')[0]! : ''
    })
    .join('\n')
}

const found = (text: string, pattern: RegExp): string[] => Array.from(text.matchAll(pattern), (match) => match[1]!)
/** Each once. */
const each = (codes: string[]): string[] => Array.from(new Set(codes)).sort()

/** What a phone's program answers: `EdgeError::code("…")`, the arms of `…::code(match …)`, `code: "…"`. */
function phoneCodes(): string[] {
  const text = sources('crates/field/src') + sources('crates/webhost/src') + sources('src-tauri/src')
  const arms = found(text, /::code\(\s*match\b([\s\S]*?)\}\s*\)/g).flatMap((match) => found(match, /=>\s*"(\w+)"/g))
  // The sync loop decides on the code first and wraps it later.
  const later = found(readFileSync(join(root, 'crates/field/src/sync.rs'), 'utf8'), /(?:Some\(|[^.]\{)\s*"(\w+)"/g)
  // These of the center are passed on as they are (link_error in command/start.rs).
  const passed = found(sources('crates/center/src'), /::new\(\s*StatusCode::\w+,\s*"(\w+)"/g).filter((code) => /^enrol_|^revoked$/.test(code))
  return each([...found(text, /::code\(\s*"(\w+)"/g), ...found(text, /\bcode: "(\w+)"/g), ...arms, ...later, ...passed])
}

describe('codes of the Rust sources', () => {
  it('of a phone have words', () => {
    const codes = phoneCodes()
    // The patterns still find what they are for: one of each way to write a code.
    expect(codes).toEqual(expect.arrayContaining(['not_found', 'photo_no_source', 'disk_full', 'key_lost', 'pin_wrong', 'bad_input', 'center_refused', 'enrol_code_used', 'wrong_token']))
    expect(codes.filter((code) => !(code in zh.errors) || !(code in en.errors))).toEqual([])
  })

  it('of the console have words', () => {
    const text = sources('crates/center/src/console')
    const codes = each([...found(text, /Self::new\(\s*StatusCode::\w+,\s*"(\w+)"/g), ...found(text, /\bcode: "(\w+)"/g)])
    expect(codes).toEqual(expect.arrayContaining(['login_wait', 'overtaken']))
    expect(codes.filter((code) => !(code in zhCenter.errors) || !(code in enCenter.errors))).toEqual([])
  })

  it('of the gate are reasons in words', () => {
    const text = sources('crates/center/src')
    const codes = each(found(text, /(?:Refused::(?:code|fields)|rejected)\(\s*"(\w+)"/g))
    expect(codes).toEqual(expect.arrayContaining(['scope', 'schema', 'not_reporter']))
    expect(codes.filter((code) => whyWords({ problem: { code, params: {} } }) === say('outbox', 'why_other'))).toEqual([])
  })
})
