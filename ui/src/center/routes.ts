// The pages; each is fetched when it is first opened.
import type { RouteRecordRaw } from 'vue-router'
import type { Pages } from '@/bindings/center'
import { say } from './words'

declare module 'vue-router' {
  interface RouteMeta {
    title?: () => string
    /** What must be open to the person. */
    needs?: keyof Pages
  }
}

export const routes: RouteRecordRaw[] = [
  {
    path: '/cases',
    component: () => import('./cases/CasesPage.vue'),
    meta: { needs: 'cases', title: () => say('shell', 'nav_cases') },
  },
  {
    path: '/map',
    component: () => import('./map/MapPage.vue'),
    meta: { needs: 'cases', title: () => say('shell', 'nav_map') },
  },
  {
    path: '/returned',
    component: () => import('./returned/ReturnedPage.vue'),
    meta: { needs: 'returned', title: () => say('shell', 'nav_returned') },
  },
  {
    path: '/devices',
    component: () => import('./devices/DevicesPage.vue'),
    meta: { needs: 'devices', title: () => say('shell', 'nav_devices') },
  },
  {
    path: '/recoveries',
    component: () => import('./recoveries/RecoveriesPage.vue'),
    meta: { needs: 'recoveries', title: () => say('shell', 'nav_recoveries') },
  },
  { path: '/:rest(.*)*', component: () => import('./shell/HomePage.vue') },
]
