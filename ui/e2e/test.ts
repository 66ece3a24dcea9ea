// `test` with a stage of its own per file, and phones opened in their own browser contexts.
import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { Stage, type PhoneName } from './stage.ts'

interface PerTest {
  /** Opens a phone in a context of its own, on its first screen. */
  openPhone: (name: PhoneName, on?: Stage) => Promise<Page>
  /** One for this test alone, for what those after it would stumble over. */
  ownStage: Stage
}

interface PerFile {
  stage: Stage
}

// Playwright wants the braces even when nothing is taken.
// eslint-disable-next-line no-empty-pattern
async function withStage({}, use: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await Stage.open()
  await use(stage)
  await stage.close()
}

export const test = base.extend<PerTest, PerFile>({
  stage: [withStage, { scope: 'worker', timeout: 120_000 }],
  ownStage: [withStage, { timeout: 120_000 }],
  openPhone: async ({ browser, stage, contextOptions }, use) => {
    const pages: Page[] = []
    await use(async (name, on = stage) => {
      const context = await browser.newContext(contextOptions)
      const page = await context.newPage()
      // A screen that breaks the content policy or throws fails the story.
      page.on('pageerror', (error) => {
        throw error
      })
      pages.push(page)
      await page.goto(await on.url(name))
      // The app has taken the token out of the address: from now on it answers.
      await expect(page).not.toHaveURL(/token=/)
      return page
    })
    for (const page of pages) await page.context().close()
  },
})

/** Fails on what axe calls serious or critical. */
export async function looksAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
  expect(told).toEqual([])
}

export { expect }
