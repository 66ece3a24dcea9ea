// The PIN pad's little state: digits typed, and how long to wait after a wrong one.

export const PIN_MIN = 4
export const PIN_MAX = 8

/** One key pressed: a digit is added, anything else is ignored; never longer than a PIN may be. */
export function press(pin: string, key: string): string {
  return /^[0-9]$/.test(key) && pin.length < PIN_MAX ? pin + key : pin
}

/** The last digit taken back. */
export function erase(pin: string): string {
  return pin.slice(0, -1)
}

/** Long enough to be tried. */
export function complete(pin: string): boolean {
  return /^[0-9]+$/.test(pin) && pin.length >= PIN_MIN && pin.length <= PIN_MAX
}

/** Seconds still to wait, rounded up; 0 when the pad may be used. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000))
}

/** A wait in the unit people would use. */
export function waitWording(seconds: number): { key: 'wait_seconds' | 'wait_minutes'; n: number } {
  return seconds < 100 ? { key: 'wait_seconds', n: seconds } : { key: 'wait_minutes', n: Math.ceil(seconds / 60) }
}
