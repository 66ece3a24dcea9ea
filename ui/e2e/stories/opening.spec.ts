// The phones open on their first screen, and say truly whether they have a network.
import { expect, looksAccessible, test } from '../test.ts'

test('the worker sees today', async ({ openPhone }) => {
  const page = await openPhone('worker')
  await expect(page.locator('[data-test=pill]')).toBeVisible()
  await expect(page.getByText('今天').first()).toBeVisible()
  // The token is no longer in the address, where it could be read over a shoulder.
  expect(page.url()).not.toContain('token')
  await looksAccessible(page)
})

test('the building lead sees four large buttons', async ({ openPhone }) => {
  const page = await openPhone('lead')
  for (const words of ['报个事', '去看看', '我这栋', '应急']) {
    await expect(page.getByText(words, { exact: true }).first()).toBeVisible()
  }
  await looksAccessible(page)
})

test('a cut link shows at once, and its return too', async ({ openPhone, stage }) => {
  const page = await openPhone('chief')
  const pill = page.locator('[data-test=pill]')
  await expect(pill).toBeVisible()
  await stage.cut('chief')
  await expect(pill).toContainText('离线')
  await stage.restore('chief')
  await expect(pill).not.toContainText('离线')
})

test('the demo page shows three phones and cuts their links', async ({ page, stage }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(stage.front)
  await expect(page.locator('iframe')).toHaveCount(3)
  const worker = page.frameLocator('#phone-worker iframe')
  await expect(worker.locator('[data-test=pill]')).toBeVisible()
  const flip = page.locator('#phone-worker .switch')
  await flip.click()
  await expect(flip).toHaveAttribute('aria-checked', 'false')
  await expect(worker.locator('[data-test=pill]')).toContainText('离线')
  await flip.click()
  await expect(flip).toHaveAttribute('aria-checked', 'true')
  await looksAccessible(page)
})

test('the desk logs in at the console, on the same port', async ({ page, stage }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  const live = page.waitForResponse((answer) => answer.url().endsWith('/api/live'))
  await page.goto(`${stage.front}/console/`)
  await page.locator('input').nth(0).fill(stage.login)
  await page.locator('input[type=password]').fill(stage.password)
  await page.keyboard.press('Enter')
  // The stream of news comes through the same port as everything else.
  expect((await live).headers()['content-type']).toContain('text/event-stream')
  await expect(page.locator('table').first()).toBeVisible()
})
