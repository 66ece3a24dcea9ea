import { describe, expect, it, vi } from 'vitest'
import { flushPromises } from '@vue/test-utils'
import type { Muster, RollLine } from '@/bindings/field'
import { useToast } from '../state/toast'
import { part, requests, show, status, tap, type } from '../testing/fakePhone'
import EmergencyScreen from './EmergencyScreen.vue'
import RollRow from './RollRow.vue'

// No layout here, so no window to draw a part of the list for: draw all of it.
vi.mock('virtua/vue', () => ({
  WindowVirtualizer: { props: ['data'], template: '<div><template v-for="item in data"><slot :item="item" /></template></div>' },
}))

const line = (subject: string, more: Partial<RollLine> = {}): RollLine => ({
  subject, name: '张守田', address: '5栋2单元501', building: 'b5', household: 'h1', mobility: '', status: '', others: [],
  by: null, at: null, receipt: 'accepted', ...more,
})
const muster = (lines: RollLine[]): Muster => ({ id: 'mu', title: '暴雨转移', drill: false, at: 1, lines, seen: ['h'] })
const changed = { docs: [], topics: [], created: null }

describe('the emergency screen', () => {
  it('has telephones on a phone that was never enrolled', async () => {
    const wrapper = await show(EmergencyScreen, {}, { path: '/emergency', status: status({ boot: 'fresh', me: null }) })
    expect(wrapper.findAll('a[href^="tel:"]').map((a) => a.attributes('href'))).toContain('tel:119')
  })

  it('shows no list while the lock is closed', async () => {
    await show(
      EmergencyScreen,
      { emergency: { phones: [], muster: muster([line('p:1')]), can_start: false } },
      { path: '/emergency', status: status({ boot: 'locked', me: null }) },
    )
    expect(document.body.textContent).not.toContain('张守田')
  })

  it('marks a drill in words beside its name, and the real thing not', async () => {
    const open = (drill: boolean) => ({ emergency: { phones: [], muster: { ...muster([line('p:1')]), drill }, can_start: false } })
    const marked = await show(EmergencyScreen, open(true), { path: '/emergency' })
    expect(marked.find('.section h2').text()).toBe('演练暴雨转移')
    const real = await show(EmergencyScreen, open(false), { path: '/emergency' })
    expect(real.find('.section h2').text()).toBe('暴雨转移')
    expect(real.text()).not.toContain('演练')
  })

  it('writes one tap with the heads of the list, and 待确认 when it is taken back', async () => {
    await show(
      EmergencyScreen,
      { emergency: { phones: [], muster: muster([line('p:1')]), can_start: false }, set_roll: changed },
      { path: '/emergency' },
    )
    expect(part('roll-totals').textContent).toContain('已确认 0 / 1')
    await tap('set-safe_home')
    expect(part('roll-totals').textContent).toContain('已确认 1 / 1')
    // The answered row stays in place although the filter shows the open ones.
    expect(part('roll-p:1').textContent).toContain('张守田')
    useToast().value?.onUndo?.()
    await flushPromises()
    const tapped = { muster: 'mu', subject: 'p:1', seen: ['h'] }
    expect(requests('set_roll')).toEqual([{ ...tapped, status: 'safe_home' }, { ...tapped, status: 'unknown' }])
  })

  it('starts a roll-call only after the moment to take it back', async () => {
    await show(
      EmergencyScreen,
      { emergency: { phones: [], muster: null, can_start: true }, start_muster: changed },
      { path: '/emergency' },
    )
    await tap('start-real')
    await tap('muster-start')
    expect(requests('start_muster')).toEqual([])
    expect(useToast().value?.words).toContain('应急清点')
    useToast().value?.onUndo?.()
    expect(requests('start_muster')).toEqual([])
  })

  it('says that what is about to start is a drill, whatever it is called', async () => {
    await show(EmergencyScreen, { emergency: { phones: [], muster: null, can_start: true } }, { path: '/emergency' })
    await tap('start-drill')
    await type('muster-title', '暴雨转移')
    await tap('muster-start')
    expect(useToast().value?.words).toContain('演练“暴雨转移”')
  })
})

describe('a row of the roll-call', () => {
  it('answers with one tap and offers what only a phone may say', async () => {
    const wrapper = await show(RollRow, {}, { props: { line: line('p:1', { mobility: 'arm' }) } })
    await tap('set-safe_home')
    expect(wrapper.emitted('set')).toEqual([['safe_home']])
    expect(wrapper.text()).toContain('搀扶')
    expect(wrapper.text()).not.toContain('遇难')
  })
  it('shows what others said beside it', async () => {
    const wrapper = await show(RollRow, {}, { props: { line: line('p:1', { status: 'moved', others: ['safe_home'] }) } })
    expect(wrapper.text()).toContain('另有人说:安全在家')
  })
  it('is a room with a surname for a building lead', async () => {
    await show(RollRow, {}, { props: { line: line('r:1', { name: '张' }) } })
    expect(part('roll-r:1').textContent).toContain('张家')
  })
})
