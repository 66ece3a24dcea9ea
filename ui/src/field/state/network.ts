// Whether the link costs by the byte, as far as the WebView tells. The phone decides what waits.

/** The part of the Network Information API that is used; not every WebView has it. */
interface Connection extends EventTarget {
  type?: string
  saveData?: boolean
}

function connection(): Connection | null {
  return (navigator as Navigator & { connection?: Connection }).connection ?? null
}

/** Mobile data, or a person who asked the system to save it. Unknown links cost nothing. */
export function isMetered(): boolean {
  const link = connection()
  return !!link && (link.saveData === true || link.type === 'cellular')
}

/** Tells now and whenever it changes. Returns how to stop. */
export function watchNetwork(tell: (metered: boolean) => void): () => void {
  const link = connection()
  tell(isMetered())
  if (!link) return () => undefined
  const changed = () => tell(isMetered())
  link.addEventListener('change', changed)
  return () => link.removeEventListener('change', changed)
}
