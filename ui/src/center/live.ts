// The live line: what changed at the center, for the page that shows it.
import { onScopeDispose, ref, watch } from 'vue'
import type { Live } from '@/bindings/center'
import { session } from './api'

/** `opening`, `open`, or `lost` while it is tried again. */
export const line = ref<'opening' | 'open' | 'lost'>('opening')

type Ear = (news: Live) => void
const ears = new Set<Ear>()
let source: EventSource | null = null
let again: ReturnType<typeof setTimeout> | undefined

function open(): void {
  close()
  line.value = 'opening'
  source = new EventSource('/api/live')
  source.onmessage = (event: MessageEvent<string>) => {
    line.value = 'open'
    const news = JSON.parse(event.data) as Live
    ears.forEach((ear) => ear(news))
  }
  source.onerror = () => {
    line.value = 'lost'
    // The browser tries again by itself, unless the answer was a refusal.
    if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, 5000)
  }
}

function close(): void {
  clearTimeout(again)
  source?.close()
  source = null
}

watch(
  () => session.value?.person,
  (who) => (who ? open() : close()),
  { immediate: true },
)

/** Calls `read` soon after something of these kinds changed; several changes at once are one. */
export function onNews(kinds: readonly string[], read: (news: Live[]) => void, wait = 250): void {
  let heard: Live[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const ear: Ear = (news) => {
    if (news.type !== 'all' && !kinds.includes(news.type)) return
    heard.push(news)
    timer ??= setTimeout(() => {
      const all = heard
      heard = []
      timer = undefined
      read(all)
    }, wait)
  }
  ears.add(ear)
  onScopeDispose(() => {
    clearTimeout(timer)
    ears.delete(ear)
  })
}
