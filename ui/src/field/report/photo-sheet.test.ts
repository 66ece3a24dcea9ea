import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Commands, Located, MaskMedia, MediaItem, PlaceMedia, Position, Shape } from '@/bindings/field'
import { useToast } from '../state/toast'
import { part, refuse, requests, show, status, tap } from '../testing/fakePhone'
import ReportScreen from './ReportScreen.vue'

const house: Shape = {
  id: 'b5', kind: 'building', name: '5栋', own: true,
  line: [[102.9, 30], [102.9004, 30], [102.9004, 30.0002], [102.9, 30.0002], [102.9, 30]],
}
const located: Located = { grid: 'g3', grid_name: '望江社区第3网格', own: true, unsure: false, building: 'b5', building_name: '5栋', distance_m: 8, side: 's' }
const at = (lon: number, lat: number, more: Partial<Position> = {}): Position => ({ lon, lat, accuracy_m: 12, source: 'gnss', at: 1, mocked: false, ...more })

function photo(more: Partial<MediaItem> = {}): MediaItem {
  return {
    id: 'm1', width: 1600, height: 1200, bytes: 9, sent_bytes: 0, receipt: 'here', here: true, awaited: false, named_at: null, thinned: false,
    processing: false, masked: false, unreadable: null, source: 'camera', taken_at: 1, position: null, ...more,
  }
}

/** Opens the report with one photo from before, and the photo. */
async function open(item: MediaItem, more: Parameters<typeof show>[1] = {}, path = '/report?place=b5&name=5%E6%A0%8B', locked = false): Promise<void> {
  await show(
    ReportScreen,
    {
      map: { shapes: [house], spots: [] },
      emergency: { phones: [], muster: null, can_start: false },
      locate: located,
      loose_media: [item],
      place_media: (asked: PlaceMedia) => ({ ...item, position: asked.position }),
      ...more,
    },
    { path, status: locked ? status({ boot: 'locked', me: null }) : status() },
  )
  await tap('photo-open')
}

afterEach(() => vi.unstubAllGlobals())

describe('one photo of a report', () => {
  it('says where it was taken and how sure that is', async () => {
    await open(photo({ position: at(102.9002, 29.9999) }))
    const sheet = part('photo-sheet')
    expect(sheet.textContent).toContain('5栋南侧约8米')
    expect(sheet.textContent).toContain('精度 ±12米')
    expect(sheet.querySelector('img')!.getAttribute('src')).toBe('photo/m1')
    expect(sheet.querySelector('svg.mini')).toBeTruthy()
    expect(sheet.textContent).not.toContain('重新标注')
    await tap('photo-close')
    expect(document.querySelector('[data-test="photo-sheet"]')).toBeNull()
  })

  it('takes the place of the house that the report is about', async () => {
    await open(photo({ source: 'album' }))
    expect(part('mark-from_elsewhere').textContent).toContain('手工标注')
    await tap('photo-as-building')
    const [asked] = requests('place_media') as PlaceMedia[]
    expect(asked).toMatchObject({ id: 'm1', settled: true, position: { source: 'building', accuracy_m: null } })
    expect(asked!.position!.lon).toBeCloseTo(102.9002, 6)
    expect(asked!.position!.lat).toBeCloseTo(30.0001, 6)
    expect(part('photo-sheet').textContent).toContain('按楼栋定的')
  })

  it('warns of made-up positions, of other grids and of houses far away', async () => {
    await open(photo({ position: at(102.902, 30.001, { mocked: true }) }), { locate: { ...located, grid_name: '望江社区第4网格', own: false, building: '' } })
    const said = part('photo-sheet').textContent
    expect(part('mark-mocked').textContent).toContain('模拟定位')
    expect(said).toContain('不是自己这一片')
    expect(said).toMatch(/离5栋约1\d0米/)
  })

  it('does without a map while the lock is closed', async () => {
    await open(photo(), { map: () => refuse('locked') }, '/report', true)
    expect(part('photo-sheet').textContent).toContain('还不知道在哪里拍的')
    expect(document.querySelector('[data-test="photo-by-hand"]')).toBeNull()
    expect(part('photo-mask')).toBeTruthy()
  })

  it('offers nothing but to drop one that nobody can open', async () => {
    await open(photo({ width: 0, height: 0, unreadable: 'photo_incomplete' }))
    expect(part('mark-unreadable').textContent).toContain('再拍一张')
    expect(document.querySelector('[data-test="photo-mask"], [data-test="photo-by-hand"], .picture img')).toBeNull()
    expect(part('photo-drop')).toBeTruthy()
  })

  it('can be thrown out, and taken back', async () => {
    await open(photo({ id: 'm5' }))
    await tap('photo-drop')
    expect(document.querySelector('[data-test="photo-sheet"]')).toBeNull()
    expect(document.querySelector('.tile-photo')).toBeNull()
    useToast().value!.onUndo!()
    await flushPromises()
    expect(document.querySelectorAll('.tile-photo')).toHaveLength(1)
    expect(requests('drop_media')).toEqual([])
  })

  it('is covered by strokes, in shares of the picture, and shown anew', async () => {
    await open(photo(), { mask_media: photo({ masked: true, processing: true, bytes: 0 }) })
    await paintOver()
    await tap('mosaic-save')
    const [asked] = requests('mask_media') as MaskMedia[]
    expect(asked).toEqual({ id: 'm1', strokes: [{ radius: 0.08, points: [[0.25, 0.5], [0.5, 0.5]] }] })
    expect(document.querySelector('[data-test="mosaic"]')).toBeNull()
    expect(part('photo-sheet').querySelector('img')!.getAttribute('src')).toMatch(/v=\d/)
    expect(part('mark-masked').textContent).toContain('打过码')
  })

  it('takes back a stroke, and all of them', async () => {
    await open(photo())
    await paintOver()
    await tap('mosaic-undo')
    expect((part('mosaic-save') as HTMLButtonElement).disabled).toBe(true)
    await stroke([[75, 75]])
    await stroke([[150, 75]])
    await tap('mosaic-clear')
    expect((part('mosaic-save') as HTMLButtonElement).disabled).toBe(true)
    await tap('mosaic-undo')
    expect((part('mosaic-save') as HTMLButtonElement).disabled).toBe(false)
    expect(requests('mask_media')).toEqual([])
  })

  it('keeps what was painted when it was not saved', async () => {
    await open(photo(), { mask_media: (() => refuse('disk_full')) as unknown as Commands['mask_media'][1] })
    await paintOver()
    await tap('mosaic-save')
    expect(part('mosaic')).toBeTruthy()
    expect((part('mosaic-save') as HTMLButtonElement).disabled).toBe(false)
  })
})

async function stroke(places: [number, number][]): Promise<void> {
  const canvas = part('mosaic-canvas')
  places.forEach(([clientX, clientY], n) => {
    canvas.dispatchEvent(new PointerEvent(n === 0 ? 'pointerdown' : 'pointermove', { pointerId: 1, clientX, clientY }))
  })
  canvas.dispatchEvent(new PointerEvent('pointerup', { pointerId: 1 }))
  await flushPromises()
}

/** Opens the mosaic and draws one broad stroke over a picture of 300 by 150. */
async function paintOver(): Promise<void> {
  await tap('photo-mask')
  await vi.waitFor(() => part('mosaic'))
  const canvas = part('mosaic-canvas') as HTMLCanvasElement
  canvas.getBoundingClientRect = () => ({ left: 0, top: 0, width: 300, height: 150 }) as DOMRect
  canvas.setPointerCapture = () => undefined
  await tap('brush-2')
  await stroke([[75, 75], [76, 75], [150, 75]])
}
