// The page's token, errors in words, and reading anew after a gap in the events.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Event } from '@/bindings/field'
import { httpBackend } from './http'

class FakeSource {
  static last: FakeSource
  onopen: (() => void) | null = null
  onmessage: ((message: { data: string }) => void) | null = null
  url: string
  constructor(url: string) {
    this.url = url
    FakeSource.last = this
  }
  close() {}
}

beforeEach(() => {
  sessionStorage.clear()
  window.history.replaceState(null, '', '/?token=abc&x=1#/today')
  vi.stubGlobal('EventSource', FakeSource)
})
afterEach(() => vi.unstubAllGlobals())

describe('the web host', () => {
  it('takes the token out of the address and shows it with each call', async () => {
    const fetch = vi.fn(() => Promise.resolve({ ok: true, json: () => Promise.resolve({ docs: [] }) }))
    vi.stubGlobal('fetch', fetch)
    const backend = httpBackend()
    expect(location.search).toBe('?x=1')
    expect(location.hash).toBe('#/today')
    await backend.call('today', {})
    expect(fetch).toHaveBeenCalledWith('cmd/today', expect.objectContaining({ body: '{}', headers: expect.objectContaining({ 'X-Linli-Token': 'abc' }) }))
    expect(backend.photoUrl('p1')).toBe('photo/p1?w=320&token=abc')
    // Opened again in the same tab, without the token in the address.
    expect(httpBackend().photoUrl('p1', 1600)).toBe('photo/p1?w=1600&token=abc')
  })

  it('turns failures into codes', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve({ ok: false, json: () => Promise.resolve({ code: 'pin_wrong', params: { wait_s: 30 } }) }))
    await expect(httpBackend().call('unlock', { pin: '1' })).rejects.toMatchObject({ code: 'pin_wrong', params: { wait_s: 30 } })
    vi.stubGlobal('fetch', () => Promise.resolve({ ok: false, json: () => Promise.reject(new Error('no json')) }))
    await expect(httpBackend().call('status', {})).rejects.toMatchObject({ code: 'internal' })
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('down')))
    await expect(httpBackend().call('status', {})).rejects.toMatchObject({ code: 'app_unreachable' })
  })

  it('says that the page is in front again', async () => {
    const fetch = vi.fn(() => Promise.resolve({ ok: true, json: () => Promise.reject(new Error('204 has no body')) }))
    vi.stubGlobal('fetch', fetch)
    await httpBackend().resumed()
    expect(fetch).toHaveBeenCalledWith('resumed', expect.objectContaining({ method: 'POST', headers: expect.objectContaining({ 'X-Linli-Token': 'abc' }) }))
  })

  it('hears events, and asks to read everything anew when the stream was cut', () => {
    const heard: Event[] = []
    httpBackend().onEvent((event) => heard.push(event))
    expect(FakeSource.last.url).toBe('events?token=abc')
    FakeSource.last.onopen!()
    expect(heard).toEqual([])
    FakeSource.last.onmessage!({ data: '{"type":"changed","topics":["care"]}' })
    expect(heard).toEqual([{ type: 'changed', topics: ['care'] }])
    FakeSource.last.onopen!()
    expect(heard[1]).toMatchObject({ type: 'changed' })
    expect((heard[1] as { topics: string[] }).topics).toContain('status')
  })
})
