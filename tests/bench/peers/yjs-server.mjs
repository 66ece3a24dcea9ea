// Hocuspocus, the server for Yjs. Documents stay in memory, which favours it.

import { Server } from '@hocuspocus/server'
import * as Y from 'yjs'
import { answer, documents, options } from './lines.mjs'

function map(fields) {
  const made = new Y.Map()
  for (const [key, value] of Object.entries(fields)) {
    made.set(key, value !== null && typeof value === 'object' ? map(value) : value)
  }
  return made
}

const saved = new Map()
for (const { id, ...fields } of documents(options().docs)) {
  const doc = new Y.Doc()
  doc.getMap('all').set('doc', map(fields))
  saved.set(id, Y.encodeStateAsUpdate(doc))
}
const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  stopOnSignals: false,
  debounce: 0,
  // Its guard against floods would end the connection of a phone with many documents.
  maxPendingDocuments: 1_000_000,
  async onLoadDocument({ documentName, document }) {
    Y.applyUpdate(document, saved.get(documentName))
  },
  async onStoreDocument({ documentName, document }) {
    saved.set(documentName, Y.encodeStateAsUpdate(document))
  },
})
await server.listen()
answer(server.address.port, {})
