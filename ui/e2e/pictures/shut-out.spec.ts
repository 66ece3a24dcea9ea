// A phone that was shut out, and one that hasn't met the center for too long.
import type { Status } from '../../src/bindings/field'
import { isInStep } from '../hands.ts'
import { dress } from '../screens.ts'
import { expect, looksAccessible, test } from '../test.ts'
import { makeFolder, take } from './take.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' }, deviceScaleFactor: 1 })
test.beforeAll(makeFolder)

test('a phone that is shut out', async ({ openPhone, stage }) => {
  const page = await openPhone('worker')
  await page.setViewportSize({ width: 360, height: 740 })
  await isInStep(page)

  await test.step('out of touch for a week', async () => {
    // The week alone is made up: everything else is the phone's own answer.
    await page.route('**/cmd/status', async (route) => {
      const answer = await route.fetch()
      const status = (await answer.json()) as Status
      await route.fulfill({ json: { ...status, boot: 'lapsed' } satisfies Status })
    })
    await page.reload()
    await expect(page.locator('[data-test=try]')).toBeVisible()
    await looksAccessible(page)
    await take(page, 'lapsed')
    await dress(page, { large: true })
    await expect(page.locator('[data-test=try]')).toBeVisible()
    await take(page, 'lapsed-large')
    await dress(page, { large: false, language: 'en' })
    await expect(page.locator('[data-test=try]')).toBeVisible()
    await take(page, 'lapsed-english')
    await dress(page, { language: 'zh-CN' })
    await page.unroute('**/cmd/status')
    await page.reload()
    await expect(page.locator('[data-test=try]')).toHaveCount(0)
  })

  await test.step('being emptied', async () => {
    // It takes a moment only: the state alone is made up.
    const hindrance = { code: 'forgetting', params: {} }
    await page.route('**/cmd/status', async (route) => {
      const answer = await route.fetch()
      const status = (await answer.json()) as Status
      await route.fulfill({ json: { ...status, boot: 'hindered', hindrance } satisfies Status })
    })
    const emptied = page.locator('[data-test=forgetting]')
    await page.reload()
    await expect(emptied).toBeVisible()
    await looksAccessible(page)
    await take(page, 'forgetting')
    await dress(page, { large: true })
    await expect(emptied).toBeVisible()
    await take(page, 'forgetting-large')
    await dress(page, { large: false, language: 'en' })
    await page.setViewportSize({ width: 390, height: 844 })
    await expect(emptied).toBeVisible()
    await take(page, 'forgetting-english')
    await page.setViewportSize({ width: 360, height: 740 })
    await dress(page, { language: 'zh-CN' })
    await page.unroute('**/cmd/status')
    await page.reload()
    await expect(emptied).toHaveCount(0)
  })

  await test.step('shut out', async () => {
    await stage.shutOut('R01')
    await expect(page.locator('[data-test=wiped]')).toBeVisible({ timeout: 60_000 })
    await looksAccessible(page)
    await take(page, 'wiped')
  })
})
