// Starts the console.
import 'element-plus/es/components/base/style/css'
import '@/shared/tokens.css'
import '@/shared/base.css'
import './console.css'
import { createApp, watch } from 'vue'
import { createRouter, createWebHashHistory } from 'vue-router'
import App from './App.vue'
import { api, DeskError, session } from './api'
import { routes } from './routes'
import { i18n, keptLanguage, setLanguage } from './words'

async function start(): Promise<void> {
  const router = createRouter({ history: createWebHashHistory(), routes })
  router.afterEach((to) => (document.title = to.meta.title ? `${to.meta.title()} · 邻里` : '邻里 · 中心'))
  await setLanguage(keptLanguage())
  await api.session().catch((error: unknown) => {
    // Nobody is logged in, or there is no line: the login page says which when it matters.
    if (!(error instanceof DeskError)) throw error
  })
  createApp(App).use(i18n).use(router).mount('#app')
  watch(session, (who) => {
    if (!who) document.title = '邻里 · 中心'
  })
}

// A ring only for those who work with keys.
addEventListener('keydown', () => document.documentElement.classList.add('keyboard'), true)
addEventListener('pointerdown', () => document.documentElement.classList.remove('keyboard'), true)

void start()
