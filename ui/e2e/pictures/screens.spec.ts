// docs/pictures: each screen as it is after the storm, in small files.
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import type { Household } from '../../src/bindings/field'
import { ask, enter, findAndOpen, goTo, isInStep, logIn, naturalWidth, openConsole, standHere, takePhoto } from '../hands.ts'
import { CALL_FIRST, LEAD_SCREENS, WORKER_SCREENS, dress, forgetDraft, lock, placesOf, show, unlock, withNewPhone } from '../screens.ts'
import { expect, test } from '../test.ts'
import { makeFolder, pictureOf, take } from './take.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' }, deviceScaleFactor: 1 })
test.describe.configure({ mode: 'serial' })
test.beforeAll(makeFolder)

/** Takes it of a screen that says something before and after: a phone without a network tries
 * again from time to time, and the receipts say so for that moment. */
async function takeWhile(page: Page, name: string, says: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await says()
    await take(page, name)
    await says()
  }).toPass({ timeout: 60_000 })
}

test('after a storm', async ({ openPhone, stage }) => {
  test.setTimeout(300_000)
  const worker = await openPhone('worker')
  const chief = await openPhone('chief')
  const lead = await openPhone('lead')
  for (const page of [worker, chief, lead]) await isInStep(page)
  const { household, dwelling } = await placesOf(worker)
  const home = (page: Page) => ask<Household>(page, 'household', { household, dwelling: '' })

  await stage.cut('worker')
  await stage.cut('chief')
  for (const [page, value] of [
    [worker, '12911110001'],
    [chief, '12922220002'],
  ] as const) {
    const { care, care_seen: seen, phones } = await home(page)
    await ask(page, 'edit_field', { doc: care, field: `phones/${phones[0]!.id}/number`, value, seen })
  }
  await ask(lead, 'log_visit', {
    dwelling, household: '', kind: 'V01', result: 1, mood: '', utilities: '', words: '',
    tips: [{ kind: 'mobility', value: 'arm', words: '' }],
  })
  await findAndOpen(worker, 'zst', '张守田')
  await worker.locator('[data-test=household-more]').click()
  await worker.getByRole('button', { name: '给这家报个事' }).click()
  await worker.locator('[data-test=chip-0305]').click()
  await takePhoto(worker)
  await standHere(worker)
  await worker.locator('[data-test=words]').fill('5栋整栋停电,张伯一人在家')
  await worker.getByRole('button', { name: '保存' }).click()
  await takeWhile(worker, 'report-done', async () => {
    await expect(worker.locator('[data-test=done-receipt] li.on')).toHaveText(['在本机'])
    await expect(worker.locator('[data-test=done-receipt] [role=status]')).toContainText('已经存在这部手机里')
  })
  await goTo(worker, '/outbox')
  await takeWhile(worker, 'outbox-offline', async () => {
    const waiting = worker.locator('[data-test=outbox-item]', { hasNot: worker.locator('[data-test=receipt].accepted') })
    await expect(waiting.locator('[data-test=receipt]')).toHaveText(['在本机', '在本机'])
    await expect(waiting.first()).toContainText('停电')
  })

  await stage.restore('worker')
  await stage.restore('chief')
  for (const page of [worker, chief, lead]) await isInStep(page)
  await expect.poll(async () => {
    const { clashes, tips } = await home(worker)
    return [clashes.length, tips.length]
  }, { timeout: 60_000 }).toEqual([1, 1])
})

test('the worker’s phone', async ({ openPhone }) => {
  test.setTimeout(300_000)
  const page = await openPhone('worker')
  const at = await placesOf(page)
  for (const screen of [...WORKER_SCREENS, CALL_FIRST]) {
    await test.step(screen.name, async () => {
      await show(page, screen, at)
      await take(page, screen.name)
    })
  }
  await forgetDraft(page)
  // The same on a small phone, in large type, in English, at night.
  const looks = [
    ['small', {}, { width: 360, height: 740 }],
    ['large', { large: true }, { width: 390, height: 844 }],
    ['english', { large: false, language: 'en' }, { width: 390, height: 844 }],
    ['dark', { language: 'zh-CN', theme: 'dark' }, { width: 390, height: 844 }],
  ] as const
  for (const [look, settings, size] of looks) {
    await test.step(look, async () => {
      await page.setViewportSize(size)
      await dress(page, settings)
      for (const name of ['today', 'household', 'report']) {
        const screen = WORKER_SCREENS.find((one) => one.name === name)!
        await show(page, look === 'english' ? { ...screen, heading: /./ } : screen, at)
        await take(page, `${name}-${look}`)
      }
    })
  }
  await dress(page, { theme: 'light' })
  await lock(page, '2580')
  await take(page, 'unlock')
  await unlock(page, '2580')
})

test('the building lead’s phone', async ({ openPhone }) => {
  const { dwelling } = await placesOf(await openPhone('worker'))
  const page = await openPhone('lead')
  for (const screen of LEAD_SCREENS) {
    await show(page, screen, { building: '', household: '', resident: '', report: '', dwelling })
    await take(page, screen.name)
  }
})

test('a new phone', async ({ page }) => {
  await withNewPhone(async (url) => {
    await page.goto(url)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('登记这部手机')
    await take(page, 'enrol')
  })
})

test('the console', async ({ page, stage }) => {
  await openConsole(page, stage)
  await take(page, 'console-login')
  await logIn(page, stage)
  await page.locator('[data-test=rows] tr', { hasText: '5栋整栋停电' }).first().click()
  await expect.poll(() => naturalWidth(page, 'aside.panel img'), { timeout: 60_000 }).toBeGreaterThan(0)
  await take(page, 'console-cases')
  await page.getByRole('link', { name: '地图' }).click()
  await expect(page.locator('.ground .leaflet-marker-icon').first()).toBeVisible()
  await take(page, 'console-map')
  await page.locator('[data-test=logout]').click()
  await stage.letIn('r15')
  await enter(page, stage, 'r15')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('手机')
  await expect(page.locator('tbody tr')).toHaveCount(3)
  await take(page, 'console-devices')
})

test('three phones side by side', async ({ page }) => {
  const shots = await Promise.all(
    ['today', 'household', 'lead-home'].map(async (name) => (await readFile(pictureOf(name))).toString('base64')),
  )
  await page.setViewportSize({ width: 1330, height: 924 })
  await page.setContent(`<style>
    body { display: flex; justify-content: space-evenly; align-items: center; height: 100vh; margin: 0; background: #e9ece8; }
    img { display: block; width: 390px; height: 844px; border-radius: 28px; box-shadow: 0 0 0 7px #20262a, 0 12px 34px #0004; }
  </style>${shots.map((shot) => `<img src="data:image/png;base64,${shot}">`).join('')}`)
  await expect.poll(() => naturalWidth(page, 'img:last-child')).toBeGreaterThan(0)
  await page.screenshot({ path: pictureOf('overview'), scale: 'css' })
})
