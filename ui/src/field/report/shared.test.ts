// Pictures shared from another app become photos of the open report, each once.
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Backend } from '@/backend'
import type { Commands, MediaItem, Status } from '@/bindings/field'
import { part, refuse, requests, show, status, tap, type } from '../testing/fakePhone'
import { takeStatus } from '../state/status'
import { watchShared } from '../state/shared'
import { useToast } from '../state/toast'
import ReportScreen from './ReportScreen.vue'

/** What another app has shared: so many wait, so many were too many. */
function door(waiting: number, left_out = 0) {
  const at = { waiting, left_out, forgotten: 0, knock: () => undefined as void }
  const backend: Partial<Backend> = {
    shared: () => Promise.resolve({ waiting: at.waiting, left_out: at.left_out }),
    pickPhoto: (source) => Promise.resolve(source === 'share' && at.waiting-- > 0 ? source : null),
    forgetShared: () => {
      Object.assign(at, { waiting: 0, left_out: 0, forgotten: at.forgotten + at.waiting })
      return Promise.resolve()
    },
    onShared: (hear) => {
      at.knock = hear
      return () => (at.knock = () => undefined)
    },
  }
  return { at, backend }
}

function phone() {
  let next = 0
  const kept: Record<string, MediaItem> = {}
  return {
    map: { shapes: [], spots: [] },
    emergency: { phones: [], muster: null, can_start: false },
    take_media: () => ({ id: `s${++next}` }),
    import_media: (asked: Commands['import_media'][0]) =>
      (kept[asked.id] = {
        id: asked.id, width: 1600, height: 1200, bytes: 9, sent_bytes: 0, receipt: 'here', here: true, awaited: false, named_at: null, thinned: false,
        processing: false, masked: false, unreadable: null, source: asked.source, taken_at: 1, position: null,
      }),
    place_media: (asked: Commands['place_media'][0]) => kept[asked.id]!,
    loose_media: () => Object.values(kept),
  }
}

let stop: () => void = () => undefined
afterEach(() => {
  stop()
  stop = () => undefined
})

async function open(from: ReturnType<typeof door>, answers: object = phone(), more: { path?: string; status?: Status } = {}) {
  const wrapper = await show(ReportScreen, answers, { ...more, backend: from.backend })
  const deaf = watchShared(wrapper.vm.$router)
  stop = () => {
    deaf()
    // Else it would take what is meant for the next.
    wrapper.unmount()
  }
  await flushPromises()
  return wrapper
}

const tiles = () => document.querySelectorAll('.tile-photo').length
const said = () => useToast().value

describe('shared pictures', () => {
  it('come in one after the other, marked, and are placed by hand', async () => {
    const from = door(2)
    await open(from)
    expect(requests('take_media')).toEqual([{ source: 'share', position: null }, { source: 'share', position: null }])
    expect(requests('import_media')).toEqual([{ id: 's1', source: 'share' }, { id: 's2', source: 'share' }])
    expect(requests('place_media')).toMatchObject([{ id: 's1', position: null }, { id: 's2', position: null }])
    expect(document.body.textContent).toContain('转来的照片')
    expect(said()).toMatchObject({ words: '转来的2张照片放在这里了', tone: 'good' })
  })

  it('that come while the form is open join it, and none comes twice', async () => {
    const from = door(1)
    await open(from)
    expect(tiles()).toBe(1)
    from.at.knock()
    await flushPromises()
    expect(tiles()).toBe(1)
    from.at.waiting = 2
    from.at.knock()
    from.at.knock()
    await flushPromises()
    expect(tiles()).toBe(3)
    expect(requests('import_media')).toHaveLength(3)
  })

  it('that come while the first are still on their way come too, and later ones as well', async () => {
    const from = door(1)
    const base = phone()
    let slow: () => void = () => undefined
    const first = new Promise<void>((done) => (slow = done))
    await open(from, { ...base, import_media: (asked: Commands['import_media'][0]) => first.then(() => base.import_media(asked)) as unknown as MediaItem })
    from.at.waiting = 1
    from.at.knock()
    await flushPromises()
    slow()
    await flushPromises()
    expect(tiles()).toBe(2)
    from.at.waiting = 1
    from.at.knock()
    await flushPromises()
    expect(tiles()).toBe(3)
  })

  it('that another app never hands over keep no report from being saved', async () => {
    const from = door(1)
    from.backend.pickPhoto = () => new Promise(() => undefined)
    await open(from, { ...phone(), report_problem: { docs: ['c'], topics: [], created: 'c' } })
    await tap('chip-0302')
    await type('words', '第二盏灯')
    part('primary').closest('form')?.requestSubmit()
    await flushPromises()
    expect(requests('report_problem')).toHaveLength(1)
  })

  it('are said when there are too many of them', async () => {
    const photos = Array.from({ length: 8 }, (_, n) => ({ id: `m${n}`, source: 'camera' }))
    const from = door(3, 2)
    await open(from, {
      ...phone(),
      load_draft: (asked: Commands['load_draft'][0]) => ({ key: asked.key, data: asked.key === 'report' ? { photos } : null }),
      loose_media: () => refuse('internal'),
    })
    expect(tiles()).toBe(9)
    expect(from.at.forgotten).toBe(2)
    expect(said()!.words).toContain('最多9张,另外4张没有放进来')
    expect(said()!.tone).toBe('bad')
  })

  it('wait until the phone is open, and then bring up the form', async () => {
    const from = door(1)
    const locked = status({ boot: 'locked', me: null })
    const wrapper = await open(from, phone(), { path: '/emergency', status: locked })
    expect(tiles()).toBe(0)
    expect(from.at.waiting).toBe(1)
    await takeStatus(status())
    await flushPromises()
    expect(tiles()).toBe(1)
    await expect.poll(() => wrapper.vm.$router.currentRoute.value.name).toBe('report')
  })

  it('that had not come in when the form was left come to the next one', async () => {
    const from = door(2)
    const base = phone()
    let slow: () => void = () => undefined
    const first = new Promise<void>((done) => (slow = done))
    const importSlowly = (asked: Commands['import_media'][0]) => first.then(() => base.import_media(asked)) as unknown as MediaItem
    await open(from, { ...base, import_media: importSlowly })
    stop()
    slow()
    await flushPromises()
    expect(from.at.waiting).toBe(1)
    await open(from, base)
    expect(from.at.waiting).toBe(0)
    // The first is on the strip as well: the phone had it, though no form did.
    expect(tiles()).toBe(2)
  })

  it('that are none leave the others alone', async () => {
    const from = door(3)
    const base = phone()
    let n = 0
    await open(from, { ...base, import_media: (asked: Commands['import_media'][0]) => (++n === 2 ? refuse('photo_not_an_image') : base.import_media(asked)) })
    expect(tiles()).toBe(2)
    expect(said()!.words).toContain('这个文件不是照片')
  })

  it('are given up when it is the phone that can\'t', async () => {
    const from = door(3)
    await open(from, { ...phone(), take_media: () => refuse('disk_full') })
    expect(requests('take_media')).toHaveLength(1)
    expect(said()!.tone).toBe('bad')
    expect(said()!.words).toContain('另外3张没有放进来')
  })
})
