// Unit tests: the same plugins as the build, a small DOM.
import { defineConfig, mergeConfig } from 'vitest/config'
import { app } from './vite/base.ts'

export default mergeConfig(
  app('field'),
  defineConfig({
    root: import.meta.dirname,
    test: { environment: 'happy-dom', include: ['src/**/*.test.ts', 'scripts/*.test.ts'], css: false },
  }),
)
