// The app's own window: commands through Tauri, photos through our own scheme.
import { Channel, convertFileSrc, invoke } from '@tauri-apps/api/core'
import { listen } from '@tauri-apps/api/event'
import type { Event } from '@/bindings/field'
import { asCommandError } from './backend'
import { dial } from './dial'
import type { Backend, Fix, Name, NoFix, PhotoSource, PositionSource, Request, Response, Shared } from './backend'

/** What src-tauri/src/position_source.rs calls Heard. */
type Heard = { fix: Fix } | { none: NoFix }

const positions: PositionSource = {
  watch(hear) {
    let over = false
    const on = new Channel<Heard>()
    on.onmessage = (heard) => {
      if (!over) hear('fix' in heard ? heard.fix : heard.none)
    }
    const watch = invoke<number>('watch_position', { on })
    watch.catch(() => over || hear('failed'))
    return () => {
      over = true
      void watch.then((number) => invoke('stop_position', { watch: number })).catch(() => undefined)
    }
  },
}

function heard<T>(name: string, hear: (payload: T) => void): () => void {
  const listening = listen<T>(name, (event) => hear(event.payload))
  return () => void listening.then((stop) => stop())
}

export async function tauriBackend(): Promise<Backend> {
  const there = await invoke<boolean>('position_source').catch(() => false)
  return {
    positions: there ? positions : null,
    async call<N extends Name>(name: N, request: Request<N>) {
      try {
        return await invoke<Response<N>>('call', { name, request })
      } catch (thrown) {
        throw asCommandError(thrown)
      }
    },
    onEvent: (hear) => heard<Event>('linli', hear),
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
    shared: () => invoke<Shared>('shared_photos'),
    forgetShared: () => invoke<void>('forget_shared'),
    onShared: (hear) => heard('shared', hear),
  }
}
