// What the center gives back stands in the tray with all that was written. Its author changes it
// and sends it again; the chief accepts it after all, or says why not, and the phone tells.
import type { Page } from '@playwright/test'
import { goTo, isInStep, logIn } from '../hands.ts'
import { CHIEF_LOGIN, nextDoor, reportNextDoor } from '../returned.ts'
import { expect, looksAccessible, test } from '../test.ts'

/** A phone rests between two rounds: what others decided arrives with its next one. */
const NEXT_ROUND = { timeout: 60_000 }

const cards = (page: Page) => page.locator('[data-test=attention]')

test('given back, changed and sent again; and accepted after all', async ({ openPhone, page: desk, stage }) => {
  test.setTimeout(240_000)
  const lead = await openPhone('lead')
  const chief = await openPhone('chief')
  const house = await nextDoor(chief)

  await test.step('a lead reports a lamp at a house of the next grid, and says more about it', async () => {
    await isInStep(lead)
    await stage.cut('lead')
    const report = await reportNextDoor(lead, house, '路灯不亮,老人晚上出门看不清')
    await goTo(lead, `/case/${report}`)
    await lead.locator('[data-test=primary]').click()
    await lead.locator('[data-test=remark]').fill('旁边那盏也不亮,在等人修')
    await lead.locator('[data-test=remark-save]').click()
    await expect(lead.locator('[data-test=remark]')).toBeHidden()
    await stage.restore('lead')
  })

  await test.step('both come back, with the reason and all that was written', async () => {
    await goTo(lead, '/outbox')
    await expect(cards(lead)).toHaveCount(2, NEXT_ROUND)
    const report = cards(lead).filter({ hasText: '没报上' })
    await expect(report).toContainText('不在自己管的范围里')
    await expect(report.locator('[data-test=typed]')).toHaveText('路灯不亮,老人晚上出门看不清')
    await expect(cards(lead).filter({ hasText: '补充' })).toContainText('在没收下的那一条上')
    await looksAccessible(lead)
  })

  await test.step('the remark waits for what it stands on', async () => {
    await cards(lead).filter({ hasText: '补充' }).locator('[data-test=again]').click()
    await expect(lead.getByText('先把那一条再发')).toBeVisible()
    await expect(cards(lead)).toHaveCount(2)
    await lead.locator('.toast button').click()
  })

  await test.step('the chief accepts the report after all', async () => {
    await stage.letIn(CHIEF_LOGIN)
    await logIn(desk, stage, CHIEF_LOGIN)
    await desk.getByRole('link', { name: '退回' }).click()
    const line = desk.locator('[data-test=returned]')
    await expect(line).toHaveCount(1)
    await expect(line).toContainText('路灯不亮,老人')
    await expect(line).toContainText('罗桂兰')
    await looksAccessible(desk)
    await line.locator('[data-test=accept]').click()
    await desk.locator('[data-test=sure]').click()
    await expect(desk.locator('[data-test=returned][data-state=accepted]')).toHaveCount(1)
  })

  await test.step('the phone says so', async () => {
    await expect(cards(lead)).toHaveCount(1, NEXT_ROUND)
    await expect(lead.locator('[data-test=outbox-item]', { hasText: '报事' }).locator('[data-test=receipt].accepted').first()).toBeVisible()
  })

  await test.step('the remark, put otherwise, is taken too', async () => {
    await cards(lead).locator('[data-test=mend]').click()
    await lead.locator('[data-test=mend-0]').fill('旁边那盏已经修好了')
    await lead.locator('[data-test=mend-go]').click()
    await expect(cards(lead)).toHaveCount(0)
    await isInStep(lead)
    await desk.getByRole('link', { name: '事件' }).click()
    await desk.locator('[data-test=rows] tr', { hasText: '路灯不亮,老人' }).first().click()
    const panel = desk.locator('aside.panel')
    await expect(panel).toContainText('旁边那盏已经修好了')
    await expect(panel).not.toContainText('在等人修')
    await expect(panel).toContainText('罗桂兰')
  })

  await test.step('and what the chief refuses comes back with the reason', async () => {
    await reportNextDoor(lead, house, '门口堆了纸箱')
    await goTo(lead, '/outbox')
    await expect(cards(lead)).toHaveCount(1, NEXT_ROUND)
    await desk.getByRole('link', { name: '退回' }).click()
    const line = desk.locator('[data-test=returned]', { hasText: '门口堆了纸箱' })
    await line.locator('[data-test=refuse]').click()
    await desk.locator('[data-test=reason]').fill('那一栋已经有人报过')
    await desk.locator('[data-test=go]').click()
    await expect(line).toHaveAttribute('data-state', 'refused')
    await expect(cards(lead)).toContainText('那一栋已经有人报过', NEXT_ROUND)
    await cards(lead).locator('[data-test=discard]').click()
    await lead.locator('[data-test=discard-sure]').click()
    await expect(cards(lead)).toHaveCount(0)
  })
})
