// A pretend phone for tests of whole screens: answers commands from a table and remembers them.
import { flushPromises, mount } from '@vue/test-utils'
import type { VueWrapper } from '@vue/test-utils'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Component } from 'vue'
import { CommandError, useBackend } from '@/backend'
import type { Backend, PhotoSource } from '@/backend'
import type { Commands, Status } from '@/bindings/field'
import { i18n } from '@/i18n'
import { routes } from '../routes'
import { forgetQueries } from '../state/query'
import { takeStatus } from '../state/status'
import { closeToast } from '../state/toast'
import { skyAbove } from './sky'

type Answers = { [N in keyof Commands]?: Commands[N][1] | ((request: Commands[N][0]) => Commands[N][1]) }

/** What was asked, in order. */
export const asked: { name: string; request: unknown }[] = []

/** Requests of one command. */
export function requests(name: keyof Commands): unknown[] {
  return asked.filter((one) => one.name === name).map((one) => one.request)
}

/** A refusal to throw from an answer. */
export function refuse(code: string, params: Record<string, string | number> = {}): never {
  throw new CommandError(code, params)
}

/** A status as it is on an ordinary day. */
export function status(more: Partial<Status> = {}): Status {
  return {
    boot: 'ready',
    me: {
      person: 'p1', name: '樊小青', role: 'R01', area_name: '第3网格', within_name: '望江社区', building: '',
      worker_name: '', worker_phone: '',
    },
    sync: { phase: 'online', records: 0, photos: 0, photo_bytes: 0, photos_wait: false, attention: 0, last_ok: 1, received: 0, restoring: false, error: null },
    settings: { language: 'zh-CN', large: false, pin_set: false, theme: 'light', stamp: true, stamp_name: false, photos_metered: true },
    kept_as: null,
    hindrance: null,
    clock_off_min: null,
    version: '0.1.0',
    center_name: '栖云县网格中心',
    ...more,
  }
}

/** A building lead's status. */
export function leadStatus(phone = '12900030452'): Status {
  return status({
    me: {
      person: 'p2', name: '罗桂兰', role: 'R02', area_name: '5栋', within_name: '望江苑', building: 'b5',
      worker_name: '樊小青', worker_phone: phone,
    },
  })
}

/** Shows a screen on a phone that answers like this; unanswered commands are refused. */
export async function show(
  screen: Component,
  answers: Answers,
  more: { path?: string; props?: Record<string, unknown>; status?: Status; backend?: Partial<Backend> } = {},
): Promise<VueWrapper> {
  asked.length = 0
  forgetQueries()
  closeToast()
  document.body.innerHTML = ''
  useBackend({
    positions: skyAbove(),
    call: (name: keyof Commands, request: never) => {
      asked.push({ name, request })
      return Promise.resolve().then(() => {
        const answer = answers[name] as unknown
        if (answer === undefined) {
          if (name === 'load_draft') return { key: (request as { key: string }).key, data: null }
          if (name === 'save_draft') return {}
          return refuse('internal')
        }
        return typeof answer === 'function' ? (answer as (request: never) => unknown)(request) : answer
      })
    },
    onEvent: () => () => undefined,
    resumed: () => Promise.resolve(),
    photoUrl: (id: string) => `photo/${id}`,
    dial: () => undefined,
    pickPhoto: (source: PhotoSource) => Promise.resolve(source),
    shared: () => Promise.resolve({ waiting: 0, left_out: 0 }),
    forgetShared: () => Promise.resolve(),
    onShared: () => () => undefined,
    ...more.backend,
  } as unknown as Backend)
  await takeStatus(more.status ?? status())
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(more.path ?? '/report')
  const wrapper = mount(screen, { props: more.props ?? {}, attachTo: document.body, global: { plugins: [i18n, router] } })
  await flushPromises()
  return wrapper
}

/** The element with a test name, also in what was teleported to the body. */
export function part(name: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-test="${name}"]`)
  if (!found) throw new Error(`nothing called ${name}`)
  return found
}

/** Taps it and waits for what follows. */
export async function tap(name: string): Promise<void> {
  part(name).click()
  await flushPromises()
}

/** Types into it. */
export async function type(name: string, text: string): Promise<void> {
  const field = part(name) as HTMLInputElement
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
}
