// The words of the console: Chinese at once, English when asked for.
import { compile } from '@intlify/core-base'
import { createI18n } from 'vue-i18n'
import { computed } from 'vue'
import zh from '@/i18n/zh-CN/center'

type Base = typeof zh
export type Page = keyof Base
export type Key<P extends Page> = keyof Base[P] & string
export type Params = Record<string, string | number>

const KEPT = 'linli.desk.language'

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  // Messages come compiled (vite/i18n.ts); those without placeholders are plain strings.
  messageCompiler: (message, context) => (typeof message === 'string' ? () => message : compile(message, context)),
  messages: { 'zh-CN': zh } as Record<string, Base>,
})

/** The language shown: `zh-CN` or `en`. */
export const language = computed(() => i18n.global.locale.value as 'zh-CN' | 'en')

/** Changes the language, fetching its words first. */
export async function setLanguage(next: string): Promise<void> {
  const locale = next === 'en' ? 'en' : 'zh-CN'
  if (locale === 'en' && !i18n.global.availableLocales.includes('en')) {
    const { default: en } = await import('@/i18n/en/center')
    i18n.global.setLocaleMessage('en', en as unknown as Base)
  }
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
  sessionStorage.setItem(KEPT, locale)
}

/** The language of this tab before it was read again. */
export const keptLanguage = (): string => sessionStorage.getItem(KEPT) ?? 'zh-CN'

/** A word of a page. */
export function say<P extends Page>(page: P, key: Key<P>, params: Params = {}): string {
  return i18n.global.t(`${page}.${key}`, params)
}

/** `const t = useWords('cases')`, then `t('title')` with keys the compiler knows. */
export function useWords<P extends Page>(page: P): (key: Key<P>, params?: Params) => string {
  return (key, params) => say(page, key, params)
}

/** A word for a code that comes from outside; the code itself when there is none. */
export function sayCode<P extends Page>(page: P, key: string, params: Params = {}): string {
  return key in zh[page] ? say(page, key as Key<P>, params) : key.replace(/^[a-z]+_/, '')
}

/** Chinese or English of a reference entry; the code when it is unknown. */
export function named(entry: { zh: string; en: string } | undefined, code: string): string {
  if (!entry) return code
  return language.value === 'en' ? entry.en : entry.zh
}
