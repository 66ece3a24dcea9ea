// Photos: on the report's strip, large, painted over, in a case, and at the console's gallery.
import type { Page } from '@playwright/test'
import { findAndOpen, goTo, isInStep, logIn, naturalWidth, openConsole, paintOver, standHere, takePhoto } from '../hands.ts'
import { dress, placesOf } from '../screens.ts'
import { expect, test } from '../test.ts'
import { makeFolder, take } from './take.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' }, deviceScaleFactor: 1 })
test.describe.configure({ mode: 'serial' })
test.beforeAll(makeFolder)

const WORDS = '路面塌了一块,骑车要绕行'
const LOOKS = [
  ['', {}, { width: 390, height: 844 }],
  ['-small', {}, { width: 360, height: 740 }],
  ['-large', { large: true }, { width: 390, height: 844 }],
  ['-english', { large: false, language: 'en' }, { width: 390, height: 844 }],
] as const

async function openPhoto(page: Page): Promise<void> {
  await page.locator('[data-test=photo-open]').first().click()
  await expect(page.locator('[data-test=photo-sheet]')).toBeVisible()
  await expect.poll(() => naturalWidth(page, '[data-test=photo-sheet] img')).toBeGreaterThan(0)
}

test('on the phone', async ({ openPhone }) => {
  test.setTimeout(240_000)
  const page = await openPhone('worker')
  await isInStep(page)
  await findAndOpen(page, 'zst', '张守田')
  await page.locator('[data-test=household-more]').click()
  await page.getByRole('button', { name: '给这家报个事' }).click()
  await page.locator('[data-test=all-categories]').click()
  await page.locator('[data-test=category-search]').fill('路面')
  await page.locator('[data-test=category-picker] button[data-test^=category-]').first().click()
  await takePhoto(page)
  await page.locator('[data-test=words]').fill(WORDS)
  await standHere(page)

  for (const [look, settings, size] of LOOKS) {
    await page.setViewportSize(size)
    if (look !== '') await dress(page, settings)
    await goTo(page, '/report')
    await expect.poll(() => naturalWidth(page, '.tile-photo img')).toBeGreaterThan(0)
    await page.locator('[data-test=photo-open]').first().scrollIntoViewIfNeeded()
    await take(page, `photo-strip${look}`)
    await openPhoto(page)
    await take(page, `photo-sheet${look}`)
    await paintOver(page)
    await take(page, `photo-mosaic${look}`)
  }
  await dress(page, { language: 'zh-CN', large: false })
  await goTo(page, '/report')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.locator('[data-test=done-receipt]')).toBeVisible()
  await isInStep(page)

  const { report } = await placesOf(page)
  await goTo(page, `/case/${report}`)
  await page.locator('[data-test=case-photo]').first().click()
  await expect(page.locator('[data-test=viewer]')).toBeVisible()
  await expect.poll(() => naturalWidth(page, '[data-test=viewer] img')).toBeGreaterThan(0)
  await take(page, 'photo-viewer')
})

test('at the console', async ({ page, stage }) => {
  await openConsole(page, stage)
  await logIn(page, stage)
  await page.locator('[data-test=rows] tr', { hasText: WORDS }).first().click()
  await expect.poll(() => naturalWidth(page, 'aside.panel img'), { timeout: 60_000 }).toBeGreaterThan(0)
  await page.setViewportSize({ width: 1120, height: 800 })
  await take(page, 'console-cases-narrow')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.locator('[data-test=photo]').first().click()
  await expect.poll(() => naturalWidth(page, '[data-test=viewer] img')).toBeGreaterThan(0)
  await expect(page.locator('[data-test=viewer]')).toBeVisible()
  await take(page, 'console-gallery')
})
