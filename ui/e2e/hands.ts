// What several stories do by hand: open, find, log in, take a picture.
import type { Page } from '@playwright/test'
import type { Stage } from './stage.ts'
import { expect } from './test.ts'

/** Goes to a screen by its path, as a link would. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), path)
}

/** Reports that a house is without electricity, with a photo, for the household that is open. */
export async function reportOutage(page: Page, words: string): Promise<void> {
  await page.locator('[data-test=household-more]').click()
  await page.getByRole('button', { name: '给这家报个事' }).click()
  await page.locator('[data-test=all-categories]').click()
  await page.locator('[data-test=category-search]').fill('停电')
  await page.locator('[data-test=category-0305]').click()
  await takePhoto(page)
  await page.locator('[data-test=words]').fill(words)
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.locator('[data-test=done-receipt]')).toBeVisible()
}

/** Waits until the pill on the home screen says that everything is at the center. */
export async function isInStep(page: Page): Promise<void> {
  await goTo(page, '/me')
  await expect(page.locator('[data-test=pill]')).toContainText('都送到了', { timeout: 60_000 })
}

/** Types into the search and opens the first hit that has `words`. */
export async function findAndOpen(page: Page, typed: string, words: string): Promise<void> {
  await goTo(page, '/find')
  await page.locator('[data-test=find-input]').fill(typed)
  await page.locator('[data-test=hit]', { hasText: words }).first().click()
  await expect(page.locator('[data-test=person]').first()).toBeVisible()
}

/** Calls a command of the phone's program, for what a screen has no test handle for. */
export async function ask<T>(page: Page, name: string, request: unknown = {}): Promise<T> {
  const answer = await page.evaluate(
    async ([command, body]) => {
      const token = sessionStorage.getItem('linli-token') ?? ''
      const headers = { 'X-Linli-Token': token, 'Content-Type': 'application/json' }
      const response = await fetch(`cmd/${command}`, { method: 'POST', headers, body })
      return { ok: response.ok, value: (await response.json()) as unknown }
    },
    [name, JSON.stringify(request)] as const,
  )
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.value)}`)
  return answer.value as T
}

/** A JPEG of a dark street, drawn in the browser. */
export async function drawPhoto(page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 1280
    canvas.height = 960
    const pen = canvas.getContext('2d')!
    const sky = pen.createLinearGradient(0, 0, 0, 960)
    sky.addColorStop(0, '#26313d')
    sky.addColorStop(1, '#59646c')
    pen.fillStyle = sky
    pen.fillRect(0, 0, 1280, 960)
    for (let house = 0; house < 5; house += 1) {
      pen.fillStyle = house % 2 ? '#171d24' : '#1e262e'
      const top = 300 + ((house * 97) % 180)
      pen.fillRect(house * 265, top, 240, 960 - top)
      pen.fillStyle = '#2b353e'
      for (let pane = 0; pane < 18; pane += 1) {
        pen.fillRect(house * 265 + 26 + (pane % 3) * 70, top + 34 + Math.floor(pane / 3) * 92, 44, 56)
      }
    }
    return canvas.toDataURL('image/jpeg', 0.85)
  })
  return { name: 'street.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(url.split(',')[1]!, 'base64') }
}

/** Hands a picture to the report's camera. */
export async function takePhoto(page: Page): Promise<void> {
  const photo = await drawPhoto(page)
  const chooser = page.waitForEvent('filechooser')
  await page.locator('[data-test=photo-camera]').click()
  await (await chooser).setFiles(photo)
  await expect.poll(() => naturalWidth(page, '.tile-photo img')).toBeGreaterThan(0)
}

/** From a photo that is open: paints over a part of it. */
export async function paintOver(page: Page): Promise<void> {
  await page.locator('[data-test=photo-mask]').click()
  const canvas = page.locator('[data-test=mosaic-canvas]')
  await expect.poll(async () => (await canvas.boundingBox())?.width ?? 0).toBeGreaterThan(200)
  const { x, y, width, height } = (await canvas.boundingBox())!
  await page.mouse.move(x + width * 0.2, y + height * 0.7)
  await page.mouse.down()
  await page.mouse.move(x + width * 0.4, y + height * 0.8, { steps: 6 })
  await page.mouse.up()
}

/** Opens the report's photo, paints over a corner of it and saves that. */
export async function coverPart(page: Page): Promise<void> {
  await page.locator('[data-test=photo-open]').first().click()
  await paintOver(page)
  await page.locator('[data-test=mosaic-save]').click()
  await expect(page.locator('[data-test=mark-masked]')).toBeVisible()
  await page.locator('[data-test=photo-close]').click()
}

/** Taps the map just below a house's name and says "I stand here". */
export async function standHere(page: Page, house = '5栋'): Promise<void> {
  await page.locator('[data-test=pick]').click()
  const map = page.locator('[data-test=pick-point] .sketch')
  const names = map.locator('.m-name').getByText(house, { exact: true })
  await expect(names.first()).toBeAttached()
  // The neighbours' houses have the same names, off the edge of the map.
  const frame = (await map.boundingBox())!
  const boxes = await names.evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height })))
  const inside = boxes.find(({ x, y }) => x > frame.x && x < frame.x + frame.width && y > frame.y && y < frame.y + frame.height)
  if (!inside) throw new Error(`${house} is not on the map`)
  await page.mouse.click(inside.x, inside.y + 8)
  await expect(page.locator('[data-test=pick-point] [role=status]')).toContainText(house)
  await page.locator('[data-test=pick-use]').click()
  await expect(page.locator('[data-test=position] .place')).toBeVisible()
}

/** Width of a picture's own pixels; 0 while it has not loaded. */
export async function naturalWidth(page: Page, selector: string): Promise<number> {
  const image = page.locator(selector).first()
  if ((await image.count()) === 0) return 0
  return image.evaluate((node: HTMLImageElement) => node.naturalWidth)
}

/** Opens the console at its door. */
export async function openConsole(page: Page, stage: Stage): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${stage.front}/console/`)
  await expect(page.locator('input[name=login]')).toBeVisible()
}

/** Logs in at the door: the desk, or somebody whom the stage has let in. */
export async function enter(page: Page, stage: Stage, login = stage.login): Promise<void> {
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill(stage.password)
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-test=logout]')).toBeVisible()
}

/** Opens the console and logs in, where a page with a table comes first. */
export async function logIn(page: Page, stage: Stage, login = stage.login): Promise<void> {
  await openConsole(page, stage)
  await enter(page, stage, login)
  await expect(page.locator('table').first()).toBeVisible()
}
