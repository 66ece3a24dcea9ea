// Counts messages on WebSockets, and tells when a conversation is over: nobody speaks any more.

import WebSocket from 'ws'
import { sleep } from './lines.mjs'

/** Silence that ends a conversation. It is taken off the time again. */
const QUIET = 1000

export const messages = { up: 0, down: 0, last: performance.now() }

const { send, emit } = WebSocket.prototype
WebSocket.prototype.send = function (...args) {
  messages.up += 1
  messages.last = performance.now()
  return send.apply(this, args)
}
WebSocket.prototype.emit = function (event, ...args) {
  if (event === 'message') {
    messages.down += 1
    messages.last = performance.now()
  }
  return emit.call(this, event, ...args)
}

/** Waits for silence after `busy` is over; gives the silence in milliseconds, and the messages. */
export async function counted(busy) {
  messages.last = performance.now()
  const before = { ...messages }
  await busy()
  while (performance.now() - messages.last < QUIET) await sleep(20)
  return {
    silence: performance.now() - messages.last,
    messages_up: messages.up - before.up,
    messages_down: messages.down - before.down,
  }
}

export { WebSocket }
