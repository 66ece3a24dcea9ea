// Times as people say them, by the center's clock.
import { onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'
import { clockAhead } from './api'
import { language, say } from './words'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const two = (n: number): string => String(n).padStart(2, '0')
const midnight = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
const monthOf = (at: Date): string | number =>
  language.value === 'en' ? at.toLocaleString('en', { month: 'short' }) : at.getMonth() + 1

/** The center's clock, told anew twice a minute. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(Date.now() + clockAhead.value)
  const timer = setInterval(() => (now.value = Date.now() + clockAhead.value), 30_000)
  onScopeDispose(() => clearInterval(timer))
  return now
}

/** `10:12` */
export const clock = (ms: number): string => `${two(new Date(ms).getHours())}:${two(new Date(ms).getMinutes())}`

/** For a column: `10:12` today, `昨天 10:12`, `11-16 10:12`, `2025-11-16` last year. */
export function column(ms: number, now: number): string {
  const at = new Date(ms)
  const days = Math.round((midnight(new Date(now)) - midnight(at)) / DAY)
  if (days === 0) return clock(ms)
  if (days === 1 && language.value !== 'en') return say('shell', 'yesterday_at', { time: clock(ms) })
  const date = `${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return at.getFullYear() === new Date(now).getFullYear() ? `${date} ${clock(ms)}` : `${at.getFullYear()}-${date}`
}

/** To the second, for what must be exact: `2026-11-16 10:12:05`. */
export function exact(ms: number): string {
  const at = new Date(ms)
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${clock(ms)}:${two(at.getSeconds())}`
}

/** In a sentence: `刚刚`, `5 分钟前`, `今天 10:12`, `11月16日 10:12`. */
export function moment(ms: number, now: number): string {
  const at = new Date(ms)
  const minutes = Math.floor((now - ms) / MINUTE)
  if (minutes >= -1 && minutes < 1) return say('shell', 'just_now')
  if (minutes >= 1 && minutes < 10) return say('shell', 'minutes_ago', { n: minutes })
  const days = Math.round((midnight(new Date(now)) - midnight(at)) / DAY)
  const time = clock(ms)
  if (days === 0) return say('shell', 'today_at', { time })
  if (days === 1) return say('shell', 'yesterday_at', { time })
  if (at.getFullYear() === new Date(now).getFullYear()) {
    return say('shell', 'date_at', { month: monthOf(at), day: at.getDate(), time })
  }
  return say('shell', 'date_year', { year: at.getFullYear(), month: monthOf(at), day: at.getDate() })
}

/** A length of time in its largest unit: `40 秒`, `6 分`, `2 小时`, `3 天`. */
export function span(ms: number): string {
  const long = Math.abs(ms)
  if (long < MINUTE) return say('shell', 'seconds', { n: Math.round(long / 1000) })
  if (long < HOUR) return say('shell', 'minutes', { n: Math.floor(long / MINUTE) })
  if (long < DAY) return say('shell', 'hours', { n: Math.floor(long / HOUR) })
  return say('shell', 'days', { n: Math.floor(long / DAY) })
}
