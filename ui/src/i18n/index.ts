// The words of the phone: Chinese at once, English when asked for.
import { createI18n } from 'vue-i18n'
import { computed } from 'vue'
import type { CommandError } from '@/backend'
import zh from './zh-CN'

type Base = typeof zh
export type Screen = keyof Base
export type Key<S extends Screen> = keyof Base[S] & string
export type Params = Record<string, string | number>

const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  // Messages come compiled, as functions and trees (vite/i18n.ts).
  messages: { 'zh-CN': zh } as Record<string, Base>,
})

export { i18n }

/** The language shown: `zh-CN` or `en`. */
export const language = computed(() => i18n.global.locale.value as 'zh-CN' | 'en')

/** Changes the language, fetching its words first. */
export async function setLanguage(next: string): Promise<void> {
  const locale = next === 'en' ? 'en' : 'zh-CN'
  if (locale === 'en' && !i18n.global.availableLocales.includes('en')) {
    const { default: en } = await import('./en')
    i18n.global.setLocaleMessage('en', en as unknown as Base)
  }
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}

/** A word of a screen. `n` chooses the plural in English and is a placeholder too. */
export function say<S extends Screen>(screen: S, key: Key<S>, params: Params = {}): string {
  const path = `${screen}.${key}`
  const n = params['n']
  return typeof n === 'number' ? i18n.global.t(path, params, n) : i18n.global.t(path, params)
}

/** `const t = useWords('today')`, then `t('title')` with keys the compiler knows. */
export function useWords<S extends Screen>(screen: S): (key: Key<S>, params?: Params) => string {
  return (key, params) => say(screen, key, params)
}

/** A word for a code that comes from outside; undefined when there is none. */
export function sayCode<S extends Screen>(screen: S, key: string, params: Params = {}): string | undefined {
  return key in zh[screen] ? say(screen, key as Key<S>, params) : undefined
}

/** A sentence for a command's error. */
export function sayError(error: CommandError): string {
  const field = error.code === 'bad_input' ? sayCode('errors', `bad_input_${error.params['field']}`) : undefined
  return field ?? sayCode('errors', error.code, error.params) ?? say('errors', 'internal')
}

/** Chinese or English of a reference entry. */
export function named(entry: { zh: string; en: string } | undefined): string {
  if (!entry) return say('common', 'unknown')
  return language.value === 'en' ? entry.en : entry.zh
}
