// Looks at the built files: nothing from elsewhere, nothing WebView 80 does not know.
// Skipped until `npm run build` has run.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const dist = resolve(import.meta.dirname, '../dist/field')
const built = existsSync(resolve(dist, 'index.html'))
const files = built ? (readdirSync(dist, { recursive: true }) as string[]) : []
const read = (file: string) => readFileSync(resolve(dist, file), 'utf8')

/** Rules of a style file as (selector, body), media queries opened. */
function rules(css: string): [string, string][] {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '')
  return Array.from(plain.matchAll(/([^{}]+)\{([^{}]*)\}/g), (match) => [match[1]!.trim(), match[2]!])
}

/** What Chrome 80 does not know, in styles. */
const CSS_TOO_NEW: [string, RegExp][] = [
  ['inset', /(^|;)\s*inset(-\w+)*\s*:/],
  ['aspect-ratio', /(^|;)\s*aspect-ratio\s*:/],
  ['accent-color', /(^|;)\s*accent-color\s*:/],
  ['content-visibility', /(^|;)\s*content-visibility\s*:/],
  ['new colours', /oklch|oklab|color-mix|light-dark\(|\blab\(|\blch\(/],
  ['new units', /\d(dvh|svh|lvh|dvw|svw|lvw|cq[whi])\b/],
  ['individual transforms', /(^|;)\s*(translate|rotate|scale)\s*:/],
  ['math', /\b(round|mod|rem|sin|cos|pow|sqrt)\(/],
]
const SELECTOR_TOO_NEW = /:is\(|:where\(|:has\(|:focus-visible|::details-content|&/
const AT_TOO_NEW = /@(layer|container|property|scope|starting-style)\b/

/** Newer built-ins that no bundler lowers. */
const JS_TOO_NEW =
  /\.replaceAll\(|\.at\(-?\d|\bstructuredClone\(|Object\.hasOwn\(|\.findLast(Index)?\(|Promise\.any\(|\brandomUUID\(|\.toSorted\(|\.toReversed\(|AbortSignal\.(timeout|any)\(|new WeakRef\(|Object\.groupBy\(|\(\?<[=!]/g

/** Vue passes these on from its reactive arrays; our own code can't call them (lib ES2020). */
const VUE_PASSES_ON = ['.toReversed(', '.toSorted(', '.findLast(', '.findLastIndex(']

describe.skipIf(!built)('the built phone application', () => {
  const styles = files.filter((file) => file.endsWith('.css'))
  const scripts = files.filter((file) => file.endsWith('.js'))

  it('has files', () => {
    expect(styles.length).toBeGreaterThan(3)
    expect(scripts.length).toBeGreaterThan(10)
  })

  it.each(styles)('%s is known to WebView 80', (file) => {
    const css = read(file)
    expect(css).not.toMatch(AT_TOO_NEW)
    for (const [selector, body] of rules(css)) {
      expect(selector, selector).not.toMatch(SELECTOR_TOO_NEW)
      for (const [what, pattern] of CSS_TOO_NEW) expect(pattern.test(body), `${what} in ${selector}`).toBe(false)
      // `gap` is for grids only; flex boxes learned it in 84.
      const gap = /(^|;)\s*(gap|row-gap|column-gap)\s*:/.test(body)
      expect(gap && !/display:\s*(inline-)?grid/.test(body), `gap without a grid in ${selector}`).toBe(false)
    }
  })

  it.each(scripts)('%s is known to WebView 80', (file) => {
    const js = read(file)
    const vue = js.includes('__v_isReactive')
    const found = Array.from(js.matchAll(JS_TOO_NEW), (match) => [match[0], js.slice(match.index - 40, match.index + 40)])
    expect(found.filter(([text]) => !(vue && VUE_PASSES_ON.includes(text!)))).toEqual([])
    // Syntax that the build has to have lowered.
    expect(js).not.toMatch(/[\w)\]](\?\?|\|\||&&)=[^=]/)
  })

  it('fetches nothing from elsewhere and needs no eval', () => {
    for (const file of [...styles, ...scripts, 'index.html']) {
      const text = read(file)
      const hosts = Array.from(text.matchAll(/(?:url\(|src=|import\(|<link[^>]*href=)["'(]?(https?:)?\/\/[^"')\s]+/g), (match) => match[0])
      expect(hosts, file).toEqual([])
      expect(text, file).not.toMatch(/new Function\(|\beval\(/)
    }
  })

  it('has the content policy, and no inline script or style', () => {
    const html = read('index.html')
    expect(html).toMatch(/Content-Security-Policy" content="default-src 'self'; script-src 'self'; style-src 'self'/)
    expect(html).not.toMatch(/unsafe-|<style|style=|<script>/)
    for (const script of html.match(/<script[^>]*>/g) ?? []) expect(script).toContain('src=')
  })

  it('starts with a script an engine of 2012 understands', () => {
    const boot = read('boot.js').replace(/\/\*[\s\S]*?\*\//g, '')
    expect(boot).not.toMatch(/=>|`|\b(let|const|class|async|await)\b/)
  })
})
