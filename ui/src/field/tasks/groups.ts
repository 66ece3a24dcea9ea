// Tasks by when they are due.
import type { Task } from '@/bindings/field'
import { dueOf } from '../words/due'

export type Group = 'late' | 'today' | 'week' | 'later' | 'none'
const ORDER: readonly Group[] = ['late', 'today', 'week', 'later', 'none']

/** Groups that hold something, most urgent first; inside by date. Ended tasks are left out. */
export function taskGroups(tasks: readonly Task[], now: number = Date.now()): { group: Group; tasks: Task[] }[] {
  const of = (task: Task): Group => {
    if (task.due === null) return 'none'
    const { state } = dueOf(task.due, now)
    return state === 'overdue' ? 'late' : state === 'today' ? 'today' : state === 'soon' ? 'week' : 'later'
  }
  const open = tasks.filter((task) => task.state === 'open' || task.state === 'claimed')
  return ORDER.map((group) => ({
    group,
    tasks: open.filter((task) => of(task) === group).sort((a, b) => (a.due ?? 0) - (b.due ?? 0)),
  })).filter((one) => one.tasks.length)
}
