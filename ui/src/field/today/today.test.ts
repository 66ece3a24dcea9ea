import { describe, expect, it } from 'vitest'
import type { OpenMuster, Today } from '@/bindings/field'
import { part, show, status } from '../testing/fakePhone'
import TodayScreen from './TodayScreen.vue'

const today = (muster: OpenMuster | null): Today => ({
  me: status().me!, households: 20, people: 60, sync: status().sync, due: [], due_total: 0, news: [], notices: [], muster,
})

describe('the worker’s first screen', () => {
  it('says in words that a roll-call is a drill', async () => {
    await show(TodayScreen, { today: today({ title: '暴雨转移', drill: true }) }, { path: '/today' })
    expect(part('muster-open').querySelector('.title')?.textContent).toContain('演练')
  })
  it('never calls the real thing a drill, and is quiet when there is none', async () => {
    await show(TodayScreen, { today: today({ title: '暴雨转移', drill: false }) }, { path: '/today' })
    expect(part('muster-open').textContent).toContain('暴雨转移')
    expect(part('muster-open').textContent).not.toContain('演练')
    await show(TodayScreen, { today: today(null) }, { path: '/today' })
    expect(document.querySelector('[data-test="muster-open"]')).toBeNull()
  })
})
