// The storm, through the screens: 张伯's power is out. Three people work offline on their own
// phones; when the network returns nothing is lost, and where two disagree both are heard.
import type { Page } from '@playwright/test'
import type { Case } from '../../src/bindings/field'
import { ask, coverPart, findAndOpen, goTo, isInStep, logIn, naturalWidth, standHere, takePhoto } from '../hands.ts'
import { expect, test } from '../test.ts'

/** A phone rests between two rounds: what others wrote arrives with its next one. */
const NEXT_ROUND = { timeout: 60_000 }

const REPORT = '5栋整栋停电,张伯一人在家'

/** Opens the form of the household's telephone entry, on the screen of whom it belongs to. */
async function openNumber(page: Page): Promise<void> {
  await page.locator('[data-test=person]', { hasText: '张䶮' }).getByRole('link').click()
  await page.locator('.field-row', { hasText: '129' }).click()
  await expect(page.locator('[data-test=field-input]')).toBeVisible()
}

async function saveNumber(page: Page, number: string): Promise<void> {
  await page.locator('[data-test=field-input]').fill(number)
  await page.locator('[data-test=save-field]').click()
  await expect(page.locator('[data-test=field-input]')).toBeHidden()
}

test('three people work offline, and nothing is lost', async ({ openPhone, page: desk, stage }) => {
  test.setTimeout(300_000)
  const worker = await openPhone('worker')
  const chief = await openPhone('chief')
  const lead = await openPhone('lead')
  const phones = [
    ['worker', worker],
    ['chief', chief],
    ['lead', lead],
  ] as const

  await test.step('all three lose the network', async () => {
    for (const [, page] of phones) await isInStep(page)
    for (const [name, page] of phones) {
      await stage.cut(name)
      await expect(page.locator('[data-test=pill]')).toContainText('离线')
    }
  })

  await test.step('the worker finds the household by initials and logs a visit', async () => {
    await findAndOpen(worker, 'zst', '张守田')
    await worker.getByRole('button', { name: '记一次走访' }).click()
    await worker.locator('[data-test=result-1]').click()
    await worker.locator('[data-test=choice-fair]').click()
    await worker.locator('[data-test=choice-no]').click()
    await worker.locator('[data-test=visit-words]').fill('停电,屋里黑')
    await worker.getByRole('button', { name: '保存' }).click()
    await expect(worker.locator('[data-test=visit]', { hasText: '停电,屋里黑' })).toBeVisible()
  })

  await test.step('corrects the telephone entry', async () => {
    await openNumber(worker)
    await saveNumber(worker, '12911110001')
    await worker.goBack()
  })

  await test.step('and reports the outage with a photo and a position', async () => {
    await worker.locator('[data-test=household-more]').click()
    await worker.getByRole('button', { name: '给这家报个事' }).click()
    await expect(worker.locator('.about')).toHaveText('5栋2单元501')
    await worker.locator('[data-test=all-categories]').click()
    await worker.locator('[data-test=category-search]').fill('停电')
    await worker.locator('[data-test=category-0305]').click()
    await takePhoto(worker)
    await coverPart(worker)
    await standHere(worker)
    await worker.locator('[data-test=words]').fill(REPORT)
    await worker.getByRole('button', { name: '保存' }).click()
    await expect(worker.locator('[data-test=done-receipt]')).toBeVisible()
  })

  await test.step('the chief corrects the same entry differently, and another field', async () => {
    await findAndOpen(chief, 'zhangshoutian', '张守田')
    await openNumber(chief)
    await saveNumber(chief, '12922220002')
    await chief.goBack()
    await chief.locator('[data-test=cycle]').click()
    await chief.locator('[data-test=choice-14]').click()
    await chief.locator('[data-test=save-field]').click()
    await expect(chief.locator('[data-test=cycle]')).toContainText('每14天')
  })

  await test.step('the building lead logs a visit with what was noticed', async () => {
    await goTo(lead, '/lead/rooms')
    await lead.getByRole('button', { name: '2单元' }).click()
    await lead.locator('[data-test=room-501]').click()
    await lead.locator('[data-test=result-1]').click()
    await lead.locator('[data-test=tip-phone]').click()
    await lead.locator('[data-test=tip-phone-number]').fill('12933330003')
    await lead.getByLabel('谁的电话').fill('女儿的新号')
    await lead.locator('[data-test=tip-mobility]').click()
    await lead.locator('[data-test=mobility-arm]').click()
    await lead.getByRole('button', { name: '保存' }).click()
    await expect(lead.locator('[data-test=room-501]')).toBeVisible()
    // A lead sees a door and a surname, never the roster.
    await expect(lead.getByText('张守田')).toHaveCount(0)
  })

  await test.step('each phone says what waits', async () => {
    for (const [, page] of phones) {
      await goTo(page, '/me')
      await expect(page.locator('[data-test=pill]')).toContainText(/离线 · \d+条待传/)
    }
  })

  await test.step('the network returns, and everything is sent', async () => {
    for (const [name] of phones) await stage.restore(name)
    for (const [, page] of phones) await isInStep(page)
  })

  await test.step('worker and chief see both values of the entry, and by whom', async () => {
    for (const [page, other] of [
      [worker, '王桂英'],
      [chief, '樊小青'],
    ] as const) {
      await findAndOpen(page, 'zst', '张守田')
      const clash = page.locator('[data-test=clash]')
      await expect(clash).toHaveCount(1, NEXT_ROUND)
      await expect(clash.getByRole('listitem')).toHaveCount(2)
      await expect(clash.getByRole('listitem').filter({ hasText: '0001' })).toContainText(page === worker ? '你' : other)
      await expect(clash.getByRole('listitem').filter({ hasText: '0002' })).toContainText(page === chief ? '你' : other)
      await expect(page.locator('[data-test=tip]')).toHaveCount(2, NEXT_ROUND)
      // What didn't clash stands on both.
      await expect(page.locator('[data-test=cycle]')).toContainText('每14天', NEXT_ROUND)
      await expect(page.locator('[data-test=visit]', { hasText: '停电,屋里黑' })).toBeVisible(NEXT_ROUND)
    }
  })

  await test.step('settled on one phone, it is settled on the other', async () => {
    const theirs = worker.locator('[data-test=clash]').getByRole('listitem').filter({ hasText: '王桂英' })
    await theirs.locator('[data-test=use-this]').click()
    await expect(worker.locator('[data-test=clash]')).toHaveCount(0)
    await expect(chief.locator('[data-test=clash]')).toHaveCount(0, NEXT_ROUND)
    await chief.locator('[data-test=person]', { hasText: '张䶮' }).getByRole('link').click()
    await expect(chief.locator('.field-row', { hasText: '129' })).toContainText('0002')
    await chief.goBack()
  })

  await test.step('a tip becomes the worker’s own edit', async () => {
    const elder = (page: Page) => page.locator('[data-test=person]', { hasText: '张守田' })
    const tip = worker.locator('[data-test=tip]', { hasText: '行动' })
    await tip.locator('[data-test=adopt]').click()
    await expect(elder(worker)).toContainText('下楼要搀扶')
    await expect(worker.locator('[data-test=tip]')).toHaveCount(1)
    await expect(elder(chief)).toContainText('下楼要搀扶', NEXT_ROUND)
    await expect(chief.locator('[data-test=tip]')).toHaveCount(1)
  })

  await test.step('the desk has the case in its table, on its map, with its photo', async () => {
    await logIn(desk, stage)
    const line = desk.locator('[data-test=rows] tr', { hasText: REPORT })
    // Reported from the household: the desk reads the building, not the door.
    await expect(line.first()).toContainText('3网格 · 5栋')
    await line.first().click()
    const panel = desk.locator('aside.panel')
    await expect(panel).toContainText(REPORT)
    await expect(panel).toContainText('人在图上点的')
    await expect(panel.locator('.map .d-pin')).toBeVisible()
    await expect.poll(() => naturalWidth(desk, 'aside.panel img'), { timeout: 60_000 }).toBeGreaterThan(0)
    const id = await line.first().getAttribute('data-id')
    // The phone knows since when the center has known of the photo.
    const { media } = await ask<Case>(worker, 'case', { id })
    expect(media[0]!.named_at).not.toBeNull()
    const drawn = desk.waitForResponse((answer) => answer.url().endsWith('/api/map'))
    await desk.getByRole('link', { name: '地图' }).click()
    const { spots } = (await (await drawn).json()) as { spots: { id: string }[] }
    expect(spots.map((spot) => spot.id)).toContain(id)
    await expect(desk.locator('.sketch')).toBeVisible()
  })
})

test('a form opened before a sync and saved after it clashes, visibly', async ({ openPhone }) => {
  test.setTimeout(180_000)
  const worker = await openPhone('worker')
  const chief = await openPhone('chief')
  for (const page of [worker, chief]) {
    await isInStep(page)
    await findAndOpen(page, 'zst', '张守田')
  }

  await openNumber(worker)
  await worker.locator('[data-test=field-input]').fill('12955550005')

  await openNumber(chief)
  await saveNumber(chief, '12944440004')
  // It arrives on the worker's phone behind the open form.
  await expect(worker.locator('.field-row', { hasText: '129' })).toContainText('0004', NEXT_ROUND)
  await expect(worker.locator('[data-test=field-input]')).toHaveValue('12955550005')

  await worker.locator('[data-test=save-field]').click()
  await expect(worker.locator('[data-test=field-input]')).toBeHidden()
  await worker.goBack()
  await chief.goBack()
  for (const page of [worker, chief]) {
    const clash = page.locator('[data-test=clash]')
    await expect(clash.getByRole('listitem').filter({ hasText: '0004' })).toContainText(page === chief ? '你' : '王桂英', NEXT_ROUND)
    await expect(clash.getByRole('listitem').filter({ hasText: '0005' })).toContainText(page === worker ? '你' : '樊小青')
  }
})
