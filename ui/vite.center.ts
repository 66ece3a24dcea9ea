// The console of the desks, for current desktop browsers.
import { defineConfig } from 'vite'
import { app } from './vite/base.ts'

export default defineConfig(app('center', { build: { target: 'chrome109', cssTarget: 'chrome109' } }))
