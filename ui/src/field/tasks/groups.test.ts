import { describe, expect, it } from 'vitest'
import type { Task } from '@/bindings/field'
import { taskGroups } from './groups'

const now = new Date(2026, 10, 23, 10).getTime()
const day = (n: number) => new Date(2026, 10, 23 + n, 18).getTime()
const task = (id: string, due: number | null, state = 'open'): Task => ({
  id, title: id, words: '', due, state, household: '', by: { person: '', name: '', role: '', me: false },
})

describe('tasks', () => {
  it('stand by urgency, without those that ended', () => {
    const groups = taskGroups([task('e', null), task('d', day(20)), task('c', day(3)), task('b', day(0)), task('a', day(-2)), task('x', day(-9), 'done')], now)
    expect(groups.map((one) => `${one.group}:${one.tasks.map((t) => t.id).join('')}`)).toEqual(['late:a', 'today:b', 'week:c', 'later:d', 'none:e'])
  })
})
