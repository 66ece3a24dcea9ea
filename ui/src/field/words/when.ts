// Times as people say them. The phone's own clock is for showing, never for deciding.
import { language, say } from '@/i18n'

const two = (n: number) => (n < 10 ? `0${n}` : String(n))
const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
const DAY = 24 * 3600 * 1000

/** Whole days from `a` to `b` by the calendar. */
function daysBetween(a: Date, b: Date): number {
  return Math.round((midnight(b) - midnight(a)) / DAY)
}

/** `10:12` */
export function clock(ms: number): string {
  const at = new Date(ms)
  return `${two(at.getHours())}:${two(at.getMinutes())}`
}

/** `今天`, `昨天`, `11月16日`, `2025年11月16日` */
export function day(ms: number, now: number = Date.now()): string {
  const at = new Date(ms)
  const today = new Date(now)
  const past = daysBetween(at, today)
  if (past === 0) return say('common', 'today')
  if (past === 1) return say('common', 'yesterday')
  const month = language.value === 'en' ? at.toLocaleString('en', { month: 'short' }) : at.getMonth() + 1
  const params = { year: at.getFullYear(), month, day: at.getDate() }
  return say('common', at.getFullYear() === today.getFullYear() ? 'month_day' : 'year_month_day', params)
}

/** `刚刚`, `5分钟前`, `今天 10:12`, `11月16日 10:12` */
export function moment(ms: number, now: number = Date.now()): string {
  const minutes = Math.floor((now - ms) / 60000)
  if (minutes >= 0 && minutes < 1) return say('common', 'just_now')
  if (minutes >= 0 && minutes < 10) return say('common', 'minutes_ago', { n: minutes })
  return say('common', 'day_time', { day: day(ms, now), time: clock(ms) })
}
