// Pulling a list down: asks once, lets go, and leaves scrolling alone.
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import OutboxScreen from '../outbox/OutboxScreen.vue'
import { useSync } from '../state/status'
import { requests, show, status } from '../testing/fakePhone'

const sync = status().sync
let answer: (() => void)[] = []

async function open(): Promise<void> {
  answer = []
  await show(OutboxScreen, {
    outbox: { sync, attention: [], missing: [], items: [] },
    sync: (() => new Promise((done) => answer.push(() => done({ ...sync, records: 3 })))) as never,
  }, { path: '/outbox' })
}

/** Puts a finger down at `from` and draws it to `to`. */
async function draw(from: number, to: number, sideways = 0): Promise<void> {
  const track = document.querySelector('.van-pull-refresh__track')!
  const touch = (kind: string, x: number, y: number) => {
    const event = Object.assign(new Event(kind, { bubbles: true, cancelable: true }), { touches: [{ clientX: x, clientY: y }] })
    track.dispatchEvent(event)
    return event
  }
  touch('touchstart', 100, from)
  const steps = 4
  for (let step = 1; step <= steps; step += 1) touch('touchmove', 100 + (sideways * step) / steps, from + ((to - from) * step) / steps)
  touch('touchend', 100 + sideways, to)
  await flushPromises()
}

const head = () => document.querySelector('.van-pull-refresh__head')!

/** How far the page is scrolled. The pretend window has a `scrollTop`, which a real one has not; Vant looks there first. */
const scrolled = (top: number) => Object.defineProperty(window, 'scrollTop', { value: top, configurable: true })

beforeEach(() => {
  vi.useFakeTimers()
  scrolled(0)
})
afterEach(() => void vi.useRealTimers())

describe('pulling down', () => {
  it('asks for a sync once, and lets go when the phone answers', async () => {
    await open()
    await draw(100, 400)
    expect(requests('sync')).toHaveLength(1)
    expect(head().querySelector('.asking')).not.toBeNull()
    // Nothing lies over the screen meanwhile, and a second pull asks nothing more.
    await draw(100, 400)
    expect(requests('sync')).toHaveLength(1)
    answer[0]!()
    await flushPromises()
    expect(head().querySelector('.asking')).toBeNull()
    expect(useSync().value!.records).toBe(3)
    vi.advanceTimersByTime(700)
    await flushPromises()
    expect(head().textContent).toBe('')
  })

  it('takes a short pull, a sideways one and a scroll for what they are', async () => {
    await open()
    await draw(100, 130)
    await draw(100, 160, 300)
    await draw(400, 100)
    scrolled(300)
    await draw(100, 400)
    expect(requests('sync')).toEqual([])
  })
})
