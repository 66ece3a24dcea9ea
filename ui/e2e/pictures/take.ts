// Taking one of docs/pictures.
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { expect } from '../test.ts'

const folder = resolve(import.meta.dirname, '../../../docs/pictures')

export const pictureOf = (name: string): string => join(folder, `${name}.png`)
export const makeFolder = async (): Promise<void> => void (await mkdir(folder, { recursive: true }))

/** Takes it when the photos are there and nothing moves. */
export async function take(page: Page, name: string): Promise<void> {
  await expect(page.locator('.van-toast, .toast')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: pictureOf(name), animations: 'disabled', caret: 'hide', scale: 'css' })
}
