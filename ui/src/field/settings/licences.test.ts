import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SCREEN_PARTS } from './licences'

const ui = resolve(__dirname, '../../..')
const json = (path: string) => JSON.parse(readFileSync(resolve(ui, path), 'utf8')) as { dependencies?: Record<string, string>; license?: string }

/** Packages the phone's sources import; the console has its own. */
function imported(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) return entry.name === 'center' ? [] : imported(path)
    if (!/\.(ts|vue)$/.test(entry.name) || entry.name.endsWith('.test.ts')) return []
    const found = readFileSync(path, 'utf8').match(/(?:from|import)\s*\(?\s*'(@[\w-]+\/[\w-]+|[a-z][\w-]*)[^']*'/g) ?? []
    return found.map((line) => /'(@[\w-]+\/[\w-]+|[a-z][\w-]*)/.exec(line)?.[1] ?? '')
  })
}

describe('the list of licences', () => {
  it('names every part the screens are made of, with its own licence', () => {
    const known = Object.keys(json('package.json').dependencies ?? {})
    const used = Array.from(new Set(imported(resolve(ui, 'src')))).filter((name) => known.includes(name))
    expect(SCREEN_PARTS.map((part) => part.name)).toEqual(used.sort())
    for (const part of SCREEN_PARTS) expect(json(`node_modules/${part.name}/package.json`).license).toBe(part.licence)
  })
})
