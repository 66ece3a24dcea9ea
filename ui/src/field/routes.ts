// Every screen of the phone, each fetched when first needed.
import type { RouteRecordRaw } from 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** Shows the bottom bar (workers only). */
    tabs?: boolean
    /** Open without enrolment or while the lock is closed. */
    always?: boolean
    /** One's own work: open while people are hidden for want of contact with the center. */
    own?: boolean
  }
}

export const routes: RouteRecordRaw[] = [
  // Start: the home of the role, see guard.ts.
  { path: '/', name: 'home', component: () => import('./HomeGate.vue') },

  { path: '/today', name: 'today', component: () => import('./today/TodayScreen.vue'), meta: { tabs: true } },
  { path: '/due', name: 'due', component: () => import('./today/DueScreen.vue') },
  { path: '/find', name: 'find', component: () => import('./find/FindScreen.vue') },
  { path: '/roster', name: 'roster', component: () => import('./roster/RosterScreen.vue'), meta: { tabs: true } },
  { path: '/building/:id', name: 'building', component: () => import('./building/BuildingScreen.vue'), props: true },
  { path: '/household/:id', name: 'household', component: () => import('./household/HouseholdScreen.vue'), props: true },
  { path: '/household/:id/add', name: 'add-person', component: () => import('./household/AddPersonScreen.vue'), props: true },
  { path: '/household/:id/person/:resident', name: 'person', component: () => import('./household/PersonScreen.vue'), props: true },
  { path: '/dwelling/:dwelling', name: 'dwelling', component: () => import('./household/HouseholdScreen.vue'), props: true },
  { path: '/visit/:dwelling/:household?', name: 'visit', component: () => import('./visit/VisitScreen.vue'), props: true },
  { path: '/tasks', name: 'tasks', component: () => import('./tasks/TasksScreen.vue') },
  { path: '/notices/:id?', name: 'notices', component: () => import('./notices/NoticesScreen.vue'), props: true },

  { path: '/enrol', name: 'enrol', component: () => import('./enrol/EnrolScreen.vue'), meta: { always: true } },
  { path: '/unlock', name: 'unlock', component: () => import('./unlock/UnlockScreen.vue'), meta: { always: true } },
  { path: '/lapsed', name: 'lapsed', component: () => import('./lapsed/LapsedScreen.vue'), meta: { own: true } },
  { path: '/report', name: 'report', component: () => import('./report/ReportScreen.vue'), meta: { always: true } },
  { path: '/report/done/:id?', name: 'report-done', component: () => import('./report/DoneScreen.vue'), props: true, meta: { always: true } },
  { path: '/reports', name: 'reports', component: () => import('./reports/ReportsScreen.vue'), meta: { own: true } },
  { path: '/case/:id', name: 'case', component: () => import('./reports/CaseScreen.vue'), props: true },
  { path: '/emergency', name: 'emergency', component: () => import('./emergency/EmergencyScreen.vue'), meta: { always: true } },
  { path: '/outbox', name: 'outbox', component: () => import('./outbox/OutboxScreen.vue'), meta: { own: true } },
  { path: '/me', name: 'me', component: () => import('./settings/SettingsScreen.vue'), meta: { tabs: true } },
  { path: '/me/feedback', name: 'feedback', component: () => import('./settings/FeedbackScreen.vue') },
  { path: '/me/about', name: 'about', component: () => import('./settings/AboutScreen.vue') },
  { path: '/map', name: 'map', component: () => import('./map/MapScreen.vue'), meta: { tabs: true } },
  { path: '/lead', name: 'lead', component: () => import('./lead/LeadScreen.vue') },
  { path: '/lead/rooms', name: 'lead-rooms', component: () => import('./lead/RoomsScreen.vue') },
  { path: '/lead/building', name: 'lead-building', component: () => import('./lead/RoomsScreen.vue') },
  { path: '/lead/visit/:dwelling', name: 'lead-visit', component: () => import('./lead/LeadVisitScreen.vue'), props: true },

  { path: '/:rest(.*)*', redirect: '/' },
]
