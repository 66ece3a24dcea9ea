// The Chinese words are the base: English must have the same keys, the compiler checks.

/** Words of one screen: flat, each key one sentence. */
export type Words = Record<string, string>

/** The same keys as the Chinese file, other words. */
export type Same<T extends Words> = { [K in keyof T]: string }
