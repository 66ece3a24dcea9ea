// What a due line says and where it leads.
import type { DueItem } from '@/bindings/field'
import { say } from '@/i18n'
import { flag } from '../words/codes'
import { dueWords } from '../words/due'
import type { DueWords } from '../words/due'
import { fieldWord } from '../words/fields'
import { day } from '../words/when'

export interface DueLine {
  key: string
  title: string
  sub: string
  to: string
  icon: 'care' | 'door' | 'task' | 'clash' | 'tip'
  tone: 'red' | 'lamp' | 'rain' | 'pine' | 'plain'
  light: DueWords
}

function visitTitle(item: DueItem): { title: string; care: boolean } {
  // The first that asks for care: 独居 before 党员.
  const why = item.why.map(flag).find((one) => one.tone !== 'plain')
  if (!why) return { title: say('today', 'visit_home', { name: item.title }), care: false }
  return { title: say('today', 'visit_why', { name: item.title, why: why.words }), care: true }
}

/** Turns a due item into its line. */
export function dueLine(item: DueItem, now: number = Date.now()): DueLine {
  const key = `${item.kind} ${item.id} ${item.title}`
  const light: DueWords = item.days === null ? { words: say('common', 'due_none'), tone: 'plain' } : dueWords(item.state, item.days, now)
  const overdue = item.state === 'overdue'
  const to = item.kind === 'task' ? `/tasks?task=${item.id}` : `/household/${item.id}`
  switch (item.kind) {
    case 'visit': {
      const { title, care } = visitTitle(item)
      const last = item.last === null ? say('today', 'never') : say('today', 'last', { day: day(item.last, now) })
      const sub = `${item.place}${say('common', 'dot')}${last}`
      return { key, title, sub, to, icon: care ? 'care' : 'door', tone: overdue ? 'red' : care ? 'lamp' : 'pine', light }
    }
    case 'task':
      return { key, title: item.title, sub: item.place, to, icon: 'task', tone: overdue ? 'red' : 'rain', light }
    case 'clash': {
      const field = item.why[0] && fieldWord(item.why[0])
      const title = field
        ? say('today', 'clash', { name: item.title, field })
        : say('today', 'clash_some', { name: item.title })
      return { key, title, sub: item.place, to, icon: 'clash', tone: 'lamp', light: { words: say('today', 'word_clash'), tone: 'lamp' } }
    }
    case 'tip':
      return {
        key,
        title: say('today', 'tip', { name: item.title }),
        sub: item.place,
        to,
        icon: 'tip',
        tone: 'pine',
        light: { words: say('today', 'word_tip'), tone: 'pine' },
      }
  }
}

/** The building an address begins with: `5栋2单元501` → `5栋`; empty when it names none. */
export function buildingOf(place: string): string {
  const found = /^(.*?(?:栋|幢|号楼|座|宿舍))/.exec(place)
  return found ? found[1]! : ''
}

/** Groups items by building, most urgent building first; the order inside stays. */
export function byBuilding(items: readonly DueItem[]): { building: string; items: DueItem[] }[] {
  const groups = new Map<string, DueItem[]>()
  for (const item of items) {
    const building = item.kind === 'task' ? '' : buildingOf(item.place)
    const group = groups.get(building)
    if (group) group.push(item)
    else groups.set(building, [item])
  }
  const list = Array.from(groups, ([building, members]) => ({ building, items: members }))
  return [...list.filter((group) => group.building), ...list.filter((group) => !group.building)]
}
