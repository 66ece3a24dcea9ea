// The back key closes what lies on top before it leaves the screen.
import { onScopeDispose, readonly, ref, watch } from 'vue'
import type { Router } from 'vue-router'

const open: (() => void)[] = []
const layers = ref(0)

/** How many sheets lie on top of the screen. */
export const useLayers = () => readonly(layers)

/** While `shown()` is true, one press of back calls `close` instead of leaving. */
export function useBackCloses(shown: () => boolean, close: () => void): void {
  const remove = () => {
    const at = open.indexOf(close)
    if (at >= 0) open.splice(at, 1)
    layers.value = open.length
  }
  watch(
    shown,
    (now) => {
      if (!now) return remove()
      open.push(close)
      layers.value = open.length
    },
    { immediate: true },
  )
  onScopeDispose(remove)
}

// Older engines call listeners of the window in the order they were added, capturing or not:
// this one has to be there before the router's own, so it is added when the module loads.
let popped = false
window.addEventListener(
  'popstate',
  () => {
    popped = true
    // A step back that leads nowhere must not be taken for the next tap's.
    setTimeout(() => (popped = false), 0)
  },
  true,
)

/** Makes the router ask what lies on top first. */
export function guardBack(router: Router): void {
  router.beforeEach(() => {
    const back = popped
    popped = false
    const top = open[open.length - 1]
    if (!back || !top) return true
    top()
    return false
  })
}
