// automerge-repo's WebSocket server. It announces nothing: phones ask for what they know of.
// Documents stay in memory, which favours it: the other servers keep theirs on disk.

import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { ImmutableString, Repo } from '@automerge/automerge-repo'
import { WebSocketServerAdapter } from '@automerge/automerge-repo-network-websocket'
import { WebSocketServer } from 'ws'
import { answer, documents, options } from './lines.mjs'

const { docs, data } = options()
const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
await once(sockets, 'listening')
const repo = new Repo({
  network: [new WebSocketServerAdapter(sockets)],
  peerId: 'server',
  sharePolicy: async () => false,
})

/** Texts as plain values, as Linli has them: collaborative text would cost more. */
function plain(value) {
  if (typeof value === 'string') return new ImmutableString(value)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}

const urls = {}
for (const { id, ...fields } of documents(docs)) urls[id] = repo.create(plain(fields)).url
// Phones are told out of band what there is, which favours it.
writeFileSync(`${data}/urls.json`, JSON.stringify(urls))
answer(sockets.address().port, {})
