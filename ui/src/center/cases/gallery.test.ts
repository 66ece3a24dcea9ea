// The gallery of a case: what is missing says so, and each photo opens with what is known of it.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { MapData, Photo } from '@/bindings/center'
import PhotoStrip from './PhotoStrip.vue'

// Styles are for browsers.
vi.mock('element-plus/es/components/dialog/style/css', () => ({}))

const HOUR = 3_600_000
const now = new Date(2026, 10, 27, 20, 18, 43).getTime()
const photo = (id: string, over: Partial<Photo> = {}): Photo => ({
  id, taken_at: now - 2 * HOUR, source: 'camera', by: '樊小青', role: 'R01', width: 1600, height: 1200, bytes: 212_400, sha256: 'ab'.repeat(32),
  position: { lon: 102.93, lat: 29.87, accuracy_m: 8.4, source: 'gnss', mocked: true },
  arrived: true, late: false, arrived_at: now, awaited_since: now - 40 * HOUR, ...over,
})
const gone = { arrived: false, arrived_at: null, position: null }
const around = { shapes: [], spots: [], left_out: 0 } as unknown as MapData

const open = (photos: Photo[]) =>
  mount(PhotoStrip, { props: { id: 'c1', photos, now, title: '停电 0391', around }, attachTo: document.body, global: { stubs: { DeskMap: true, transition: false } } })
const viewer = () => document.querySelector('[data-test=viewer]')!
const press = async (key: string) => {
  window.dispatchEvent(new KeyboardEvent('keydown', { key }))
  await flushPromises()
}
afterEach(() => (document.body.innerHTML = ''))

describe('the gallery', () => {
  it('says which photos have not come, and in other words when they should have', () => {
    const awaited = open([photo('a'), photo('b', gone)])
    expect(awaited.find('h3').text()).toContain('照片还没到 1/2')
    expect(awaited.findAll('[data-test=photo]').map((one) => one.text())).toEqual(['', '未到'])
    expect(awaited.find('img').attributes('src')).toBe('/api/photos/a?size=thumb')
    const late = open([photo('a'), photo('b', { ...gone, late: true })])
    expect(late.find('h3').text()).toContain('照片该到没到 1/2')
    expect(late.findAll('[data-test=photo]')[1]!.text()).toBe('该到没到')
  })

  it('leads to the evidence of the case', () => {
    const link = open([photo('a')]).get('[data-test=evidence]')
    expect(link.attributes('href')).toBe('/api/cases/c1/evidence')
    expect(link.text()).toBe('下载证据包')
  })

  it('shows a photo with its facts, and the next ones by key', async () => {
    const strip = open([photo('a'), photo('b', { source: 'share', position: null }), photo('c', { ...gone, late: true })])
    await strip.findAll('[data-test=photo]')[0]!.trigger('click')
    await flushPromises()
    const text = () => viewer().textContent!
    expect(viewer().querySelector('img')!.getAttribute('src')).toBe('/api/photos/a?size=screen')
    for (const fact of ['2026-11-27 18:18:43', '当场拍的', '樊小青', '29.87000 N, 102.93000 E', '误差约 8 米', '模拟定位', '1600 × 1200 · 212 KB', 'abababab']) {
      expect(text(), fact).toContain(fact)
    }
    await press('ArrowLeft')
    expect(viewer().querySelector('img')!.getAttribute('src')).toContain('/a?')
    await press('ArrowRight')
    expect(text()).toContain('转来的照片')
    expect(text()).toContain('没有记位置')
    expect(text()).not.toContain('模拟定位')
    await press('ArrowRight')
    expect(viewer().querySelector('img')).toBeNull()
    expect(text()).toContain('照片一直没来')
    expect(text()).not.toContain('看原图')
  })
})
