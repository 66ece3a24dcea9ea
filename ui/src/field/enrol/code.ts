/**
 * The enrolment code as people type and read it: 80 bits in Crockford's base 32,
 * sixteen characters in four groups of four.
 */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 16

/** What the field holds: a typed secret, the text of a QR code, or neither yet. */
export type Entry =
  | { kind: 'empty' }
  | { kind: 'partial'; missing: number }
  | { kind: 'secret'; secret: string }
  | { kind: 'qr'; text: string }
  | { kind: 'bad'; character: string }
  | { kind: 'long' }

/** Full-width letters, digits and signs, as Chinese input methods give them, made plain. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (c) =>
    String.fromCharCode(c.charCodeAt(0) - 0xfee0),
  ).replace(/\u3000/g, ' ').replace(/。/g, '.')
}

/** Is this the text of a QR code (`LINLI1|address|secret|pins`) rather than a typed secret? */
export function looksLikeQr(text: string): boolean {
  return /^\s*linli\d*\|/i.test(text)
}

/** Keeps only what can be part of a secret, forgiving O for 0, I and L for 1. */
export function cleanSecret(text: string): string {
  return halfWidth(text)
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[\s\-_.·—–]/g, '')
}

/** Groups as they are printed: `7K3M-Q2ZD-…`; also half-way through typing. */
export function groupSecret(text: string): string {
  const groups = cleanSecret(text).slice(0, LENGTH).match(/.{1,4}/g)
  return groups === null ? '' : groups.join('-')
}

/** Reads what was typed or scanned. */
export function readEntry(text: string): Entry {
  if (text.trim() === '') return { kind: 'empty' }
  if (looksLikeQr(text)) return { kind: 'qr', text: text.trim() }
  const secret = cleanSecret(text)
  for (const character of secret) {
    if (!ALPHABET.includes(character)) return { kind: 'bad', character }
  }
  if (secret.length < LENGTH) return { kind: 'partial', missing: LENGTH - secret.length }
  if (secret.length > LENGTH) return { kind: 'long' }
  return { kind: 'secret', secret }
}

/**
 * `host:port` as typed: scheme, slashes and full-width signs are forgiven.
 * Gives null while it can't be an address.
 */
export function readAddress(text: string): string | null {
  const plain = halfWidth(text).trim().toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/\/.*$/, '')
  const parts = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+):(\d{1,5})$/.exec(plain)
  if (parts === null) return null
  const port = Number(parts[2])
  return port >= 1 && port <= 65535 ? plain : null
}
