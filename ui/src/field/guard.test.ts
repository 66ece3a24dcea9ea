// Which screen a phone may show.
import { describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Boot, Status } from '@/bindings/field'
import { divert } from './guard'
import { routes } from './routes'

const router = createRouter({ history: createMemoryHistory(), routes })
const status = (boot: Boot, role = 'R01'): Status =>
  ({ boot, me: boot === 'ready' || boot === 'locked' ? { role } : null }) as unknown as Status
const go = (to: string, boot: Boot, role?: string) => divert(status(boot, role), router.resolve(to))

describe('guard', () => {
  it.each(['fresh', 'key_lost', 'recovering', 'damaged', 'wiped'] as const)('%s: enrolment and emergency telephones only', (boot) => {
    expect(go('/', boot)).toBe('/enrol')
    expect(go('/household/x', boot)).toBe('/enrol')
    expect(go('/report', boot)).toBe('/enrol')
    expect(go('/enrol', boot)).toBeNull()
    expect(go('/emergency', boot)).toBeNull()
  })

  it('hindered: the first screen says why, and emergency telephones open', () => {
    expect(go('/', 'hindered')).toBeNull()
    expect(go('/emergency', 'hindered')).toBeNull()
    expect(go('/enrol', 'hindered')).toBe('/')
    expect(go('/household/x', 'hindered')).toBe('/')
  })

  it('locked: a new report and emergency telephones open, and the way back is kept', () => {
    expect(go('/report', 'locked')).toBeNull()
    expect(go('/emergency', 'locked')).toBeNull()
    expect(go('/unlock', 'locked')).toBeNull()
    expect(go('/household/x', 'locked')).toBe('/unlock?to=%2Fhousehold%2Fx')
    expect(go('/outbox', 'locked')).toBe('/unlock?to=%2Foutbox')
    expect(go('/find', 'locked')).toBe('/unlock?to=%2Ffind')
  })

  it('lapsed: people are hidden, one’s own work and emergency telephones open', () => {
    for (const open of ['/report', '/emergency', '/outbox', '/reports', '/lapsed']) expect(go(open, 'lapsed')).toBeNull()
    for (const closed of ['/', '/today', '/household/x', '/find', '/map', '/case/x', '/unlock', '/enrol']) {
      expect(go(closed, 'lapsed')).toBe('/lapsed')
    }
    expect(go('/lapsed', 'ready')).toBe('/today')
    expect(go('/lapsed', 'locked')).toBe('/unlock?to=%2Flapsed')
  })

  it('ready: each role has its home', () => {
    expect(go('/', 'ready')).toBe('/today')
    expect(go('/', 'ready', 'R04')).toBe('/today')
    expect(go('/', 'ready', 'R02')).toBe('/lead')
    expect(go('/today', 'ready', 'R02')).toBe('/lead')
    expect(go('/household/x', 'ready', 'R02')).toBe('/lead')
    expect(go('/emergency', 'ready', 'R02')).toBeNull()
    expect(go('/lead', 'ready', 'R01')).toBe('/today')
    expect(go('/unlock', 'ready')).toBe('/today')
    expect(go('/household/x', 'ready')).toBeNull()
  })

  it('shows nothing but the start before the status is known', () => {
    expect(divert(null, router.resolve('/household/x'))).toBe('/')
    expect(divert(null, router.resolve('/'))).toBeNull()
  })
})

describe('routes', () => {
  it('has no two screens under one name, and sends unknown addresses home', () => {
    const names = routes.map((route) => route.name).filter(Boolean)
    expect(new Set(names).size).toBe(names.length)
    expect(router.resolve('/nowhere/at/all').matched[0]!.redirect).toBe('/')
  })
})
