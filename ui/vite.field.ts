// The phone's application, for WebViews back to 80.
import { defineConfig } from 'vite'
import { app } from './vite/base.ts'

export default defineConfig(app('field', { build: { target: 'chrome80', cssTarget: 'chrome80' } }))
