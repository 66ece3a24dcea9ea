// A record that the center gives back: a problem at a house of the grid next door.
import type { Page } from '@playwright/test'
import type { BuildingLine } from '../src/bindings/field'
import { ask, goTo } from './hands.ts'
import { expect } from './test.ts'

/** Log-in of the chief of 5栋's community. */
export const CHIEF_LOGIN = 'r04-002002'

export interface House {
  id: string
  name: string
}

/** A house of the chief's community outside 5栋's grid. */
export async function nextDoor(chief: Page): Promise<House> {
  const houses = await ask<BuildingLine[]>(chief, 'buildings')
  const home = houses.find((one) => one.name === '5栋')!
  const other = houses.find((one) => one.grid !== home.grid)!
  return { id: other.id, name: other.name }
}

/** Reports a street lamp there; the id of the report. */
export async function reportNextDoor(page: Page, house: House, words: string, photo?: () => Promise<void>): Promise<string> {
  await goTo(page, `/report?category=0302&place=${house.id}&name=${encodeURIComponent(house.name)}`)
  await expect(page.locator('.about')).toHaveText(house.name)
  if (photo) await photo()
  await page.locator('[data-test=words]').fill(words)
  await page.getByRole('button', { name: /保存|Save/ }).click()
  await expect(page.locator('[data-test=done-receipt]')).toBeVisible()
  return /report\/done\/([\w-]+)/.exec(page.url())![1]!
}
