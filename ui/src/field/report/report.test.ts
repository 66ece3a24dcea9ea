import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import type { Commands, MediaItem } from '@/bindings/field'
import { part, refuse, requests, show, status, tap, type } from '../testing/fakePhone'
import ReportScreen from './ReportScreen.vue'

const photo: MediaItem = {
  id: 'm1', width: 1600, height: 1200, bytes: 9, sent_bytes: 0, receipt: 'here', here: true, awaited: false, named_at: null, thinned: false,
  processing: true, masked: false, unreadable: null, source: 'camera', taken_at: 1, position: null,
}
const changed = { docs: ['c1'], topics: [], created: 'c1' }
const base = {
  map: { shapes: [], spots: [] },
  emergency: { phones: [{ key: 'gas', number: '12900010077' }], muster: null, can_start: false },
  take_media: { id: 'm1' },
  import_media: photo,
  report_problem: changed,
}

async function save(): Promise<void> {
  part('primary').closest('form')?.requestSubmit()
  await flushPromises()
}

describe('reporting a problem', () => {
  it('sends photo, kind and words, and shows the receipt', async () => {
    const wrapper = await show(ReportScreen, base)
    await tap('photo-camera')
    await tap('chip-0302')
    await type('words', ' 第二盏灯 ')
    await save()
    expect(requests('take_media')).toEqual([{ source: 'camera', position: null }])
    expect(requests('import_media')).toEqual([{ id: 'm1', source: 'camera' }])
    expect(requests('report_problem')).toEqual([
      { category: '0302', words: '第二盏灯', place: '', position: null, media: ['m1'], household: '', draft: 'report' },
    ])
    await vi.waitFor(() => expect(wrapper.vm.$router.currentRoute.value.fullPath).toContain('/report/done/c1'))
  })

  it('asks for the kind before anything is sent', async () => {
    await show(ReportScreen, base)
    await type('words', '有事')
    await save()
    expect(requests('report_problem')).toEqual([])
    expect(part('category-picker')).toBeTruthy()
  })

  it('puts the telephone of a critical kind before the form', async () => {
    await show(ReportScreen, base, { path: '/report?category=0306' })
    const call = part('call-first')
    expect(call.querySelector('a')?.getAttribute('href')).toBe('tel:12900010077')
    expect(call.compareDocumentPosition(part('photo-camera')) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy()
  })

  it('comes back as it was left, and what was typed outlives a failed save', async () => {
    const draft = { key: 'report', data: { category: '0302', words: '还没写完', photos: [{ id: 'm1', source: 'album' }] } }
    await show(ReportScreen, {
      ...base,
      load_draft: (asked: Commands['load_draft'][0]) => (asked.key === 'report' ? draft : { key: asked.key, data: null }),
      report_problem: () => refuse('disk_full'),
    })
    expect((part('words') as HTMLTextAreaElement).value).toBe('还没写完')
    expect(document.body.textContent).toContain('转来的照片')
    await save()
    expect((part('words') as HTMLTextAreaElement).value).toBe('还没写完')
    expect(requests('save_draft')).not.toContainEqual({ key: 'report', data: null })
  })

  it('works while the lock is closed, without map and roster', async () => {
    await show(ReportScreen, { ...base, map: () => refuse('locked') }, { status: status({ boot: 'locked', me: null }) })
    await tap('chip-0302')
    await type('words', '灯坏了')
    await save()
    expect(requests('report_problem')).toHaveLength(1)
  })

  it('says whose face must not be on a photo', async () => {
    await show(ReportScreen, base, { path: '/report?household=h1&place=b5' })
    expect(part('faces').textContent).toContain('孩子的脸')
    await show(ReportScreen, base, { path: '/report?category=0302' })
    expect(document.querySelector('[data-test="faces"]')).toBeNull()
  })
})
