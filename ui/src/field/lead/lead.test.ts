import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Today } from '@/bindings/field'
import { leadStatus, part, requests, show, tap } from '../testing/fakePhone'
import LeadScreen from './LeadScreen.vue'
import LeadVisitScreen from './LeadVisitScreen.vue'

const today = (more: Partial<Today>): Today => ({
  me: leadStatus().me!, households: 20, people: 0, sync: leadStatus().sync, due: [], due_total: 0, news: [], notices: [],
  muster: null, ...more,
})
const notice = { id: 'n1', title: '周三停水', body: '请存水', by: { person: '', name: '', role: '', me: false }, at: 10, level: 'normal' }

describe('a building lead’s home', () => {
  it('is four buttons, and shows no voice where the system has none', async () => {
    await show(LeadScreen, { today: today({ notices: [notice] }) }, { path: '/lead', status: leadStatus() })
    expect(['report', 'visit', 'building', 'emergency'].map((one) => part(`lead-${one}`).textContent?.trim())).toEqual([
      '报个事', '去看看', '我这栋', '应急',
    ])
    expect(part('lead-latest').textContent).toContain('周三停水')
    expect(document.querySelector('[data-test="lead-listen"]')).toBeNull()
  })
  it('tells the newer of notice and news', async () => {
    const news = [{ case: 'c1', category: '0302', status: 'closed', at: 20 }]
    await show(LeadScreen, { today: today({ notices: [notice], news }) }, { path: '/lead', status: leadStatus() })
    expect(part('lead-latest').textContent).toContain('路灯不亮')
  })
  it('calls a drill a drill, and the real thing not', async () => {
    const open = (drill: boolean) => ({ today: today({ muster: { title: '暴雨转移', drill } }) })
    await show(LeadScreen, open(true), { path: '/lead', status: leadStatus() })
    expect(part('lead-muster').textContent).toContain('演练')
    await show(LeadScreen, open(false), { path: '/lead', status: leadStatus() })
    expect(part('lead-muster').textContent).toContain('正在清点')
    expect(part('lead-muster').textContent).not.toContain('演练')
  })
  it('offers the worker’s telephone only when there is a number', async () => {
    await show(LeadScreen, { today: today({}) }, { path: '/lead', status: leadStatus('') })
    expect(document.querySelector('[data-test="lead-call"]')).toBeNull()
  })
})

describe('a building lead’s visit', () => {
  it('is saved with two taps at the door', async () => {
    await show(
      LeadVisitScreen,
      { log_visit: { docs: [], topics: [], created: 'v1' } },
      { path: '/lead/visit/d501?room=501', props: { dwelling: 'd501' }, status: leadStatus() },
    )
    part('primary').closest('form')?.requestSubmit()
    await flushPromises()
    expect(requests('log_visit')).toEqual([])
    await tap('result-1')
    part('primary').closest('form')?.requestSubmit()
    await flushPromises()
    expect(requests('log_visit')).toEqual([
      { dwelling: 'd501', household: '', kind: 'V01', result: 1, mood: '', utilities: '', words: '', tips: [] },
    ])
  })
})
