import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { touch } from '@/backend'
import type { Commands, MediaItem, PlaceMedia } from '@/bindings/field'
import { part, refuse, requests, show, status, tap, type } from '../testing/fakePhone'
import { clearSky, sky } from '../testing/sky'
import ReportScreen from './ReportScreen.vue'

function item(more: Partial<MediaItem> = {}): MediaItem {
  return {
    id: 'm1', width: 1600, height: 1200, bytes: 0, sent_bytes: 0, receipt: 'here', here: true, awaited: false, named_at: null, thinned: false,
    processing: true, masked: false, unreadable: null, source: 'camera', taken_at: 1, position: null, ...more,
  }
}

/** A phone that keeps photos as the real one does: taken, taken in, placed, settled. */
function phone(kept: Record<string, MediaItem> = {}) {
  let next = 0
  return {
    map: { shapes: [], spots: [] },
    emergency: { phones: [], muster: null, can_start: false },
    take_media: () => ({ id: `m${++next}` }),
    import_media: (asked: Commands['import_media'][0]) => (kept[asked.id] = item({ id: asked.id, source: asked.source })),
    place_media: (asked: PlaceMedia) =>
      (kept[asked.id] = { ...kept[asked.id]!, position: asked.position, ...(asked.settled ? { processing: false, bytes: 9 } : {}) }),
    loose_media: () => Object.values(kept),
    drop_media: (asked: Commands['drop_media'][0]) => {
      delete kept[asked.id]
      return { docs: [], topics: [], created: null }
    },
  }
}

const placed = () => requests('place_media') as PlaceMedia[]
const strip = () => Array.from(document.querySelectorAll<HTMLImageElement>('.tile-photo img')).map((one) => one.getAttribute('src'))
/** As long as two taps need to be two. */
const breathe = () => vi.setSystemTime(Date.now() + 1_000)

afterEach(() => {
  vi.useRealTimers()
  clearSky()
})

describe('photos of a report', () => {
  it('stand on the strip at once and are placed while positions get better', async () => {
    const above = sky()
    await show(ReportScreen, phone())
    await tap('photo-camera')
    expect(strip()).toEqual(['photo/m1'])
    expect(part('processing').textContent).toContain('定位中…')
    above.fix(40)
    await flushPromises()
    above.fix(9)
    await flushPromises()
    expect(placed().map((one) => [one.position!.accuracy_m, one.settled])).toEqual([[40, false], [9, true]])
    expect(document.querySelector('[data-test="processing"]')).toBeNull()
    // The stamp is in it now: another address, or the old picture would be shown.
    expect(strip()).toEqual(['photo/m1&v=1'])
    // The report is where its first photo was taken.
    expect(part('position').textContent).toContain('±9米')
  })

  it('never keep the shutter waiting', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const kept = {}
    let slow: (value: MediaItem) => void = () => undefined
    const first = new Promise<MediaItem>((done) => (slow = done))
    const base = phone(kept)
    await show(ReportScreen, {
      ...base,
      import_media: (asked) => (asked.id === 'm1' ? (first as unknown as MediaItem) : base.import_media(asked)),
    })
    await tap('photo-camera')
    expect(document.body.textContent).toContain('正在存照片…')
    // The same tap twice is one; the next one is another photo.
    await tap('photo-camera')
    expect(requests('take_media')).toHaveLength(1)
    breathe()
    await tap('photo-camera')
    expect(strip()).toEqual(['photo/m2&v=1'])
    slow(item({ id: 'm1' }))
    await flushPromises()
    expect(strip()).toHaveLength(2)
  })

  it('are finished without a position when there is none', async () => {
    const above = sky()
    await show(ReportScreen, phone())
    await tap('photo-camera')
    above.refuse('denied')
    await flushPromises()
    expect(placed()).toEqual([{ id: 'm1', position: null, direction: null, settled: true }])
    expect(document.body.textContent).toContain('没有定位权限')
  })

  it('keep where the camera looked, and say that a position was made up', async () => {
    const above = sky()
    await show(ReportScreen, phone())
    await tap('photo-camera')
    above.fix(40, { direction: 90 })
    await flushPromises()
    expect(document.querySelector('[data-test="position-mocked"]')).toBeNull()
    above.fix(9, { direction: 271.5, mocked: true })
    await flushPromises()
    expect(placed().map((one) => [one.direction, one.position!.mocked])).toEqual([[90, false], [271.5, true]])
    expect(part('position-mocked').textContent).toContain('模拟定位')
  })

  it('say that positioning is switched off, and offer the map', async () => {
    const above = sky()
    await show(ReportScreen, phone())
    await tap('here-now')
    above.refuse('off')
    await flushPromises()
    expect(part('position').textContent).toContain('手机的定位没开')
    // A tap later it is tried again.
    await tap('here-now')
    expect(above.watching()).toBe(1)
  })

  it('from an album are marked, and satellites say nothing of them', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const above = sky()
    await show(ReportScreen, phone())
    await tap('photo-album')
    expect(above.watching()).toBe(0)
    breathe()
    await tap('photo-camera')
    above.fix(5)
    await flushPromises()
    expect(placed().filter((one) => one.id === 'm1')).toEqual([{ id: 'm1', position: null, direction: null, settled: true }])
    expect(document.body.textContent).toContain('转来的照片')
  })

  it('found from before are put on the strip, and said', async () => {
    await show(ReportScreen, phone({ m7: item({ id: 'm7', width: 0 }) }), { status: status({ boot: 'locked', me: null }) })
    expect(part('photos-found').textContent).toContain('之前拍的照片')
    // It is not unfolded yet: there is nothing to show but that.
    expect(strip()).toEqual([])
    expect(part('processing').textContent).toContain('处理中')
    expect(requests('media')).toEqual([])
  })

  it('are not found again while they wait to be dropped', async () => {
    const kept = { m8: item({ id: 'm8', processing: false }) }
    const wrapper = await show(ReportScreen, phone(kept))
    document.querySelector<HTMLElement>('.tile-photo .off')!.click()
    await flushPromises()
    expect(strip()).toEqual([])
    wrapper.unmount()
    await show(ReportScreen, phone(kept))
    expect(strip()).toEqual([])
  })

  it('that the phone could not open are left out, and said', async () => {
    const draft = { key: 'report', data: { photos: [{ id: 'm9', source: 'camera' }, { id: 'm5', source: 'camera' }] } }
    await show(ReportScreen, {
      ...phone({ m5: item({ id: 'm5' }) }),
      load_draft: (asked: Commands['load_draft'][0]) => (asked.key === 'report' ? draft : { key: asked.key, data: null }),
    })
    expect(strip()).toEqual(['photo/m5'])
  })

  it('that a camera took and nobody can open stay, apart from the report', async () => {
    const kept: Record<string, MediaItem> = {}
    await show(ReportScreen, {
      ...phone(kept),
      import_media: (asked: Commands['import_media'][0]) => {
        kept[asked.id] = item({ id: asked.id, width: 0, height: 0, unreadable: 'photo_incomplete' })
        return refuse('photo_incomplete')
      },
      report_problem: { docs: ['c1'], topics: [], created: 'c1' },
    }, { path: '/report?category=0302' })
    await tap('photo-camera')
    await flushPromises()
    expect(part('unreadable')).toBeTruthy()
    expect(requests('drop_media')).toEqual([])
    await type('words', '路灯不亮')
    part('primary').closest('form')?.requestSubmit()
    await flushPromises()
    expect(requests('report_problem')).toMatchObject([{ media: [] }])
    expect(Object.keys(kept)).toEqual(['m1'])
  })

  it('follow what the phone says of them', async () => {
    const kept: Record<string, MediaItem> = { m6: item({ id: 'm6' }) }
    await show(ReportScreen, phone(kept))
    kept['m6'] = item({ id: 'm6', processing: false, bytes: 12 })
    touch(['media'])
    await flushPromises()
    expect(document.querySelector('[data-test="processing"]')).toBeNull()
  })

  it('that are still being taken in go with the report', async () => {
    let slow: (value: MediaItem) => void = () => undefined
    const coming = new Promise<MediaItem>((done) => (slow = done))
    await show(
      ReportScreen,
      { ...phone(), import_media: coming as unknown as MediaItem, report_problem: { docs: ['c1'], topics: [], created: 'c1' } },
      { path: '/report?category=0302&place=b5' },
    )
    await tap('photo-camera')
    part('primary').closest('form')?.requestSubmit()
    await flushPromises()
    expect(requests('report_problem')).toEqual([])
    slow(item())
    await flushPromises()
    expect(requests('report_problem')).toMatchObject([{ media: ['m1'] }])
  })

  it('stay where they are when the report is not saved', async () => {
    const above = sky()
    await show(ReportScreen, { ...phone(), report_problem: () => refuse('disk_full') }, { path: '/report?category=0302' })
    await tap('photo-camera')
    above.fix(50)
    part('primary').closest('form')?.requestSubmit()
    await flushPromises()
    expect(above.watching()).toBe(0)
    expect(strip()).toHaveLength(1)
  })
})
