// Reading for a screen: last data at once, fresh data when a topic it shows changed.
import { onScopeDispose, shallowRef, toValue, watch } from 'vue'
import type { MaybeRefOrGetter, ShallowRef } from 'vue'
import { asCommandError, call, onTouch } from '@/backend'
import type { CommandError, Name, Request, Response } from '@/backend'
import type { Topic } from '@/bindings/field'

/** Answers kept for going back without a flash; forgotten when the lock closes. */
const kept = new Map<string, unknown>()
const KEEP = 60

/** Forgets everything read so far (lock, enrolment, a wipe). */
export function forgetQueries(): void {
  kept.clear()
}

function keep(key: string, value: unknown): void {
  kept.delete(key)
  kept.set(key, value)
  if (kept.size > KEEP) kept.delete(kept.keys().next().value as string)
}

export interface Query<T> {
  /** The last answer, also while a newer one is on its way. */
  data: ShallowRef<T | null>
  /** Why the last attempt failed; null after a success. */
  error: ShallowRef<CommandError | null>
  /** A first answer is on its way: show the skeleton. */
  loading: ShallowRef<boolean>
  reload(): Promise<void>
}

/**
 * Runs a reading command now, when `request` changes and when one of `topics` was
 * touched. A request of null waits.
 */
export function useQuery<N extends Name>(
  name: N,
  request: MaybeRefOrGetter<Request<N> | null>,
  topics: readonly Topic[],
): Query<Response<N>> {
  const data = shallowRef<Response<N> | null>(null)
  const error = shallowRef<CommandError | null>(null)
  const loading = shallowRef(false)
  let turn = 0

  async function reload(): Promise<void> {
    const asked = toValue(request)
    if (asked === null) return
    const key = `${name} ${JSON.stringify(asked)}`
    const mine = ++turn
    if (kept.has(key)) data.value = kept.get(key) as Response<N>
    loading.value = data.value === null
    try {
      const answer = await call(name, asked)
      if (mine !== turn) return
      keep(key, answer)
      data.value = answer
      error.value = null
    } catch (thrown) {
      if (mine === turn) error.value = asCommandError(thrown)
    } finally {
      if (mine === turn) loading.value = false
    }
  }

  watch(
    () => JSON.stringify(toValue(request)),
    () => {
      // Another thing altogether: never show the old one's data under the new one's title.
      data.value = null
      error.value = null
      void reload()
    },
    { immediate: true },
  )
  onScopeDispose(onTouch((touched) => topics.some((topic) => touched.has(topic)) && void reload()))
  onScopeDispose(() => turn++)
  return { data, error, loading, reload }
}
