// How the bench speaks with a peer's process: one JSON object a line, each answered by one.

import { createInterface } from 'node:readline'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

/** What the bench tells every peer: the file of documents, the folder to keep things in, and a
 * client also the port to speak to and the server's folder. */
export function options() {
  const text = { type: 'string' }
  return parseArgs({ options: { docs: text, data: text, port: text, server: text } }).values
}

/** The documents of a file with one JSON object a line. */
export function documents(file) {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

export function say(what) {
  process.stdout.write(`${JSON.stringify(what)}\n`)
}

/** Tells the bench that the process can be used, and answers until standard input closes. */
export async function answer(ready, own) {
  // Most have nothing to settle after a first sync.
  const commands = { settle() {}, ...own }
  say({ ready })
  for await (const line of createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line)
    try {
      say({ done: (await commands[asked.do](asked)) ?? {} })
    } catch (error) {
      say({ error: String(error?.stack ?? error) })
    }
  }
  process.exit(0)
}

/** Tells now and then how many documents are here, for a step that is cut short. */
export function progress(count) {
  const timer = setInterval(() => say({ docs: count() }), 1000)
  return () => clearInterval(timer)
}

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
