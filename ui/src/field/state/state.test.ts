// Reading again when a topic changed, and drafts that survive leaving the screen.
import { effectScope, nextTick, ref } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CommandError, call, touch, useBackend } from '@/backend'
import type { Backend } from '@/backend'
import { useDraft } from './draft'
import { forgetQueries, useQuery } from './query'

type Answer = (name: string, request: unknown) => unknown
const calls: [string, unknown][] = []

function fake(answer: Answer): void {
  calls.length = 0
  useBackend({
    call: (name: string, request: unknown) => {
      calls.push([name, request])
      return Promise.resolve().then(() => answer(name, request))
    },
    onEvent: () => () => undefined,
    resumed: () => Promise.resolve(),
    photoUrl: () => '',
    pickPhoto: () => Promise.resolve(null),
    dial: () => undefined,
  } as unknown as Backend)
}

const settle = async () => {
  for (let i = 0; i < 6; i++) await nextTick()
}

afterEach(() => {
  forgetQueries()
  vi.useRealTimers()
})

describe('useQuery', () => {
  it('reads at once, keeps the data while reading again, and only for its topics', async () => {
    let n = 0
    fake(() => [++n])
    const scope = effectScope()
    const query = scope.run(() => useQuery('tasks', {}, ['tasks']))!
    expect(query.loading.value).toBe(true)
    await settle()
    expect(query.data.value).toEqual([1])
    touch(['care'])
    await settle()
    expect(n).toBe(1)
    touch(['tasks', 'care'])
    expect(query.data.value).toEqual([1])
    expect(query.loading.value).toBe(false)
    await settle()
    expect(query.data.value).toEqual([2])
    scope.stop()
    touch(['tasks'])
    await settle()
    expect(n).toBe(2)
  })

  it('is told by a writing command what changed', async () => {
    let n = 0
    fake((name) => (name === 'tasks' ? [++n] : { docs: [], topics: ['tasks'], created: null }))
    const scope = effectScope()
    scope.run(() => useQuery('tasks', {}, ['tasks']))
    await settle()
    await call('finish_task', { task: 't', result: 'done', note: '' })
    await settle()
    expect(n).toBe(2)
    scope.stop()
  })

  it('keeps the last data when a later reading fails', async () => {
    let fail = false
    fake(() => {
      if (fail) throw new CommandError('internal')
      return ['good']
    })
    const scope = effectScope()
    const query = scope.run(() => useQuery('tasks', {}, ['tasks']))!
    await settle()
    fail = true
    await query.reload()
    expect(query.data.value).toEqual(['good'])
    expect(query.error.value!.code).toBe('internal')
    scope.stop()
  })

  it('drops an answer that was overtaken by a newer question', async () => {
    const waiting: ((value: unknown) => void)[] = []
    fake(() => new Promise((done) => waiting.push(done)))
    const id = ref('a')
    const scope = effectScope()
    const query = scope.run(() => useQuery('case', () => ({ id: id.value }), []))!
    await settle()
    id.value = 'b'
    await settle()
    waiting[1]!('answer b')
    await settle()
    waiting[0]!('answer a')
    await settle()
    expect(query.data.value).toBe('answer b')
    scope.stop()
  })
})

describe('useDraft', () => {
  it('comes back as it was left', async () => {
    fake((name) => (name === 'load_draft' ? { key: 'k', data: { words: '写到一半' } } : {}))
    const form = ref({ words: '', more: 1 })
    const scope = effectScope()
    const draft = scope.run(() => useDraft('k', form))!
    await settle()
    expect(form.value).toEqual({ words: '写到一半', more: 1 })
    expect(draft.restored.value).toBe(true)
    scope.stop()
  })

  it('writes after a pause, and at once when the screen is left', async () => {
    vi.useFakeTimers()
    fake((name) => (name === 'load_draft' ? { key: 'k', data: null } : {}))
    const form = ref({ words: '' })
    const scope = effectScope()
    scope.run(() => useDraft('k', form))
    await settle()
    form.value.words = '停'
    await settle()
    expect(calls.some(([name]) => name === 'save_draft')).toBe(false)
    vi.advanceTimersByTime(300)
    expect(calls[calls.length - 1]).toEqual(['save_draft', { key: 'k', data: { words: '停' } }])
    form.value.words = '停电'
    await settle()
    scope.stop()
    expect(calls[calls.length - 1]).toEqual(['save_draft', { key: 'k', data: { words: '停电' } }])
  })

  it('does not bring back a form that was saved', async () => {
    vi.useFakeTimers()
    fake((name) => (name === 'load_draft' ? { key: 'k', data: null } : {}))
    const form = ref({ words: '' })
    const scope = effectScope()
    const draft = scope.run(() => useDraft('k', form))!
    await settle()
    form.value.words = '停电'
    await settle()
    await draft.drop()
    vi.advanceTimersByTime(1000)
    scope.stop()
    expect(calls[calls.length - 1]).toEqual(['save_draft', { key: 'k', data: null }])
  })
})
