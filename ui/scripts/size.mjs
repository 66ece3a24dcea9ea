// Measures what the phone loads before the first screen, and refuses more than the bar.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

const LIMIT = 200 * 1024
const dist = resolve(import.meta.dirname, '../dist/field')
const manifest = JSON.parse(readFileSync(resolve(dist, 'manifest.json'), 'utf8'))
const size = (file) => gzipSync(readFileSync(resolve(dist, file)), { level: 9 }).length

/** A chunk and all it imports at once, without what it fetches later. */
function gather(key, into) {
  const chunk = manifest[key]
  if (!chunk || into.has(chunk.file)) return into
  into.add(chunk.file)
  for (const css of chunk.css ?? []) into.add(css)
  for (const next of chunk.imports ?? []) gather(next, into)
  return into
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
const today = Object.keys(manifest).find((key) => key.endsWith('today/TodayScreen.vue'))
const http = Object.keys(manifest).find((key) => key.endsWith('backend/http.ts'))
const first = new Set()
for (const key of [entry, today, http]) if (key) gather(key, first)

let js = 0
let css = 0
for (const file of first) {
  if (file.endsWith('.css')) css += size(file)
  else js += size(file)
}
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`
console.log(`first screen: ${kb(js)} of script, ${kb(css)} of style (gzip), ${first.size} files; the bar is ${kb(LIMIT)} of script`)
if (js > LIMIT) {
  console.error('too much script before the first screen')
  process.exit(1)
}
