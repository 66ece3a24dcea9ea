// A phone with automerge-repo, which keeps its documents in files.

import { readFileSync } from 'node:fs'
import { getConflicts, Repo } from '@automerge/automerge-repo'
import { WebSocketClientAdapter } from '@automerge/automerge-repo-network-websocket'
import { NodeFSStorageAdapter } from '@automerge/automerge-repo-storage-nodefs'
import { answer, options, progress, sleep } from './lines.mjs'
import { counted } from './socket.mjs'

const { port, data, server } = options()
// In Node its adapter throws when a link is cut; in a browser it would try again.
process.on('uncaughtException', (error) => {
  if (error.code !== 'ECONNRESET') throw error
})
const repo = new Repo({
  storage: new NodeFSStorageAdapter(`${data}/store`),
  sharePolicy: async () => true,
})
const handles = new Map()
const connect = () => new WebSocketClientAdapter(`ws://127.0.0.1:${port}`, 200)
let adapter

/** Asks for many at a time; more than this makes it say that documents are unavailable. */
const AT_ONCE = 200

async function find(id, url) {
  for (;;) {
    try {
      handles.set(id, await repo.find(url, { signal: AbortSignal.timeout(20_000) }))
      return
    } catch {
      await sleep(100)
    }
  }
}

const commands = {
  async first() {
    const urls = Object.entries(JSON.parse(readFileSync(`${server}/urls.json`, 'utf8')))
    const stop = progress(() => handles.size)
    adapter = connect()
    repo.networkSubsystem.addNetworkAdapter(adapter)
    await adapter.whenReady()
    const talk = await counted(async () => {
      for (let at = 0; at < urls.length; at += AT_ONCE) {
        await Promise.all(urls.slice(at, at + AT_ONCE).map(([id, url]) => find(id, url)))
      }
      await repo.flush()
    })
    stop()
    return { docs: handles.size, ...talk }
  },
  async edit({ ids, values }) {
    for (const [at, id] of ids.entries()) {
      handles.get(id).change((doc) => {
        doc.cycle_days = values[at]
      })
    }
    await repo.flush()
  },
  /** The link is back: its own timer connects again, every 200 ms. */
  sync: () => counted(() => adapter.whenReady()),
  shown({ ids }) {
    const all = ids.map((id) => {
      const doc = handles.get(id).doc()
      return Object.values(getConflicts(doc, 'cycle_days') ?? { winner: doc.cycle_days }).map(Number)
    })
    return { shown: all, retrievable: all }
  },
}
answer(0, commands)
