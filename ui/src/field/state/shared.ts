// Pictures that another app shared into this one: they wait until the phone is open, then the
// report form comes up and takes them in (report/shared.ts).
import { ref, watch } from 'vue'
import type { Ref } from 'vue'
import type { Router } from 'vue-router'
import { backend } from '@/backend'
import { useStatus } from './status'

const waiting = ref(false)

/** Some wait, and may be taken in now. */
export function useSharedWaiting(): Ref<boolean> {
  return waiting
}

/** Looks for shared pictures now and whenever there may be some. Returns how to stop. */
export function watchShared(router: Router): () => void {
  const status = useStatus()

  async function look(): Promise<void> {
    await router.isReady()
    const now = status.value
    // Not enrolled or locked: they wait. Who lost sight of people may still report.
    if (!now || (now.boot !== 'ready' && now.boot !== 'lapsed')) {
      waiting.value = false
      return
    }
    const shared = await backend().shared().catch(() => null)
    if (!shared || shared.waiting === 0) return
    waiting.value = true
    if (router.currentRoute.value.name !== 'report') await router.push('/report')
  }

  const unwatch = watch(() => status.value && status.value.boot, () => void look(), { immediate: true })
  const deaf = backend().onShared(() => void look())
  return () => {
    unwatch()
    deaf()
  }
}
