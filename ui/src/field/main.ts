// Starts the phone's application.
import { createApp } from 'vue'
import { createRouter, createWebHashHistory } from 'vue-router'
import { chooseBackend, useBackend } from '@/backend'
import { i18n } from '@/i18n'
import '@/shared/tokens.css'
import '@/shared/base.css'
import App from './App.vue'
import { guard } from './guard'
import './parts/parts.css'
import { routes } from './routes'
import { guardBack } from './state/back'
import { watchShared } from './state/shared'
import { listen, readStatus } from './state/status'

async function start(): Promise<void> {
  // The boot script has said that this engine is too old.
  if (document.documentElement.getAttribute('data-stopped')) return
  useBackend(await chooseBackend())
  const router = createRouter({
    history: createWebHashHistory(),
    routes,
    scrollBehavior: (_to, _from, saved) => saved ?? { left: 0, top: 0 },
  })
  guardBack(router)
  guard(router)
  await readStatus()
  listen()
  createApp(App).use(i18n).use(router).mount('#app')
  watchShared(router)
  // The boot script watches for this.
  document.documentElement.setAttribute('data-started', 'yes')
}

void start()
