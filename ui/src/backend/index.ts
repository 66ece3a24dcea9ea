// Chooses the backend once, and tells the screens what a command changed.
import type { Topic } from '@/bindings/field'
import { asCommandError } from './backend'
import type { Backend, Name, Request, Response } from './backend'

export { asCommandError, CommandError } from './backend'
export type { Backend, Fix, Name, NoFix, PhotoSource, PositionSource, Request, Response, Shared } from './backend'

let chosen: Backend | null = null
type Hear = (topics: ReadonlySet<Topic>) => void
const hearers = new Set<Hear>()

/** Sets the backend: the start does it once, a test for itself. */
export function useBackend(backend: Backend): void {
  chosen = backend
}

/** The backend chosen at the start. */
export function backend(): Backend {
  if (!chosen) throw new Error('no backend yet')
  return chosen
}

/** Picks by where the page runs; `VITE_TARGET` fixes it while building. */
export async function chooseBackend(): Promise<Backend> {
  const target = import.meta.env.VITE_TARGET as string | undefined
  const inApp = target ? target === 'tauri' : '__TAURI_INTERNALS__' in window
  return inApp ? await (await import('./tauri')).tauriBackend() : (await import('./http')).httpBackend()
}

/** Tells everybody who shows these to read them again. */
export function touch(topics: readonly Topic[]): void {
  if (!topics.length) return
  const set = new Set(topics)
  hearers.forEach((hear) => hear(set))
}

/** Hears of changed topics; returns how to stop. */
export function onTouch(hear: Hear): () => void {
  hearers.add(hear)
  return () => hearers.delete(hear)
}

/** Codes that say the phone is no longer what its status said. */
const DOUBTFUL = ['locked', 'lapsed', 'not_enrolled', 'key_lost', 'revoked']
let doubt: () => void = () => undefined

/** Hears that the status has to be read again, since a command was refused for it. */
export function onDoubt(hear: () => void): void {
  doubt = hear
}

/** Runs a command, and passes on what it says it changed. */
export async function call<N extends Name>(name: N, request: Request<N>): Promise<Response<N>> {
  let answer: Response<N>
  try {
    answer = await backend().call(name, request)
  } catch (thrown) {
    const error = asCommandError(thrown)
    if (DOUBTFUL.includes(error.code)) doubt()
    throw error
  }
  const changed = answer as { topics?: unknown } | null
  if (changed && typeof changed === 'object' && Array.isArray(changed.topics)) touch(changed.topics as Topic[])
  return answer
}
