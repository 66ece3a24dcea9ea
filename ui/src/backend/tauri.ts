// The app's own window: commands through Tauri, photos through our own scheme.
import { convertFileSrc, invoke } from '@tauri-apps/api/core'
import { listen } from '@tauri-apps/api/event'
import type { Event } from '@/bindings/field'
import { asCommandError } from './backend'
import { dial } from './dial'
import type { Backend, Name, PhotoSource, Request, Response } from './backend'

export function tauriBackend(): Backend {
  return {
    async call<N extends Name>(name: N, request: Request<N>) {
      try {
        return await invoke<Response<N>>('call', { name, request })
      } catch (thrown) {
        throw asCommandError(thrown)
      }
    },
    onEvent(hear) {
      const listening = listen<Event>('linli', (event) => hear(event.payload))
      return () => void listening.then((stop) => stop())
    },
    // The shell hears of it from the system (src-tauri/src/lib.rs).
    resumed: () => Promise.resolve(),
    photoUrl: (id, width = 320) => `${convertFileSrc(id, 'photo')}?w=${width}`,
    dial,
    async pickPhoto(source, id) {
      try {
        const picked = await invoke<{ source: PhotoSource } | null>('pick_photo', { source, id })
        return picked ? picked.source : null
      } catch (thrown) {
        throw asCommandError(thrown)
      }
    },
  }
}
