// Which screen a phone may show, from how it came up and whose it is.
import type { RouteLocationNormalized, Router } from 'vue-router'
import type { Status } from '@/bindings/field'
import { useStatus } from './state/status'

type To = Pick<RouteLocationNormalized, 'fullPath' | 'meta'> & { name?: RouteLocationNormalized['name'] | null }

/** What only workers have: a building lead sees doors, not households. */
const WORKERS = ['today', 'due', 'find', 'roster', 'building', 'household', 'dwelling', 'person', 'add-person', 'visit']

/** The home of a person: four buttons for a building lead, today for the others. */
export function homeOf(status: Status): 'lead' | 'today' {
  return status.me && status.me.role === 'R02' ? 'lead' : 'today'
}

/** Where `to` leads with this status: null lets it through. */
export function divert(status: Status | null, to: To): string | null {
  if (!status) return to.name === 'home' ? null : '/'
  switch (status.boot) {
    case 'fresh':
    case 'key_lost':
    case 'recovering':
    case 'damaged':
    case 'wiped':
      // Emergency telephones open on every phone.
      return to.name === 'enrol' || to.name === 'emergency' ? null : '/enrol'
    case 'hindered':
      // The first screen says what is in the way.
      return to.name === 'home' || to.name === 'emergency' ? null : '/'
    case 'locked':
      return to.meta.always && to.name !== 'enrol'
        ? null
        : `/unlock?to=${encodeURIComponent(to.name === 'home' ? '/' : to.fullPath)}`
    case 'lapsed':
      // One's own work stays open; the screen says how the rest comes back.
      return (to.meta.always || to.meta.own) && to.name !== 'enrol' && to.name !== 'unlock' ? null : '/lapsed'
    case 'ready':
      if (to.name === 'home' || to.name === 'unlock' || to.name === 'lapsed') return `/${homeOf(status)}`
      if (WORKERS.includes(String(to.name)) && homeOf(status) === 'lead') return '/lead'
      if (to.name === 'lead' && homeOf(status) === 'today') return '/today'
      return null
  }
}

/** Puts the rule before every change of screen. */
export function guard(router: Router): void {
  const status = useStatus()
  router.beforeEach((to) => {
    const other = divert(status.value, to)
    return other === null || other === to.fullPath ? true : { path: other.split('?')[0]!, query: queryOf(other), replace: true }
  })
}

function queryOf(path: string): Record<string, string> {
  const query: Record<string, string> = {}
  new URLSearchParams(path.split('?')[1] ?? '').forEach((value, key) => (query[key] = value))
  return query
}
