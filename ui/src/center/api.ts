// The one door to the center. Whoever was logged out is told so here, once.
import { ref, shallowRef } from 'vue'
import type {
  CaseFile, CasePage, Decide, Device, Failure, Login, MapData, Recovery, RefuseReturned, ReturnedPage, Ruling,
  Session, TakeStep,
} from '@/bindings/center'
import { sayCode } from './words'

/** A refusal with its code; `no_line` when the center can't be reached. */
export class DeskError extends Error {
  constructor(
    readonly code: string,
    readonly wait_s = 0,
  ) {
    super(code)
  }
}

/** What a page shows for an error. */
export const sayError = (error: unknown): string =>
  error instanceof DeskError
    ? sayCode('errors', error.code, { wait_s: error.wait_s })
    : sayCode('errors', 'internal')

/** Who is logged in; null for nobody. */
export const session = shallowRef<Session | null>(null)
/** The session ended by itself: the login page says so. */
export const ended = ref(false)
/** Milliseconds the center's clock is ahead of this computer's. Deadlines are the center's. */
export const clockAhead = ref(0)

async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown, quiet = false): Promise<T> {
  let answer: Response
  try {
    answer = await fetch(`/api/${path}`, {
      method,
      credentials: 'same-origin',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        // What a page reads by itself keeps no session alive.
        ...(quiet ? { 'x-linli-quiet': '1' } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch {
    throw new DeskError('no_line')
  }
  if (answer.ok) return answer.status === 204 ? (undefined as T) : ((await answer.json()) as T)
  const failure = (await answer.json().catch(() => null)) as Failure | null
  const code = failure?.code ?? (answer.status === 502 || answer.status === 504 ? 'no_line' : 'internal')
  if (code === 'logged_out' && session.value) {
    session.value = null
    ended.value = true
  }
  throw new DeskError(code, failure?.wait_s)
}

function enter(who: Session): Session {
  clockAhead.value = who.now - Date.now()
  session.value = who
  ended.value = false
  return who
}

const query = (asked: Record<string, string>): string => {
  const given = Object.entries(asked).filter(([, value]) => value !== '')
  return given.length ? `?${new URLSearchParams(given).toString()}` : ''
}

export interface CaseQuery {
  state: string
  org: string
  urgency: string
  /** `late`: only with photos that should have arrived. */
  photos: string
  q: string
}

export const api = {
  login: async (who: Login) => enter(await call<Session>('POST', 'login', who)),
  session: async () => enter(await call<Session>('GET', 'session')),
  async logout() {
    await call<undefined>('POST', 'logout')
    session.value = null
    ended.value = false
  },
  cases: (asked: CaseQuery, after = '', quiet = false) =>
    call<CasePage>('GET', `cases${query({ ...asked, after })}`, undefined, quiet),
  case: (id: string, quiet = false) => call<CaseFile>('GET', `cases/${id}`, undefined, quiet),
  step: (id: string, step: TakeStep) => call<CaseFile>('POST', `cases/${id}/step`, step),
  map: (quiet = false) => call<MapData>('GET', 'map', undefined, quiet),
  returned: (after = '', quiet = false) => call<ReturnedPage>('GET', `returned${query({ after })}`, undefined, quiet),
  acceptReturned: (id: string) => call<Ruling>('POST', `returned/${id}/accept`),
  refuseReturned: (id: string, why: RefuseReturned) => call<Ruling>('POST', `returned/${id}/refuse`, why),
  devices: (quiet = false) => call<Device[]>('GET', 'devices', undefined, quiet),
  recoveries: (quiet = false) => call<Recovery[]>('GET', 'recoveries', undefined, quiet),
  decide: (id: string, decision: Decide) => call<Recovery[]>('POST', `recoveries/${id}`, decision),
}

/** Where a photo is shown from. */
export const photo = (id: string, size: 'thumb' | 'screen' | 'full'): string => `/api/photos/${id}?size=${size}`

/** Where the photos of a case are taken along from. */
export const evidence = (id: string): string => `/api/cases/${id}/evidence`
