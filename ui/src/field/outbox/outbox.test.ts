import { describe, expect, it } from 'vitest'
import type { MissingPhoto, OutboxItem } from '@/bindings/field'
import { useToast } from '../state/toast'
import { part, refuse, requests, show, status, tap, type } from '../testing/fakePhone'
import OutboxScreen from './OutboxScreen.vue'

const item = (more: Partial<OutboxItem>): OutboxItem => ({
  intent: 'i1', action: 'visit_log', doc: 'd', kind: 'visit', about: '5栋2单元501', field: '', drill: false, at: 1, receipt: 'here',
  problem: null, media: [], typed: [], ...more,
})
const back = item({ intent: 'a1', action: 'case_step', kind: 'case', about: '0501', receipt: 'attention', problem: { code: 'overtaken', params: {} } })
const outbox = (attention: OutboxItem[], items: OutboxItem[], missing: MissingPhoto[] = []) => ({ sync: status().sync, attention, missing, items })
const done = { docs: [], topics: [], created: null }
const answers = { outbox: outbox([back], [item({})]), case: () => refuse('not_found'), discard: done, mend: done }
const number = item({
  intent: 'n1', action: 'phone_add', kind: 'care', about: '张守田', receipt: 'attention', problem: { code: 'scope', params: {} },
  typed: [{ path: 'phones/e/number', field: 'number', text: '12900000001' }, { path: 'phones/e/note', field: 'note', text: '女儿' }],
})

describe('receipts', () => {
  it('puts what needs a person first, in words', async () => {
    const wrapper = await show(OutboxScreen, answers, { path: '/outbox' })
    const all = wrapper.text()
    expect(all.indexOf('要看看')).toBeLessThan(all.indexOf('走访:5栋2单元501'))
    expect(part('attention').textContent).toContain('写的还在')
    expect(all).not.toContain('overtaken')
  })
  it('shows what was typed and photographed, when its record went with it', async () => {
    const photo = { id: 'm', width: 1, height: 1, bytes: 10, sent_bytes: 0, receipt: 'here' as const, here: true, awaited: false, named_at: null, thinned: false, processing: false, masked: false, unreadable: null, source: 'camera', taken_at: 1, position: null }
    const report = item({
      action: 'case_report', kind: 'case', about: '0302', receipt: 'attention', problem: { code: 'scope', params: {} },
      typed: [{ path: 'words', field: 'words', text: '三号楼没电' }], media: [photo],
    })
    await show(OutboxScreen, { outbox: outbox([report], []) }, { path: '/outbox' })
    expect(part('typed').textContent).toBe('三号楼没电')
    expect(part('attention').querySelectorAll('img')).toHaveLength(1)
    // Its page is gone with it: nothing to open.
    expect(part('attention').querySelector('a')).toBeNull()
  })
  it('lists photos that should have arrived, says why, and tries again', async () => {
    const photo = { id: 'm', width: 1, height: 1, bytes: 10, sent_bytes: 0, receipt: 'attention' as const, here: true, awaited: false, named_at: null, thinned: false, processing: false, masked: false, unreadable: null, source: 'camera', taken_at: 1, position: null }
    const missing = [
      { photo, doc: 'c1', kind: 'case', about: '0302', stuck: true, damaged: false },
      { photo: { ...photo, id: 'n', receipt: 'here' as const }, doc: 'v1', kind: 'visit', about: '5栋2单元501', stuck: false, damaged: false },
      { photo: { ...photo, id: 'o' }, doc: 'c2', kind: 'case', about: '0302', stuck: true, damaged: true },
    ]
    await show(OutboxScreen, { outbox: outbox([], [], missing), retry_media: done, sync: status().sync }, { path: '/outbox' })
    const [refused, late, damaged] = Array.from(part('missing').querySelectorAll<HTMLElement>('[data-test="missing-photo"]'))
    expect(refused!.textContent).toContain('中心没有收下')
    expect(refused!.querySelector('a')!.getAttribute('href')).toBe('/case/c1')
    expect(late!.textContent).toContain('过了一天还没到中心')
    expect(late!.querySelector('a')).toBeNull()
    // What can't be read isn't called safe, and there is nothing to try.
    expect(damaged!.textContent).toContain('读不出这张照片')
    expect(damaged!.querySelector('button')).toBeNull()
    // Not "all arrived".
    expect(document.body.textContent).not.toContain('都送到了')
    late!.querySelector('button')!.click()
    expect(requests('retry_media')).toEqual([])
    refused!.querySelector('button')!.click()
    expect(requests('retry_media')).toEqual([{ id: 'm' }])
  })
  it('says without a network that things leave by themselves', async () => {
    const sync = { ...status().sync, phase: 'offline' as const, records: 2 }
    await show(OutboxScreen, { outbox: { ...outbox([], [item({})]), sync } }, { path: '/outbox', status: status({ sync }) })
    expect(part('offline').textContent).toContain('一有网络就自己送')
    await show(OutboxScreen, answers, { path: '/outbox' })
    expect(document.querySelector('[data-test="offline"]')).toBeNull()
  })
  it('says quietly that a restored center is getting back what it lost, while it lasts', async () => {
    const sync = { ...status().sync, restoring: true }
    await show(OutboxScreen, answers, { path: '/outbox', status: status({ sync }) })
    expect(part('restoring').textContent).toContain('中心已从备份恢复,正在补回数据')
    await show(OutboxScreen, answers, { path: '/outbox' })
    expect(document.querySelector('[data-test="restoring"]')).toBeNull()
  })
  it('leads a phone that the center has forgotten to enrol again', async () => {
    const sync = { ...status().sync, phase: 'failed' as const, error: { code: 'enrol_again', params: {} } }
    await show(OutboxScreen, answers, { path: '/outbox', status: status({ sync }) })
    expect(document.body.textContent).toContain('写的都在手机里,登记好就送')
    expect(part('enrol-again').getAttribute('href')).toBe('/enrol')
  })
  it('asks once before it drops something', async () => {
    await show(OutboxScreen, answers, { path: '/outbox' })
    await tap('discard')
    expect(requests('discard')).toEqual([])
    expect(document.body.textContent).toContain('这一条不要了吗')
    await tap('discard-sure')
    expect(requests('discard')).toEqual([{ intent: 'a1' }])
  })
  it('sends again as it stands what may go through another time', async () => {
    await show(OutboxScreen, { ...answers, outbox: outbox([number], []) }, { path: '/outbox' })
    await tap('again')
    expect(requests('mend')).toEqual([{ intent: 'n1', words: [] }])
  })
  it('shows no button that does nothing', async () => {
    await show(OutboxScreen, answers, { path: '/outbox' })
    expect(document.querySelector('[data-test="again"]')).toBeNull()
    expect(document.querySelector('[data-test="mend"]')).toBeNull()
    const final = { ...number, problem: { code: 'refused', params: { fields: '这个号码停机了' } } }
    await show(OutboxScreen, { ...answers, outbox: outbox([final], []) }, { path: '/outbox' })
    expect(part('attention').textContent).toContain('网格长看过,还是没收:这个号码停机了')
    expect(document.querySelector('[data-test="again"]')).toBeNull()
    expect(part('mend')).toBeTruthy()
  })
  it('sends only what was typed anew, with the path of its field', async () => {
    await show(OutboxScreen, { ...answers, outbox: outbox([number], []) }, { path: '/outbox' })
    await tap('mend')
    expect(document.body.textContent).toContain('电话号码')
    expect((part('mend-1') as HTMLInputElement).value).toBe('女儿')
    await type('mend-0', ' 12900000002 ')
    await tap('mend-go')
    expect(requests('mend')).toEqual([{ intent: 'n1', words: [{ path: 'phones/e/number', text: '12900000002' }] }])
    expect(useToast().value?.words).toContain('再发了')
  })
  it('keeps the sheet and its words when they can’t be taken', async () => {
    const mend = () => refuse('bad_input', { field: 'number' })
    await show(OutboxScreen, { ...answers, outbox: outbox([number], []), mend }, { path: '/outbox' })
    await tap('mend')
    await type('mend-0', '12')
    await tap('mend-go')
    expect(part('mend-wrong').textContent).toContain('号码没写对')
    expect((part('mend-0') as HTMLInputElement).value).toBe('12')
  })
  it('calls a record done only when its photos have arrived too', async () => {
    const photo = { id: 'm', width: 1, height: 1, bytes: 10, sent_bytes: 5, receipt: 'sent' as const, here: true, awaited: false, named_at: null, thinned: false, processing: false, masked: false, unreadable: null, source: 'camera', taken_at: 1, position: null }
    const wrapper = await show(OutboxScreen, { outbox: outbox([], [item({ receipt: 'accepted', media: [photo] })]) }, { path: '/outbox' })
    expect(wrapper.text()).toContain('还没到中心的')
    expect(wrapper.text()).not.toContain('中心已收的')
    expect(wrapper.text()).toContain('已传 50%')
  })
})
