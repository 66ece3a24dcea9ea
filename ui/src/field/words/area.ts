// The own area in the fewest words.
import { say } from '@/i18n'

/** `安置苑社区 · 第3网格`: a grid's name that repeats its community is cut, neither is said twice. */
export function areaWords(area: string, within: string): string {
  const own = within && area.startsWith(within) && area.length > within.length ? area.slice(within.length) : area
  return [within === own ? '' : within, own].filter(Boolean).join(say('common', 'dot'))
}
