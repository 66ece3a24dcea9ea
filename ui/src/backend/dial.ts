// The dialler, reached the way every web page reaches it; the app shell hands `tel:` to the system.

/** Opens the dialler with a number; the person still presses the green button. */
export function dial(number: string): void {
  const link = document.createElement('a')
  link.href = `tel:${number.replace(/[^\d+*#]/g, '')}`
  document.body.appendChild(link)
  link.click()
  link.remove()
}
