import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import type { CaseStep, MediaItem } from '@/bindings/field'
import { part, show, tap } from '../testing/fakePhone'
import CasePhotos from './CasePhotos.vue'
import { pairOf } from './pairs'

function photo(id: string, taken_at: number, more: Partial<MediaItem> = {}): MediaItem {
  return {
    id, width: 1600, height: 1200, bytes: 100, sent_bytes: 0, receipt: 'here', here: true, awaited: false, named_at: null, thinned: false,
    processing: false, masked: false, unreadable: null, source: 'camera', taken_at, position: null, ...more,
  }
}
const step = (kind: string, at: number, received_at: number | null = null) => ({ kind, at, received_at }) as CaseStep
const located = { grid: 'g3', grid_name: '第3网格', own: true, unsure: false, building: 'b5', building_name: '5栋', distance_m: 8, side: 's' }

describe('before and after', () => {
  const media = [photo('a', 10), photo('b', 20), photo('c', 60), photo('d', 90)]
  it('are the first photo from before and the last from after the work', () => {
    const steps = [step('reported', 15), step('handling', 50), step('remark', 55), step('feedback', 95)]
    expect(pairOf({ media, steps })).toEqual({ before: media[0], after: media[3] })
    // As it was taken, not as it came in.
    expect(pairOf({ media: media.slice().reverse(), steps })).toEqual({ before: media[0], after: media[3] })
  })
  it('are not told before somebody says that it is done', () => {
    expect(pairOf({ media, steps: [step('reported', 15), step('handling', 50)] })).toBeNull()
    expect(pairOf({ media, steps: [step('reported', 15)] })).toBeNull()
  })
  it('are not taken in by a clock that is fast', () => {
    // Taken at "60" by a phone half an hour ahead, but the center had it before the work began.
    const fast = [photo('a', 60, { named_at: 20 }), photo('d', 90, { named_at: 95 })]
    const steps = [step('reported', 15, 20), step('handling', 50, 50), step('feedback', 95, 95)]
    expect(pairOf({ media: fast, steps })).toEqual({ before: fast[0], after: fast[1] })
    // What came all at once, of one phone, is told by its clock.
    const once = [photo('a', 10, { named_at: 99 }), photo('b', 60, { named_at: 99 })]
    const done = [step('reported', 15, 99), step('handling', 30, 99), step('feedback', 70, 99)]
    expect(pairOf({ media: once, steps: done })).toEqual({ before: once[0], after: once[1] })
  })
  it('need both', () => {
    const steps = [step('reported', 15), step('self_handled', 30), step('closed', 99)]
    expect(pairOf({ media: media.slice(0, 2), steps })).toBeNull()
    expect(pairOf({ media: media.slice(2), steps })).toBeNull()
    expect(pairOf({ media, steps })).not.toBeNull()
  })
})

describe('photos of a case', () => {
  const open = async (media: MediaItem[], steps: CaseStep[] = []) => {
    await show(CasePhotos, { locate: located }, { props: { found: { media, steps }, map: null } })
  }
  it('say where each of them is', async () => {
    await open([photo('a', 1), photo('b', 2, { receipt: 'sent', sent_bytes: 42 }), photo('c', 3, { receipt: 'accepted', source: 'album' })])
    const said = Array.from(document.querySelectorAll('.where')).map((one) => one.textContent)
    expect(said).toEqual(['在本机', '已传 42%', '中心已收'])
    expect(document.body.textContent).toContain('转来的照片')
  })
  it('stand side by side when it is done', async () => {
    await open([photo('a', 1), photo('b', 9)], [step('handling', 5), step('closed', 10)])
    expect(part('pair').textContent).toMatch(/处理前.*处理后/)
    expect(document.querySelectorAll('[data-test="case-photo"]')).toHaveLength(0)
  })
  it('are shown large with what is known of them', async () => {
    const position = { lon: 102.9, lat: 30, accuracy_m: 12, source: 'gnss', at: 1, mocked: true }
    await open([photo('a', 1), photo('b', 2, { position, thinned: true, receipt: 'accepted' })])
    document.querySelectorAll<HTMLElement>('[data-test="case-photo"]')[1]!.click()
    await vi.waitFor(() => part('viewer-facts'))
    await flushPromises()
    const facts = part('viewer-facts').textContent
    expect(facts).toContain('5栋南侧约8米 · 精度 ±12米')
    expect(part('viewer-count').textContent).toBe('2 / 2')
    expect(facts).toContain('中心已收')
    expect(facts).toContain('原图在中心')
    expect(facts).toContain('模拟定位')
    await tap('viewer-close')
    expect(document.querySelector('[data-test="viewer-facts"]')).toBeNull()
  })
})
