// A routine visit is at most four taps: the line on "today", "record a visit", how it was, save.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useBackend } from '@/backend'
import type { Backend } from '@/backend'
import type { Household } from '@/bindings/field'
import { i18n } from '@/i18n'
import { forgetQueries } from '../state/query'
import { useToast } from '../state/toast'
import VisitScreen from './VisitScreen.vue'

const household = {
  id: 'h1', dwelling: 'd1', address: '5栋2单元501', visits: [], clashes: [], tips: [], phones: [], siblings: ['h1'],
  people: [{ id: 'r', name: '张守田', flags: ['P20'], population: 'P10', ended: null }],
} as unknown as Household
const calls: [string, unknown][] = []
let refuse = false

async function open() {
  calls.length = 0
  forgetQueries()
  useBackend({
    call: (name: string, request: unknown) => {
      calls.push([name, request])
      if (name === 'log_visit' && refuse) return Promise.reject({ code: 'disk_full', params: {} })
      const answers: Record<string, unknown> = { household, load_draft: { key: 'visit:d1', data: null }, save_draft: {} }
      return Promise.resolve(answers[name] ?? { docs: [], topics: ['visits'], created: 'v1' })
    },
  } as unknown as Backend)
  const any = { template: '<div />' }
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/household/:id', component: any }, { path: '/:rest(.*)*', component: any }] })
  await router.push('/visit/d1/h1')
  const screen = mount(VisitScreen, { props: { dwelling: 'd1', household: 'h1' }, global: { plugins: [router, i18n], stubs: { BottomSheet: true } } })
  await flushPromises()
  return { screen, router, tap: async (name: string) => screen.get(`[data-test=${name}]`).trigger('click') }
}
const logged = () => calls.filter(([name]) => name === 'log_visit').map(([, request]) => request)

beforeEach(() => {
  refuse = false
})

describe('recording a visit', () => {
  it('takes two taps on this screen when all is well, and says so', async () => {
    const { tap, router } = await open()
    await tap('all-good')
    await tap('primary')
    await flushPromises()
    expect(logged()).toEqual([{ dwelling: 'd1', household: 'h1', kind: 'V03', result: 1, mood: 'good', utilities: 'yes', words: '', tips: [] }])
    expect(useToast().value!.words).toBe('记下了,有信号就送')
    expect(router.currentRoute.value.path).toBe('/household/h1')
    // The draft is dropped, not saved again.
    expect(calls[calls.length - 1]).toEqual(['save_draft', { key: 'visit:d1', data: null }])
  })

  it('takes back answers to what nobody could ask', async () => {
    const { tap } = await open()
    await tap('all-good')
    await tap('result-4')
    await tap('primary')
    await flushPromises()
    expect(logged()).toMatchObject([{ result: 4, mood: '', utilities: '' }])
  })

  it('cannot be saved before it is said how it was', async () => {
    const { screen } = await open()
    expect(screen.get('[data-test=primary]').attributes('disabled')).toBeDefined()
  })

  it('keeps everything when saving does not work', async () => {
    refuse = true
    const { tap, screen, router } = await open()
    await tap('result-1')
    await screen.get('[data-test=visit-words]').setValue('想换灯泡')
    await tap('primary')
    await flushPromises()
    expect(useToast().value).toMatchObject({ tone: 'bad', words: '手机存满了,先腾点地方。写的还在。' })
    expect((screen.get('[data-test=visit-words]').element as HTMLTextAreaElement).value).toBe('想换灯泡')
    expect(router.currentRoute.value.path).toBe('/visit/d1/h1')
  })
})
