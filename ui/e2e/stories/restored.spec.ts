// The center's disk is lost and it comes back out of a backup. What phones wrote since is brought
// back by them, photos too, and a phone that was enrolled since only needs a new code.
import type { Page } from '@playwright/test'
import { findAndOpen, goTo, isInStep, logIn, naturalWidth, reportOutage } from '../hands.ts'
import { expect, test } from '../test.ts'

const BEFORE = '楼道灯也不亮,备份之前报的'
const AFTER = '整栋停电,备份之后报的'

/** Opens a report on the console and waits for its photo. */
async function seesWithPhoto(desk: Page, words: string): Promise<void> {
  const line = desk.locator('[data-test=rows] tr', { hasText: words })
  await expect(line).toHaveCount(1, { timeout: 60_000 })
  await line.click()
  const panel = desk.locator('aside.panel')
  await expect(panel).toContainText(words)
  await expect.poll(() => naturalWidth(desk, 'aside.panel img'), { timeout: 60_000 }).toBeGreaterThan(0)
}

test('a center comes back out of a backup', async ({ browser, openPhone, page: desk, ownStage: stage }) => {
  test.setTimeout(300_000)
  const worker = await openPhone('worker', stage)
  await isInStep(worker)

  await test.step('something is reported, and a backup is made', async () => {
    await findAndOpen(worker, 'zst', '张守田')
    await reportOutage(worker, BEFORE)
    await isInStep(worker)
    await stage.backUp()
  })

  await test.step('something more is reported, and a lead gets a new phone', async () => {
    await findAndOpen(worker, 'zst', '张守田')
    await reportOutage(worker, AFTER)
    await isInStep(worker)
    await stage.emptyPhone('lead')
  })
  const context = await browser.newContext()
  const lead = await context.newPage()
  await lead.goto(await stage.url('lead'))
  await lead.locator('[data-test=enrol-code]').fill(await stage.code('lead'))
  await lead.locator('[data-test=primary]').click()
  await isInStep(lead)

  await test.step('the disk is lost', () => stage.restoreCenter())

  await test.step('the worker’s phone brings back what is lost, and its person does nothing', async () => {
    await goTo(worker, '/outbox')
    await worker.locator('[data-test=sync-now]').click()
    await isInStep(worker)
    await logIn(desk, stage)
    await seesWithPhoto(desk, BEFORE)
    await seesWithPhoto(desk, AFTER)
  })

  await test.step('the phone that was enrolled since says what it needs, and goes on', async () => {
    await goTo(lead, '/outbox')
    await expect(lead.locator('[data-test=enrol-again]')).toBeVisible({ timeout: 60_000 })
    await lead.locator('[data-test=enrol-again]').click()
    await lead.locator('[data-test=enrol-code]').fill(await stage.code('lead'))
    await lead.locator('[data-test=primary]').click()
    await isInStep(lead)
  })
  await context.close()
})
