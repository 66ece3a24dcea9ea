// What both applications' builds have in common.
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import type { Plugin, UserConfig } from 'vite'
import { messages } from './i18n.ts'
import { reference } from './reference.ts'

const ui = resolve(import.meta.dirname, '..')

/** The content policy: our own scripts and styles, our own photos, nothing from elsewhere. */
export const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  // The photo scheme is a host of its own on Android and Windows.
  "img-src 'self' data: blob: photo: http://photo.localhost https://photo.localhost",
  "connect-src 'self' ipc: http://ipc.localhost https://ipc.localhost",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** Puts the policy into the built page; the dev server needs inline styles and stays without. */
function policy(): Plugin {
  return {
    name: 'linli-policy',
    apply: 'build',
    transformIndexHtml: (html) =>
      html.replace(
        '<meta charset="utf-8">',
        `<meta charset="utf-8">\n    <meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
      ),
  }
}

/** The build of one application: `field` or `center`. */
export function app(name: 'field' | 'center', more: UserConfig = {}): UserConfig {
  return {
    root: resolve(ui, name),
    publicDir: resolve(ui, name, 'public'),
    // Relative, so that the app shell and the loopback web host can both serve it.
    base: './',
    plugins: [vue(), messages(), reference(), policy()],
    resolve: {
      alias: {
        '@': resolve(ui, 'src'),
        // Without the message compiler: messages are compiled while building.
        'vue-i18n': 'vue-i18n/dist/vue-i18n.runtime.mjs',
      },
    },
    define: {
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_I18N_LEGACY_API__: 'false',
      __VUE_I18N_FULL_INSTALL__: 'false',
      __INTLIFY_PROD_DEVTOOLS__: 'false',
      __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
    },
    ...more,
    build: {
      outDir: resolve(ui, 'dist', name),
      emptyOutDir: true,
      assetsInlineLimit: 2048,
      modulePreload: { polyfill: true },
      manifest: 'manifest.json',
      ...more.build,
    },
  }
}
