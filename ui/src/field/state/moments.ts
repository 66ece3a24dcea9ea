// Good moments to sync that only the page hears of. Words that arrived, an edit or a quiet
// minute are the phone's own business; these two are the system's.

/** Calls `online` when the network came, `shown` when the app is in front again. Returns how to stop. */
export function watchMoments(online: () => void, shown: () => void): () => void {
  const look = () => {
    if (document.visibilityState === 'visible') shown()
  }
  window.addEventListener('online', online)
  document.addEventListener('visibilitychange', look)
  return () => {
    window.removeEventListener('online', online)
    document.removeEventListener('visibilitychange', look)
  }
}
