// The loopback web host: the same commands for a plain browser (demo and tests).
import type { Event, Topic } from '@/bindings/field'
import { asCommandError, CommandError } from './backend'
import { dial } from './dial'
import type { Backend, Name, PhotoSource, Request, Response as Answer } from './backend'

const KEPT = 'linli-token'

/** Everything a screen may show: read anew when events may have been missed. */
const ALL: Topic[] = [
  'status', 'roster', 'care', 'visits', 'cases', 'tasks', 'notices', 'muster', 'outbox', 'media', 'places',
]

/** Takes the token from the address, keeps it for this tab and cleans the address. */
function takeToken(): string {
  const query = new URLSearchParams(location.search)
  const token = query.get('token')
  if (token) {
    sessionStorage.setItem(KEPT, token)
    query.delete('token')
    const rest = query.toString()
    history.replaceState(history.state, '', location.pathname + (rest ? `?${rest}` : '') + location.hash)
  }
  return token ?? sessionStorage.getItem(KEPT) ?? ''
}

/** Opens the system's own file box; null when it was closed without a choice. */
function chooseFile(source: PhotoSource): Promise<File | null> {
  return new Promise((done) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = 'image/*'
    if (source === 'camera') input.setAttribute('capture', 'environment')
    input.id = 'photo-input'
    input.hidden = true
    const finish = (file: File | null) => {
      input.remove()
      done(file)
    }
    input.addEventListener('change', () => finish(input.files && input.files[0] ? input.files[0] : null))
    input.addEventListener('cancel', () => finish(null))
    // In the document, so that tests can hand it a file.
    document.body.appendChild(input)
    input.click()
  })
}

/** The web host takes no larger file (crates/webhost/src/incoming.rs). */
const MOST_BYTES = 40 * 1024 * 1024

export function httpBackend(): Backend {
  const token = takeToken()
  const headers = { 'X-Linli-Token': token }

  async function post(path: string, body: BodyInit, type: string): Promise<unknown> {
    let answer: Response
    try {
      answer = await fetch(path, { method: 'POST', body, headers: { ...headers, 'Content-Type': type } })
    } catch {
      throw new CommandError('app_unreachable')
    }
    const value: unknown = await answer.json().catch(() => null)
    if (!answer.ok) throw asCommandError(value)
    return value
  }

  return {
    // A browser has one, but it can't say whether an app made it up.
    positions: null,
    call<N extends Name>(name: N, request: Request<N>) {
      return post(`cmd/${name}`, JSON.stringify(request), 'application/json') as Promise<Answer<N>>
    },
    onEvent(hear) {
      const source = new EventSource(`events?token=${encodeURIComponent(token)}`)
      let before = false
      source.onopen = () => {
        if (before) hear({ type: 'changed', topics: ALL })
        before = true
      }
      source.onmessage = (message: MessageEvent<string>) => hear(JSON.parse(message.data) as Event)
      return () => source.close()
    },
    async resumed() {
      await post('resumed', '', 'text/plain')
    },
    photoUrl: (id, width = 320) => `photo/${id}?w=${width}&token=${encodeURIComponent(token)}`,
    dial,
    async pickPhoto(source, id) {
      // Nobody shares anything into a browser's tab.
      const file = source === 'share' ? null : await chooseFile(source)
      if (!file) return null
      if (file.size > MOST_BYTES) throw new CommandError('photo_too_large')
      await post(`incoming/${id}`, file, file.type || 'application/octet-stream')
      return source
    },
    shared: () => Promise.resolve({ waiting: 0, left_out: 0 }),
    forgetShared: () => Promise.resolve(),
    onShared: () => () => undefined,
  }
}
