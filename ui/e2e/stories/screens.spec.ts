// Every screen comes up with its heading, and nothing on it shuts out people who see, hear or
// tap badly (as far as a program can tell).
import type { Page } from '@playwright/test'
import { logIn } from '../hands.ts'
import { LEAD_SCREENS, WORKER_SCREENS, lock, placesOf, show, unlock, withNewPhone } from '../screens.ts'
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
  await lookAt(page, WORKER_SCREENS, await placesOf(page))
})

test('the building lead’s screens', async ({ openPhone }) => {
  test.setTimeout(180_000)
  const { dwelling } = await placesOf(await openPhone('worker'))
  const page = await openPhone('lead')
  await lookAt(page, LEAD_SCREENS, { building: '', household: '', resident: '', report: '', dwelling })
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

test('the console’s pages', async ({ page, stage }) => {
  test.setTimeout(180_000)
  await logIn(page, stage)
  const troubles: string[] = []
  const links = page.getByRole('navigation').getByRole('link')
  // What a log-in may not open is not on its list; the desk has at least these.
  expect(await links.count()).toBeGreaterThanOrEqual(2)
  for (const link of await links.all()) {
    const name = (await link.innerText()).replace(/\d+/, '').trim()
    await test.step(name, async () => {
      await link.click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
      await looksAccessible(page)
    }).catch((error: Error) => troubles.push(`${name}: ${error.message}`))
  }
  expect(troubles.join('\n')).toBe('')
})
