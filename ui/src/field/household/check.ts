// What the forms ask before they let go; the center checks again.

/** Empty, or a year somebody alive may be born in. */
export function checkYear(typed: string, now: Date = new Date()): boolean {
  const text = typed.trim()
  if (!text) return true
  const year = Number(text)
  return /^\d{4}$/.test(text) && year >= now.getFullYear() - 130 && year <= now.getFullYear()
}

/** Five digits or more: short service numbers, landlines with or without the area, mobiles with 11. */
export function checkNumber(typed: string): boolean {
  const digits = typed.replace(/[\s\-()（）]/g, '')
  if (!/^\+?\d{5,15}$/.test(digits)) return false
  // A mobile number that lost or gained a digit is the usual slip.
  return !/^1[3-9]\d+$/.test(digits) && !/^12\d{5,}$/.test(digits) ? true : digits.length === 11
}

/** An ID-card number has no place in any field. */
export function looksLikeId(typed: string): boolean {
  return /\b\d{17}[\dXx]\b/.test(typed.replace(/\s/g, ''))
}
