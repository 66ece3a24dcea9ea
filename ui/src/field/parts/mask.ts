// Masked telephone numbers: grouped to be read, with what differs marked.

export interface MaskPart {
  text: string
  /** Stands for hidden digits. */
  hidden: boolean
  /** Differs from another value of the same field. */
  differs: boolean
  /** A little air before it. */
  gap: boolean
}

/** Cuts `number` (digits and `*`) into parts; marks digits in which it differs from `others`. */
export function maskParts(number: string, others: readonly string[] = []): MaskPart[] {
  const parts: MaskPart[] = []
  const chars = Array.from(number)
  const kind = (char: string, i: number) => {
    const hidden = char === '*'
    const differs = !hidden && others.some((other) => other.length !== number.length || other[i] !== char)
    return { hidden, differs }
  }
  // Mobile numbers are read 3 4 4; others by their hidden and shown stretches.
  const mobile = /^1[\d*]{10}$/.test(number)
  chars.forEach((char, i) => {
    const { hidden, differs } = kind(char, i)
    const last = parts[parts.length - 1]
    const group = mobile && (i === 3 || i === 7)
    const shown = hidden ? '•' : char
    if (last && !group && last.hidden === hidden && last.differs === differs) last.text += shown
    else parts.push({ text: shown, hidden, differs, gap: group || (!mobile && !!last && last.hidden !== hidden) })
  })
  return parts
}

/** Two values that look alike although masked: then neither may be offered as a blind choice. */
export function lookAlike(numbers: readonly string[]): boolean {
  return new Set(numbers).size < numbers.length
}
