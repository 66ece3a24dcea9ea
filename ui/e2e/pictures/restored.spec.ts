// What phones say when the center came back out of a backup.
import { goTo, isInStep } from '../hands.ts'
import { dress } from '../screens.ts'
import { expect, looksAccessible, test } from '../test.ts'
import { makeFolder, take } from './take.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' }, deviceScaleFactor: 1 })
test.beforeAll(makeFolder)

test('a restored center', async ({ openPhone, ownStage: stage }) => {
  test.setTimeout(180_000)
  const lead = await openPhone('lead', stage)
  await lead.setViewportSize({ width: 360, height: 740 })
  await isInStep(lead)
  await stage.backUp()
  await stage.emptyPhone('lead')
  await lead.goto(await stage.url('lead'))
  await lead.locator('[data-test=enrol-code]').fill(await stage.code('lead'))
  await lead.locator('[data-test=primary]').click()
  await isInStep(lead)
  await stage.restoreCenter()

  await goTo(lead, '/outbox')
  const again = lead.locator('[data-test=enrol-again]')
  await expect(again).toBeVisible({ timeout: 60_000 })
  await looksAccessible(lead)
  await take(lead, 'enrol-again')
  await dress(lead, { language: 'en' })
  await expect(again).toBeVisible()
  await take(lead, 'enrol-again-english')
})
