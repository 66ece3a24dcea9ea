// The phone's application, for WebViews back to 80.
import { defineConfig } from 'vite'
import { app } from './vite/base.ts'

// While developing, a web host stands behind the dev server; it answers only its own page.
const phone = process.env['LINLI_PHONE'] ?? 'http://127.0.0.1:7611'
const behind = { target: phone, changeOrigin: true, headers: { origin: phone } }

export default defineConfig(
  app('field', {
    build: { target: 'chrome80', cssTarget: 'chrome80' },
    server: { proxy: { '/cmd': behind, '/events': behind, '/photo': behind, '/incoming': behind, '/resumed': behind } },
  }),
)
