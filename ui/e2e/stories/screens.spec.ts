// Every screen comes up with its heading, and nothing on it shuts out people who see, hear or
// tap badly (as far as a program can tell).
import type { Page } from '@playwright/test'
import { enter, logIn, openConsole } from '../hands.ts'
import { LEAD_SCREENS, WORKER_MORE, WORKER_SCREENS, dress, forgetDraft, lock, placesOf, show, slidIn, unlock, withNewPhone } from '../screens.ts'
import type { Places, Screen } from '../screens.ts'
import { expect, looksAccessible, test } from '../test.ts'

/** Looks at all of them before it complains of any. */
async function lookAt(page: Page, screens: Screen[], at: Places): Promise<void> {
  const troubles: string[] = []
  for (const screen of screens) {
    await test.step(screen.name, async () => {
      await show(page, screen, at)
      await looksAccessible(page)
    }).catch((error: Error) => troubles.push(`${screen.name}: ${error.message}`))
  }
  expect(troubles.join('\n')).toBe('')
}

test('the worker’s screens', async ({ openPhone }) => {
  test.setTimeout(300_000)
  const page = await openPhone('worker')
  await lookAt(page, [...WORKER_SCREENS, ...WORKER_MORE], await placesOf(page))
  await forgetDraft(page)
})

test('the building lead’s screens', async ({ openPhone }) => {
  test.setTimeout(180_000)
  const { dwelling } = await placesOf(await openPhone('worker'))
  const page = await openPhone('lead')
  await lookAt(page, LEAD_SCREENS, { building: '', household: '', resident: '', report: '', dwelling })
})

test('in English, in large type and at night', async ({ openPhone }) => {
  test.setTimeout(180_000)
  const page = await openPhone('chief')
  const at = await placesOf(page)
  const some = ['today', 'building', 'household', 'report', 'emergency', 'outbox']
  const screens = WORKER_SCREENS.filter(({ name }) => some.includes(name)).map((screen) => ({ ...screen, heading: /./ }))
  expect(screens).toHaveLength(some.length)
  for (const look of [{ language: 'en' }, { language: 'zh-CN', large: true }, { large: false, theme: 'dark' }] as const) {
    await dress(page, look)
    await lookAt(page, screens, at)
  }
  await dress(page, { theme: 'light' })
})

test('the lock', async ({ openPhone }) => {
  const page = await openPhone('chief')
  await lock(page, '2580')
  await looksAccessible(page)
  await unlock(page, '2580')
})

test('a phone that nobody has enrolled', async ({ page }) => {
  await withNewPhone(async (url) => {
    await page.goto(url)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('登记这部手机')
    await looksAccessible(page)
  })
})

/** Opens every page that is open to whoever is logged in: just these, by their names. */
async function lookAtConsole(page: Page, names: string[]): Promise<void> {
  const links = page.getByRole('navigation').getByRole('link')
  await expect(links).toHaveText(names.map((name) => new RegExp(`^\\s*${name}\\s*\\d*\\s*$`)))
  const troubles: string[] = []
  for (const [at, name] of names.entries()) {
    await test.step(name, async () => {
      await links.nth(at).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
      // What is being fetched is a page of its own; it isn't the one that was asked for.
      await expect(page.locator('main .wait')).toHaveCount(0)
      await looksAccessible(page)
    }).catch((error: Error) => troubles.push(`${name}: ${error.message}`))
  }
  expect(troubles.join('\n')).toBe('')
}

test('the console’s door, and the pages of a desk', async ({ page, stage }) => {
  test.setTimeout(180_000)
  await openConsole(page, stage)
  await looksAccessible(page)
  await enter(page, stage)
  await lookAtConsole(page, ['事件', '地图'])
  await test.step('an open case', async () => {
    await page.getByRole('link', { name: '事件' }).click()
    await page.locator('[data-test=rows] tr').first().click()
    await expect(page.locator('aside.panel')).toBeVisible()
    await looksAccessible(page)
  })
})

test('a console with no page open', async ({ page, stage }) => {
  await stage.letIn('r13')
  await openConsole(page, stage)
  await enter(page, stage, 'r13')
  await expect(page.getByText('你的岗位在工作台上没有要看的页面')).toBeVisible()
  await looksAccessible(page)
})

test('a phone that lost its key, and the security administrator’s pages', async ({ page, ownStage: stage, browser }) => {
  test.setTimeout(180_000)
  await stage.loseKey('lead')
  const context = await browser.newContext()
  const phone = await context.newPage()
  await phone.goto(await stage.url('lead'))
  await expect(phone.locator('[data-test=key-lost]')).toBeVisible()
  await looksAccessible(phone)
  await phone.locator('[data-test=enrol-code]').fill(await stage.code('lead'))
  await phone.locator('[data-test=primary]').click()
  await expect(phone.locator('[data-test=recovering]')).toBeVisible()
  await looksAccessible(phone)

  await stage.letIn('r15')
  await logIn(page, stage, 'r15')
  await lookAtConsole(page, ['手机', '找回钥匙'])
  await test.step('a reason is asked for', async () => {
    await expect(page.locator('[data-recovery=waiting]')).toHaveCount(1)
    await page.locator('[data-test=refuse]').click()
    await slidIn(page, /^不交还给/)
    await looksAccessible(page)
  })
  await test.step('the key goes back, and the phone goes on', async () => {
    await page.getByRole('button', { name: '先不' }).click()
    await page.locator('[data-test=approve]').click()
    await page.locator('[data-test=go]').click()
    await expect(page.locator('[data-recovery=approved]')).toHaveCount(1)
    await phone.locator('[data-test=primary]').click()
    await expect(phone.locator('[data-test=lead-report]')).toBeVisible()
  })
  await context.close()
})
