// Stories on real parts: a center process and three phones behind links that can be cut.
import { defineConfig } from '@playwright/test'

const phone = { width: 390, height: 844 }

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // Each stage is four processes; two cores carry one at a time.
  workers: 1,
  forbidOnly: !!process.env.CI,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list', { printSteps: false }]],
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: phone,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'stories', testMatch: 'stories/*.spec.ts' },
    { name: 'pictures', testMatch: 'pictures/*.spec.ts' },
  ],
})
