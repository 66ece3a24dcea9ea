// The open form takes in what other apps have shared: one after the other, each once.
import { onScopeDispose, watch } from 'vue'
import type { Ref } from 'vue'
import { asCommandError, backend } from '@/backend'
import { say, sayError } from '@/i18n'
import { useSharedWaiting } from '../state/shared'
import { toast } from '../state/toast'
import { MAX_PHOTOS } from './draft'
import type { ReportDraft } from './draft'
import type { Shots } from './shots'

/** `ready` says that the draft has been read into `form`. */
export function useShared(form: Ref<ReportDraft>, ready: Ref<boolean>, photos: Pick<Shots, 'takeIn'>): void {
  const waiting = useSharedWaiting()
  let left = false
  let busy = false
  onScopeDispose(() => (left = true))

  async function takeAll(): Promise<void> {
    const count = async () => (await backend().shared()).waiting
    const troubles: string[] = []
    let came = 0
    let wait = await count()
    while (wait > 0 && !left && form.value.photos.length < MAX_PHOTOS) {
      let failed = false
      try {
        if (await photos.takeIn('share', null)) came += 1
      } catch (thrown) {
        failed = true
        troubles.push(sayError(asCommandError(thrown)))
      }
      const now = await count()
      // It isn't the picture that is wrong, but the phone (full, locked meanwhile).
      if (failed && now >= wait) break
      wait = now
    }
    if (left) {
      // The rest comes to the next form.
      waiting.value = true
      return
    }
    const rest = await backend().shared()
    await backend().forgetShared()
    const over = rest.waiting + rest.left_out
    if (over) troubles.push(say('report', 'shared_left', { n: over, max: MAX_PHOTOS }))
    const words = [came ? say('report', 'shared_came', { n: came }) : '', ...Array.from(new Set(troubles))].filter((one) => one)
    if (words.length) toast(words.join(say('common', 'dot')), { tone: troubles.length ? 'bad' : 'good' })
  }

  /** More may come while the first are on their way. */
  function begin(): void {
    if (!ready.value || !waiting.value || busy) return
    waiting.value = false
    busy = true
    // Saving doesn't wait for what another app takes its time to hand over: only what is here
    // already goes with the report, and the rest comes to the next form.
    void takeAll()
      .catch(() => undefined)
      .then(() => {
        busy = false
        if (!left) begin()
      })
  }
  watch([ready, waiting], begin, { immediate: true })
}
