import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { OutboxItem } from '@/bindings/field'
import { useToast } from '../state/toast'
import { part, refuse, requests, show, status, tap } from '../testing/fakePhone'
import OutboxScreen from './OutboxScreen.vue'

const item = (more: Partial<OutboxItem>): OutboxItem => ({
  intent: 'i1', action: 'visit_log', doc: 'd', kind: 'visit', about: '5栋2单元501', field: '', drill: false, at: 1, receipt: 'here',
  problem: null, media: [], typed: [], ...more,
})
const back = item({ intent: 'a1', action: 'case_step', kind: 'case', about: '0501', receipt: 'attention', problem: { code: 'overtaken', params: {} } })
const outbox = (attention: OutboxItem[], items: OutboxItem[]) => ({ sync: status().sync, attention, items })
const answers = { outbox: outbox([back], [item({})]), case: () => refuse('not_found'), discard: { docs: [], topics: [], created: null } }

afterEach(() => void vi.useRealTimers())

describe('receipts', () => {
  it('puts what needs a person first, in words', async () => {
    const wrapper = await show(OutboxScreen, answers, { path: '/outbox' })
    const all = wrapper.text()
    expect(all.indexOf('要看看')).toBeLessThan(all.indexOf('走访:5栋2单元501'))
    expect(part('attention').textContent).toContain('写的还在')
    expect(all).not.toContain('overtaken')
  })
  it('shows what was typed and photographed, when its record went with it', async () => {
    const photo = { id: 'm', width: 1, height: 1, bytes: 10, sent_bytes: 0, receipt: 'here' as const, here: true, source: 'camera', taken_at: 1 }
    const report = item({
      action: 'case_report', kind: 'case', about: '0302', receipt: 'attention', problem: { code: 'scope', params: {} },
      typed: [{ field: 'words', text: '三号楼没电' }], media: [photo],
    })
    await show(OutboxScreen, { outbox: outbox([report], []) }, { path: '/outbox' })
    expect(part('typed').textContent).toBe('三号楼没电')
    expect(part('attention').querySelectorAll('img')).toHaveLength(1)
    // Its page is gone with it: nothing to open.
    expect(part('attention').querySelector('a')).toBeNull()
  })
  it('says without a network that things leave by themselves', async () => {
    const sync = { ...status().sync, phase: 'offline' as const, records: 2 }
    await show(OutboxScreen, { outbox: { ...outbox([], [item({})]), sync } }, { path: '/outbox', status: status({ sync }) })
    expect(part('offline').textContent).toContain('一有网络就自己送')
    await show(OutboxScreen, answers, { path: '/outbox' })
    expect(document.querySelector('[data-test="offline"]')).toBeNull()
  })
  it('lets go only after the moment to take it back', async () => {
    await show(OutboxScreen, answers, { path: '/outbox' })
    vi.useFakeTimers()
    await tap('discard')
    expect(document.querySelector('[data-test="attention"]')).toBeNull()
    useToast().value?.onUndo?.()
    await flushPromises()
    expect(part('attention')).toBeTruthy()
    await tap('discard')
    vi.advanceTimersByTime(10_000)
    await flushPromises()
    expect(requests('discard')).toEqual([{ intent: 'a1' }])
  })
  it('calls a record done only when its photos have arrived too', async () => {
    const photo = { id: 'm', width: 1, height: 1, bytes: 10, sent_bytes: 5, receipt: 'sent' as const, here: true, source: 'camera', taken_at: 1 }
    const wrapper = await show(OutboxScreen, { outbox: outbox([], [item({ receipt: 'accepted', media: [photo] })]) }, { path: '/outbox' })
    expect(wrapper.text()).toContain('还没到中心的')
    expect(wrapper.text()).not.toContain('中心已收的')
    expect(wrapper.text()).toContain('已传 50%')
  })
})
