// Every screen of a phone: how to get there, and what stands at its top.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Page } from '@playwright/test'
import type { Found, Household, ReportLine, Settings } from '../src/bindings/field'
import { ask, goTo } from './hands.ts'
import { expect } from './test.ts'

const root = resolve(import.meta.dirname, '../..')

/** What the paths of a phone's screens are made of. */
export interface Places {
  building: string
  household: string
  dwelling: string
  resident: string
  report: string
}

export interface Screen {
  /** Of its picture. */
  name: string
  path: (at: Places) => string
  /** Its first heading, in Chinese. */
  heading: string | RegExp
  /** What to press after getting there. */
  then?: (page: Page) => Promise<void>
}

/** Waits until nothing moves. */
async function stands(page: Page): Promise<void> {
  // A movement that is taken back while it runs has ended, too.
  await page.evaluate(async () => void (await Promise.allSettled(document.getAnimations().map((one) => one.finished))))
}

/** A dialog that slid or faded in, once it stands still. */
export async function slidIn(page: Page, heading: string | RegExp): Promise<void> {
  await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible()
  await stands(page)
}

/** The worker's, and the chief's too. */
export const WORKER_SCREENS: Screen[] = [
  { name: 'today', path: () => '/today', heading: '今日' },
  { name: 'due', path: () => '/due', heading: '要走访的' },
  { name: 'roster', path: () => '/roster', heading: '名册' },
  { name: 'building', path: (at) => `/building/${at.building}`, heading: /栋/ },
  { name: 'household', path: (at) => `/household/${at.household}`, heading: '5栋2单元501' },
  { name: 'add-person', path: (at) => `/household/${at.household}/add`, heading: '加一个人' },
  { name: 'person', path: (at) => `/household/${at.household}/person/${at.resident}`, heading: '张守田' },
  {
    name: 'field-history',
    path: (at) => `/household/${at.household}/person/${at.resident}`,
    heading: '张守田',
    then: async (page) => {
      await page.locator('[data-test=field-name]').click()
      await expect(page.locator('[data-test=history] li').first()).toBeVisible()
      await slidIn(page, '谁改过')
    },
  },
  { name: 'visit', path: (at) => `/visit/${at.dwelling}/${at.household}`, heading: '记一次走访' },
  {
    name: 'find',
    path: () => '/find',
    heading: '找人',
    then: async (page) => {
      await page.locator('[data-test=find-input]').fill('zst')
      await expect(page.locator('[data-test=hit]').first()).toBeVisible()
    },
  },
  { name: 'tasks', path: () => '/tasks', heading: '任务' },
  { name: 'notices', path: () => '/notices', heading: '通知' },
  { name: 'report', path: () => '/report', heading: '报个事' },
  {
    name: 'categories',
    path: () => '/report',
    heading: '报个事',
    then: async (page) => {
      await page.locator('[data-test=all-categories]').click()
      await expect(page.locator('[data-test=category-picker]')).toBeVisible()
    },
  },
  { name: 'reports', path: () => '/reports', heading: '我报的事' },
  { name: 'case', path: (at) => `/case/${at.report}`, heading: /./ },
  { name: 'map', path: () => '/map', heading: '地图' },
  { name: 'emergency', path: () => '/emergency', heading: '应急' },
  { name: 'outbox', path: () => '/outbox', heading: '送到哪了' },
  { name: 'settings', path: () => '/me', heading: '樊小青' },
  { name: 'feedback', path: () => '/me/feedback', heading: '投诉建议' },
  { name: 'licences', path: () => '/me/about', heading: '关于邻里' },
]

/** A critical problem: its telephone comes before the form. It leaves a draft, see `forgetDraft`. */
export const CALL_FIRST: Screen = {
  name: 'report-call-first',
  path: () => '/report',
  heading: '报个事',
  then: async (page) => {
    await page.locator('[data-test=all-categories]').click()
    await page.locator('[data-test=category-search]').fill('煤气')
    await page.locator('[data-test=category-0306]').click()
    await expect(page.locator('[data-test=call-first]')).toBeVisible()
  },
}

/** What else a worker may see: what follows a report, a door by its flat, and the sheets from below. */
export const WORKER_MORE: Screen[] = [
  { name: 'report-done', path: (at) => `/report/done/${at.report}`, heading: '存好了' },
  { name: 'dwelling', path: (at) => `/dwelling/${at.dwelling}`, heading: '5栋2单元501' },
  {
    name: 'dial',
    path: (at) => `/household/${at.household}`,
    heading: '5栋2单元501',
    then: async (page) => {
      await page.locator('[data-test=person-phone]').first().click()
      await page.locator('[data-test=show-number]').first().click()
      await expect(page.locator('[data-test=purpose-0]')).toBeVisible()
      await stands(page)
    },
  },
  {
    name: 'add-phone',
    path: (at) => `/household/${at.household}`,
    heading: '5栋2单元501',
    then: async (page) => {
      await page.locator('[data-test=household-more]').click()
      await page.locator('[data-test=add-phone]').click()
      await slidIn(page, '加电话')
    },
  },
  {
    name: 'start-muster',
    path: () => '/emergency',
    heading: '应急',
    then: async (page) => {
      await page.locator('[data-test=start-real]').click()
      await slidIn(page, '开始清点')
    },
  },
  CALL_FIRST,
]

/** The building lead's own. */
export const LEAD_SCREENS: Screen[] = [
  { name: 'lead-home', path: () => '/lead', heading: /5栋/ },
  { name: 'lead-rooms', path: () => '/lead/rooms', heading: '去哪家看看' },
  { name: 'lead-building', path: () => '/lead/building', heading: /5栋/ },
  { name: 'lead-visit', path: (at) => `/lead/visit/${at.dwelling}?room=501&unit=2`, heading: '501室' },
  { name: 'lead-report', path: () => '/report', heading: '报个事' },
  { name: 'lead-emergency', path: () => '/emergency', heading: '应急' },
  { name: 'lead-settings', path: () => '/me', heading: '罗桂兰' },
]

/** 张守田's household on a worker's phone, and the newest report. */
export async function placesOf(page: Page): Promise<Places> {
  const { hits } = await ask<Found>(page, 'find', { query: 'zst', limit: 5 })
  const home = await ask<Household>(page, 'household', { household: hits[0]!.household, dwelling: '' })
  const reports = await ask<ReportLine[]>(page, 'my_reports')
  return {
    building: home.building,
    household: home.id,
    dwelling: home.dwelling,
    resident: home.people.find((one) => one.name === '张守田')!.id,
    report: reports[0]?.id ?? '',
  }
}

/** Goes to a screen and waits until it is whole. */
export async function show(page: Page, screen: Screen, at: Places): Promise<void> {
  // Nothing of the screen before, no sheet and no word typed, is left over.
  await goTo(page, '/')
  await goTo(page, screen.path(at))
  await expect(page.getByRole('heading', { level: 1 }).first()).toHaveText(screen.heading)
  await expect(page.locator('.bones')).toHaveCount(0)
  if (screen.then) await screen.then(page)
}

/** Leaves the report and drops what was chosen in it. */
export async function forgetDraft(page: Page): Promise<void> {
  await goTo(page, '/me')
  await expect(page.locator('[data-test=pill]')).toBeVisible()
  await ask(page, 'save_draft', { key: 'report', data: null })
}

/** Changes language, type size or theme, and opens the app anew. */
export async function dress(page: Page, look: Partial<Settings>): Promise<void> {
  await ask(page, 'set_settings', { language: null, large: null, theme: null, ...look })
  await page.reload()
}

/** Closes the lock with a PIN, and waits for its screen. */
export async function lock(page: Page, pin: string): Promise<void> {
  // Reporting and the emergency telephones stay open behind the lock; home doesn't.
  await goTo(page, '/me')
  await ask(page, 'set_pin', { old: null, new: pin })
  await ask(page, 'lock')
  await page.reload()
  await expect(page.getByRole('heading', { name: '输入密码' })).toBeVisible()
}

/** Opens it with the big keys, and takes the PIN away again. */
export async function unlock(page: Page, pin: string): Promise<void> {
  for (const digit of pin) await page.locator(`[data-test=key-${digit}]`).click()
  await page.locator('[data-test=pin-done]').click()
  await expect(page.getByRole('heading', { name: '输入密码' })).toHaveCount(0)
  await ask(page, 'set_pin', { old: pin, new: null })
}

/** Runs `use` with the address of a phone that nobody has enrolled. */
export async function withNewPhone(use: (url: string) => Promise<void>): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'linli-new-phone-'))
  const program = join(root, 'target', process.env.LINLI_PROFILE ?? 'debug', 'linli-webhost')
  const child = spawn(program, ['--data', data, '--ui', join(root, 'ui/dist/field')], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise((done) => child.once('exit', done))
  try {
    const line = await new Promise<string>((done) => createInterface({ input: child.stdout }).once('line', done))
    await use(line.replace('ready ', ''))
  } finally {
    child.kill('SIGTERM')
    await ended
    await rm(data, { recursive: true, force: true })
  }
}
