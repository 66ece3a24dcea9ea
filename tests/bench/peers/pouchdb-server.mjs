// A CouchDB-like server in Node: express-pouchdb over LevelDB on disk.

import express from 'express'
import expressPouchdb from 'express-pouchdb'
import PouchDB from 'pouchdb'
import { answer, documents, options } from './lines.mjs'

const { docs, data } = options()
const Stored = PouchDB.defaults({ prefix: `${data}/` })
// Before the database: it serves only those that were made in its sight.
const couch = expressPouchdb(Stored, { mode: 'minimumForPouchDB', inMemoryConfig: true })
const db = new Stored('county')
const all = documents(docs).map(({ id, ...fields }) => ({ _id: id, ...fields }))
for (let at = 0; at < all.length; at += 1000) await db.bulkDocs(all.slice(at, at + 1000))

const listening = express()
  .use(couch)
  .listen(0, '127.0.0.1', () => answer(listening.address().port, {}))
