// Keys of the console, never while an input method is composing or somebody types.

/** Whether a key press is meant for the page. */
export function forPage(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return false
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false
  const target = event.target as HTMLElement | null
  if (!target || !target.closest) return true
  return !target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="combobox"], [role="listbox"]')
}

/** The next position for an arrow key; stays within the list. */
export function moved(at: number, key: string, length: number, page = 20): number {
  if (!length) return -1
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -length, End: length }
  const step = steps[key]
  if (step === undefined) return at
  if (at < 0) return step > 0 && key !== 'End' ? 0 : key === 'End' ? length - 1 : 0
  return Math.min(length - 1, Math.max(0, at + step))
}
