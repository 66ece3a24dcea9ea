// A phone with PouchDB over LevelDB on disk. One connection pool that stays open, as in a browser.

import { Agent } from 'node:http'
import PouchDB from 'pouchdb'
import checkpointer from 'pouchdb-checkpointer'
import generateReplicationId from 'pouchdb-generate-replication-id'
import { answer, options, progress, sleep } from './lines.mjs'

const Checkpointer = checkpointer.default ?? checkpointer
const replicationId = generateReplicationId.default ?? generateReplicationId
const { port, data } = options()
const agent = new Agent({ keepAlive: true, maxSockets: 6 })
const local = new PouchDB(`${data}/county`)
const remote = new PouchDB(`http://127.0.0.1:${port}/county`, {
  skip_setup: true,
  fetch: (url, request) => PouchDB.fetch(url, { ...request, agent }),
})
// Larger than the default of 100: fewer requests, which favours PouchDB.
const batches = { batch_size: 1000, batches_limit: 10 }

/** Says that all that was pulled need not be announced in the first push. */
async function noteAsPushed() {
  const { update_seq } = await local.info()
  const id = await replicationId(local, remote, {})
  const note = new Checkpointer(local, remote, id, { cancelled: false }, {})
  await note.writeCheckpoint(update_seq, 'first')
}

/** Until it works: a cut link is tried again soon. */
async function again(replicate) {
  for (;;) {
    try {
      return await replicate()
    } catch {
      await sleep(100)
    }
  }
}

async function sync() {
  await again(() => local.replicate.to(remote, batches))
  await again(() => local.replicate.from(remote, batches))
}

const commands = {
  async first() {
    let here = 0
    const stop = progress(() => here)
    await again(() => local.replicate.from(remote, batches).on('change', (info) => (here = info.docs_written)))
    stop()
    return { docs: (await local.info()).doc_count }
  },
  settle: noteAsPushed,
  async edit({ ids, values }) {
    for (const [at, id] of ids.entries()) {
      await local.put({ ...(await local.get(id)), cycle_days: values[at] })
    }
  },
  sync,
  /** What an app can show of each document: the winner and, by their revisions, the others. */
  async shown({ ids }) {
    const all = []
    for (const id of ids) {
      const doc = await local.get(id, { conflicts: true })
      const others = (doc._conflicts ?? []).map((rev) => local.get(id, { rev }))
      all.push([doc, ...(await Promise.all(others))].map((version) => version.cycle_days))
    }
    return { shown: all, retrievable: all }
  },
}
answer(0, commands)
