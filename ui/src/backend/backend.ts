// The one door from the screens to the phone's own program.
import type { Commands, Event } from '@/bindings/field'

export type Name = keyof Commands
export type Request<N extends Name> = Commands[N][0]
export type Response<N extends Name> = Commands[N][1]

/** Where a picture comes from; `share` is one that another app gave. */
export type PhotoSource = 'camera' | 'album' | 'share'

/** Pictures that other apps shared into this one. */
export interface Shared {
  /** How many wait to be picked. */
  waiting: number
  /** How many were too many to be kept. */
  left_out: number
}

/** Where the phone is, from its own receivers. */
export interface Fix {
  lon: number
  lat: number
  /** Radius it most likely lies in, metres. */
  accuracy_m: number
  /** When, by the phone's clock, milliseconds since 1970. */
  at: number
  /** Another app made it up. */
  mocked: boolean
  /** Where the camera looked, degrees from true north; null when nobody knows. */
  direction: number | null
}

/** Why there is no position: not allowed, switched off on the phone, anything else. */
export type NoFix = 'denied' | 'off' | 'failed'

/** What asks for positions; `hear` until what `watch` returns is called. */
export interface PositionSource {
  watch(hear: (heard: Fix | NoFix) => void): () => void
}

/** What the app shell and the web host both offer. */
export interface Backend {
  /** Null where there is none: there the person taps the map. */
  readonly positions: PositionSource | null
  /** Runs a command; fails with a [`CommandError`]. */
  call<N extends Name>(name: N, request: Request<N>): Promise<Response<N>>
  /** Hears what changed without a command; returns how to stop. */
  onEvent(hear: (event: Event) => void): () => void
  /** Says that the page is in front again, where the program can't hear that by itself. */
  resumed(): Promise<void>
  /** Address of a photo, 320 pixels wide for lists or 1600 to look at. */
  photoUrl(id: string, width?: 320 | 1600): string
  /** Hands a number to the phone's own dialler. */
  dial(number: string): void
  /**
   * Lets the person take or choose the picture of a photo that `take_media` named, or takes the
   * next shared one; what the source really was, for `import_media`, or null when they didn't or
   * none is left.
   */
  pickPhoto(source: PhotoSource, id: string): Promise<PhotoSource | null>
  /** What other apps have shared; `pickPhoto` takes each once. */
  shared(): Promise<Shared>
  /** Lets go of what waits and was not picked. */
  forgetShared(): Promise<void>
  /** Hears that there may be more of it; returns how to stop. */
  onShared(hear: () => void): () => void
}

/** A command's error: a code that the words file knows, and values for the sentence. */
export class CommandError extends Error {
  readonly code: string
  readonly params: Record<string, string | number>

  constructor(code: string, params: Record<string, string | number> = {}) {
    super(code)
    this.name = 'CommandError'
    this.code = code
    this.params = params
  }
}

/** Makes a CommandError of whatever a transport threw. */
export function asCommandError(thrown: unknown): CommandError {
  if (thrown instanceof CommandError) return thrown
  const value = typeof thrown === 'string' ? tryJson(thrown) : thrown
  if (value && typeof value === 'object' && typeof (value as { code?: unknown }).code === 'string') {
    const { code, params } = value as { code: string; params?: Record<string, string | number> }
    return new CommandError(code, params && typeof params === 'object' ? params : {})
  }
  return new CommandError('internal')
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
