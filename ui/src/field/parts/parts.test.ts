// The truth in words: the pill, the mask, due dates, times.
import { describe, expect, it } from 'vitest'
import type { SyncState } from '@/bindings/field'
import { say } from '@/i18n'
import { dueOf, dueWords } from '../words/due'
import { clock, day, moment } from '../words/when'
import { lookAlike, maskParts } from './mask'
import { pillWords } from './pill'

const state = (more: Partial<SyncState>): SyncState => ({
  phase: 'online', records: 0, photos: 0, photo_bytes: 0, photos_wait: false, attention: 0, last_ok: null, received: 0, restoring: false, error: null, ...more,
})
const pill = (more: Partial<SyncState>) => {
  const words = pillWords(state(more))
  return `${words.tone}: ${say('shell', words.key, words.params)}`
}

describe('sync pill', () => {
  it.each([
    [{}, 'good: 都送到了'],
    [{ phase: 'unknown' }, 'plain: 还没联系中心'],
    [{ phase: 'offline' }, 'lamp: 离线'],
    [{ phase: 'offline', records: 3, photos: 2 }, 'lamp: 离线 · 3条待传'],
    [{ phase: 'offline', photos: 2 }, 'lamp: 离线 · 2张照片待传'],
    [{ records: 1 }, 'plain: 在线 · 1条待传'],
    [{ photos: 2 }, 'plain: 2张照片待传'],
    [{ phase: 'syncing', records: 4 }, 'plain: 正在送 · 4条待传'],
    [{ phase: 'syncing', received: 1200 }, 'plain: 第一次接收 · 1200份'],
    [{ phase: 'failed', records: 2 }, 'lamp: 没同步成 · 2条待传'],
    [{ phase: 'online', attention: 1, records: 5 }, 'red: 1条要看看'],
    [{ phase: 'offline', attention: 1 }, 'red: 离线 · 1条要看看'],
  ] as [Partial<SyncState>, string][])('%j', (more, words) => expect(pill(more)).toBe(words))

  it('says "all sent" only when the center has answered and nothing waits', () => {
    for (const phase of ['unknown', 'syncing', 'offline', 'failed'] as const) expect(pillWords(state({ phase })).key).not.toBe('pill_all')
    for (const more of [{ records: 1 }, { photos: 1 }, { attention: 1 }]) expect(pillWords(state(more)).key).not.toBe('pill_all')
  })
})

describe('masked numbers', () => {
  const text = (number: string, others: string[] = []) =>
    maskParts(number, others).map((part) => `${part.gap ? ' ' : ''}${part.differs ? `[${part.text}]` : part.text}`).join('')

  it('groups a mobile number and hides its middle', () => expect(text('129****0452')).toBe('129 •••• 0452'))
  it('marks the digits in which two numbers differ', () => {
    expect(text('129****0452', ['129****7781'])).toBe('129 •••• [0452]')
    expect(text('129****0452', ['129****0451'])).toBe('129 •••• 045[2]')
    expect(text('129**0*0452', ['129**1*0452'])).toBe('129 ••[0]• 0452')
  })
  it('marks the whole of a number of another length', () => expect(text('0571****12', ['129****0452'])).toBe('[0571] •••• [12]'))
  it('knows two values that cannot be told apart', () => {
    expect(lookAlike(['129****0452', '129****0452'])).toBe(true)
    expect(lookAlike(['129****0452', '129****7781'])).toBe(false)
  })
})

describe('due', () => {
  const now = new Date(2026, 10, 23, 10, 32).getTime()
  it.each([
    ['overdue', -1, '过期1天', 'red'],
    ['today', 0, '今天', 'lamp'],
    ['soon', 1, '还有1天', 'pine'],
    ['later', 12, '12月5日', 'plain'],
  ] as const)('%s %i', (due, days, words, tone) => expect(dueWords(due, days, now)).toEqual({ words, tone }))

  it('counts by the calendar, not by hours', () => {
    expect(dueOf(new Date(2026, 10, 23, 23, 59).getTime(), now)).toEqual({ state: 'today', days: 0 })
    expect(dueOf(new Date(2026, 10, 22, 23, 59).getTime(), now)).toEqual({ state: 'overdue', days: -1 })
    expect(dueOf(new Date(2026, 10, 30, 0, 1).getTime(), now)).toEqual({ state: 'soon', days: 7 })
    expect(dueOf(new Date(2026, 11, 1).getTime(), now).state).toBe('later')
  })
})

describe('times', () => {
  const now = new Date(2026, 10, 23, 10, 32).getTime()
  it('says them as people do', () => {
    expect(clock(now)).toBe('10:32')
    expect(moment(now - 30_000, now)).toBe('刚刚')
    expect(moment(now - 5 * 60_000, now)).toBe('5分钟前')
    expect(moment(new Date(2026, 10, 23, 8, 5).getTime(), now)).toBe('今天 08:05')
    expect(moment(new Date(2026, 10, 22, 16, 40).getTime(), now)).toBe('昨天 16:40')
    expect(day(new Date(2026, 10, 16).getTime(), now)).toBe('11月16日')
    expect(day(new Date(2025, 10, 16).getTime(), now)).toBe('2025年11月16日')
  })
  it('does not call a time ahead of the phone’s clock past', () => expect(moment(now + 3600_000, now)).toBe('今天 11:32'))
})
