// A phone with Yjs: a provider for each document over one WebSocket. It keeps nothing on disk
// (Yjs' own storage is for browsers), which favours it.

import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { readFileSync } from 'node:fs'
import * as Y from 'yjs'
import { answer, options, progress, sleep } from './lines.mjs'
import { counted, WebSocket } from './socket.mjs'

const { port, docs } = options()
const socket = new HocuspocusProviderWebsocket({
  url: `ws://127.0.0.1:${port}`,
  WebSocketPolyfill: WebSocket,
  delay: 200,
  minDelay: 200,
  factor: 1,
  jitter: false,
})
const providers = new Map()
const count = () => [...providers.values()].filter((provider) => provider.isSynced).length

async function inStep() {
  while ([...providers.values()].some((p) => !p.isSynced || p.hasUnsyncedChanges)) await sleep(20)
}

const commands = {
  async first() {
    const ids = readFileSync(docs, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line).id)
    const stop = progress(count)
    const talk = await counted(async () => {
      for (const name of ids) {
        const provider = new HocuspocusProvider({ websocketProvider: socket, name, document: new Y.Doc() })
        provider.attach()
        providers.set(name, provider)
      }
      await inStep()
    })
    stop()
    return { docs: count(), ...talk }
  },
  edit({ ids, values }) {
    for (const [at, id] of ids.entries()) {
      providers.get(id).document.getMap('all').get('doc').set('cycle_days', values[at])
    }
  },
  sync: () =>
    counted(async () => {
      while (socket.status !== 'connected') await sleep(20)
      await inStep()
    }),
  /** A map of Yjs has one value; what lost is gone. */
  shown({ ids }) {
    const all = ids.map((id) => [providers.get(id).document.getMap('all').get('doc').get('cycle_days')])
    return { shown: all, retrievable: all }
  },
}
answer(0, commands)
