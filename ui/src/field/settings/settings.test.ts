import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Commands } from '@/bindings/field'
import { part, requests, show, status, tap, type } from '../testing/fakePhone'
import FeedbackScreen from './FeedbackScreen.vue'
import SettingsScreen from './SettingsScreen.vue'

describe('settings', () => {
  it('writes one setting and leaves the others alone', async () => {
    await show(SettingsScreen, { set_settings: () => status() }, { path: '/me' })
    await tap('large')
    expect(requests('set_settings')).toEqual([{ language: null, large: true, theme: null, stamp: null, stamp_name: null, photos_metered: null }])
  })
  it('offers the name only where there is a stamp', async () => {
    await show(SettingsScreen, { set_settings: () => status({ settings: { ...status().settings, stamp: false } }) }, { path: '/me' })
    expect(part('stamp_name').textContent).toContain('樊小青')
    await tap('stamp')
    expect(requests('set_settings')).toEqual([{ language: null, large: null, theme: null, stamp: false, stamp_name: null, photos_metered: null }])
    expect(document.querySelector('[data-test="stamp_name"]')).toBeNull()
    expect(part('photos_metered').getAttribute('aria-checked')).toBe('true')
  })
  it('offers to lock only where there is a PIN', async () => {
    await show(SettingsScreen, {}, { path: '/me' })
    expect(document.querySelector('[data-test="lock-now"]')).toBeNull()
  })
})

describe('complaints and suggestions', () => {
  it('sends a report of the group "service and suggestions" and leaves a half-written report alone', async () => {
    await show(
      FeedbackScreen,
      {
        report_problem: { docs: [], topics: [], created: 'c9' },
        case: () => ({}) as never,
      },
      { path: '/me/feedback' },
    )
    await tap('feedback-1303')
    await type('feedback-words', '同一张表填三遍')
    part('primary').closest('form')?.requestSubmit()
    await flushPromises()
    expect(requests('report_problem')).toEqual([
      { category: '1303', words: '同一张表填三遍', place: '', position: null, media: [], household: '', draft: 'feedback' },
    ])
    const touched = [...requests('load_draft'), ...requests('save_draft')] as Commands['load_draft'][0][]
    expect(new Set(touched.map((draft) => draft.key))).toEqual(new Set(['feedback']))
  })
})
