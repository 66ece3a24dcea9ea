// Theme and type size, as classes of the root element.
import type { Settings } from '@/bindings/field'

const night = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null
let theme = 'system'

function applyTheme(): void {
  const dark = theme === 'dark' || (theme === 'system' && !!night && night.matches)
  document.documentElement.setAttribute('data-theme', dark ? 'dark' : 'light')
  const bar = document.querySelector('meta[name="theme-color"]')
  if (bar) bar.setAttribute('content', getComputedStyle(document.documentElement).getPropertyValue('--paper').trim())
}

/** Shows the settings' theme and type size. */
export function applyLook(settings: Settings): void {
  theme = settings.theme
  document.documentElement.classList.toggle('large', settings.large)
  applyTheme()
}

if (night) night.addEventListener('change', applyTheme)

// A ring round the focused control only for those who use keys.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Tab') document.documentElement.classList.add('keyboard')
})
document.addEventListener('pointerdown', () => document.documentElement.classList.remove('keyboard'))
