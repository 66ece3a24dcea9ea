// What came back: the tray on the phone, and the chief's page at the console.
import type { Page } from '@playwright/test'
import type { Outbox } from '../../src/bindings/field'
import { CHIEF_LOGIN, nextDoor, reportNextDoor } from '../returned.ts'
import { ask, goTo, isInStep, logIn, naturalWidth, takePhoto } from '../hands.ts'
import { dress, slidIn } from '../screens.ts'
import { expect, test } from '../test.ts'
import { makeFolder, take } from './take.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' }, deviceScaleFactor: 1 })
test.beforeAll(makeFolder)

test('what came back', async ({ openPhone, page: desk, stage }) => {
  test.setTimeout(240_000)
  const page = await openPhone('worker')
  const lead = await openPhone('lead')
  const house = await nextDoor(await openPhone('chief'))
  await isInStep(page)
  await page.setViewportSize({ width: 360, height: 740 })
  await reportNextDoor(lead, house, '楼门口的路灯坏了两天,晚上看不清台阶')
  await reportNextDoor(lead, house, '灯修好了又灭了')
  await reportNextDoor(page, house, '单元门口那盏也一闪一闪的')
  await isReturned(page, 1)
  await reportNextDoor(page, house, '路灯不亮,老人晚上出门看不清', () => takePhoto(page))
  await isReturned(page, 2)

  await test.step('the chief’s page', async () => {
    await stage.letIn(CHIEF_LOGIN)
    await logIn(desk, stage, CHIEF_LOGIN)
    await desk.getByRole('link', { name: '退回' }).click()
    const line = desk.locator('[data-test=returned]')
    await expect(line).toHaveCount(4, { timeout: 60_000 })
    await line.filter({ hasText: '晚上看不清台阶' }).locator('[data-test=accept]').click()
    await desk.locator('[data-test=sure]').click()
    await expect(desk.locator('[data-state=accepted]')).toHaveCount(1)
    await line.filter({ hasText: '一闪一闪' }).locator('[data-test=refuse]').click()
    await desk.locator('[data-test=reason]').fill('这盏归物业,已经转给他们去修')
    await desk.locator('[data-test=go]').click()
    await expect(desk.locator('[data-state=refused]')).toHaveCount(1)
    await expect(desk.locator('.el-overlay:visible')).toHaveCount(0)
    await take(desk, 'console-returned')
    await desk.getByRole('button', { name: 'English' }).click()
    await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Returned')
    await take(desk, 'console-returned-english')
  })

  await test.step('the tray', async () => {
    await goTo(page, '/outbox')
    const cards = page.locator('[data-test=attention]')
    await expect(cards.filter({ hasText: '归物业' })).toHaveCount(1, { timeout: 60_000 })
    const card = cards.filter({ has: page.locator('img') })
    await expect(card).toHaveCount(1)
    const looks = [
      ['tray', { language: 'zh-CN' }],
      ['tray-english', { language: 'en' }],
      ['tray-large', { language: 'zh-CN', large: true }],
    ] as const
    for (const [name, look] of looks) {
      await dress(page, look)
      await expect.poll(() => naturalWidth(page, '[data-test=attention] img')).toBeGreaterThan(0)
      // The heading above the cards, below the bar at the top.
      await page.locator('.section', { has: page.locator('h2') }).first().evaluate((node) => scrollTo(0, node.getBoundingClientRect().top + scrollY - 64))
      await take(page, name)
    }
    await dress(page, { large: false })
    await card.locator('[data-test=mend]').click()
    await slidIn(page, '改一改再发')
    await take(page, 'tray-mend')
    await page.keyboard.press('Escape')
    await card.locator('[data-test=discard]').click()
    await slidIn(page, '这一条不要了吗?')
    await take(page, 'tray-discard')
  })
})

async function isReturned(page: Page, count: number): Promise<void> {
  await expect.poll(async () => (await ask<Outbox>(page, 'outbox')).attention.length, { timeout: 60_000 }).toBe(count)
}
