import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SCREEN_PARTS } from './licences'

const ui = resolve(import.meta.dirname, '../../..')
const json = (path: string) => JSON.parse(readFileSync(resolve(ui, path), 'utf8')) as { dependencies?: Record<string, string>; license?: string }

describe('the list of licences', () => {
  it('names every part the screens are made of, with its own licence', () => {
    const used = Object.keys(json('package.json').dependencies ?? {})
    expect(SCREEN_PARTS.map((part) => part.name)).toEqual(used.sort())
    for (const part of SCREEN_PARTS) expect(json(`node_modules/${part.name}/package.json`).license).toBe(part.licence)
  })
})
