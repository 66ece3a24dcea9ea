// What a phone's times mean.

/** Silent for so long: worth a call. */
export const SILENT = 7 * 24 * 3600_000
/** Seconds off that nobody notices. */
const RIGHT = 120

/** How a phone's clock goes. */
export function clockWord(off_s: number): 'clock_right' | 'clock_fast' | 'clock_slow' {
  if (Math.abs(off_s) < RIGHT) return 'clock_right'
  return off_s > 0 ? 'clock_fast' : 'clock_slow'
}

/** Finds by any of the words shown. */
export function matches(texts: string[], words: string): boolean {
  const all = texts.join(' ').toLowerCase()
  return words.toLowerCase().split(/\s+/).every((word) => all.includes(word))
}
