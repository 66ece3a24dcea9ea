/**
 * The tree of reported problems (13 groups, 82 items) and the search in it.
 * Names, keywords and departments come from the reference data, nothing is kept twice.
 */
import tree from '../../../../assets/event_categories.json'
import units from '../../../../assets/departments.json'

/** One kind of problem. */
export interface Category {
  code: string
  group: string
  zh: string
  en: string
  /** 1 critical … 4 plannable. */
  urgency: number
  /** Telephones to ring before the form, best first; keys of the duty list. */
  phones: string[]
  /** The department or unit that usually takes it. */
  unit: string
  /** The reporter will only hear that it arrived. */
  restricted: boolean
  /** A building lead follows what becomes of it. */
  leadSees: boolean
  leadReports: boolean
  keywords: string[]
}

/** One of the 13 groups. */
export interface Group {
  code: string
  zh: string
  en: string
  icon: string
  children: string[]
}

/** Every category, in the order of the tree. */
export const CATEGORIES: readonly Category[] = tree.items.map((item) => ({
  code: item.code,
  group: item.parent,
  zh: item.name_zh,
  en: item.name_en,
  urgency: item.urgency,
  phones: item.phone_first === null ? [] : item.phone_first.split('/').map((key) => key.trim()),
  unit: item.default_dept,
  restricted: item.restricted,
  leadSees: item.building_lead_can_see_progress,
  leadReports: item.building_lead_can_report,
  keywords: item.keywords_zh,
}))

/** Every group. */
export const GROUPS: readonly Group[] = tree.categories.map((group) => ({
  code: group.code,
  zh: group.name_zh,
  en: group.name_en,
  icon: group.icon,
  children: group.children,
}))

const BY_CODE = new Map(CATEGORIES.map((category) => [category.code, category]))
const UNITS = new Map(
  [...units.departments, ...units.partner_units].map((unit) => [unit.code, unit]),
)

/** The category of a code, when this version knows it. */
export function category(code: string): Category | undefined {
  return BY_CODE.get(code)
}

/** A category's name in the language in use; the code itself when unknown. */
export function categoryName(code: string, locale: string): string {
  const found = BY_CODE.get(code)
  if (found === undefined) return code
  return locale === 'en' ? found.en : found.zh
}

/** The name of the department or unit that usually handles it; empty when unknown. */
export function unitName(code: string, locale: string): string {
  const unit = UNITS.get(code)
  if (unit === undefined) return ''
  return locale === 'en' ? unit.name_en : unit.name_zh
}

/** How well a category answers a query; 0 not at all, higher is better. */
function score(item: Category, query: string): number {
  if (item.code === query) return 100
  if (item.zh.startsWith(query)) return 90
  if (item.zh.includes(query)) return 80
  if (item.keywords.some((word) => word.toLowerCase() === query)) return 75
  if (query.length > 1 && item.keywords.some((word) => query.includes(word.toLowerCase()))) return 60
  if (item.keywords.some((word) => word.toLowerCase().includes(query))) return 55
  const english = item.en.toLowerCase()
  if (query.length > 1 && new RegExp(`\\b${escape(query)}`).test(english)) return 50
  const letters = [...query]
  if (letters.length > 1 && letters.every((letter) => item.zh.includes(letter))) return 40
  return 0
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/**
 * Categories for what was typed, best first; those used lately win a tie, then the
 * more urgent ones. A group's name finds all its items.
 */
export function searchCategories(
  typed: string,
  recent: readonly string[] = [],
  pool: readonly Category[] = CATEGORIES,
): Category[] {
  const query = typed.trim().toLowerCase()
  if (query === '') return []
  const groups = new Set(
    GROUPS.filter((g) => g.zh.includes(query) || g.en.toLowerCase().startsWith(query)).map((g) => g.code),
  )
  const rank = (code: string): number => {
    const at = recent.indexOf(code)
    return at < 0 ? recent.length : at
  }
  return pool
    .map((item) => ({ item, points: Math.max(score(item, query), groups.has(item.group) ? 20 : 0) }))
    .filter((hit) => hit.points > 0)
    .sort(
      (a, b) =>
        b.points - a.points ||
        rank(a.item.code) - rank(b.item.code) ||
        a.item.urgency - b.item.urgency ||
        a.item.code.localeCompare(b.item.code),
    )
    .map((hit) => hit.item)
}

/** Categories whose name or keyword stands in a sentence: what the reporter may mean. */
export function suggestFromWords(words: string, limit = 3): Category[] {
  const text = words.trim().toLowerCase()
  if (text.length < 2) return []
  const points = (item: Category): number => {
    const hits = item.keywords.filter((word) => text.includes(word.toLowerCase()))
    const named = item.zh.split(/[、,]/).some((part) => part.length > 1 && text.includes(part))
    return hits.reduce((sum, word) => sum + word.length, 0) + (named ? 6 : 0)
  }
  return CATEGORIES.map((item) => ({ item, points: points(item) }))
    .filter((hit) => hit.points > 1)
    .sort((a, b) => b.points - a.points || a.item.urgency - b.item.urgency)
    .slice(0, limit)
    .map((hit) => hit.item)
}

/** What chips to offer before anything was used: frequent, harmless and urgent ones mixed. */
export const USUAL: readonly string[] = ['0302', '0101', '0305', '0501', '0103', '0304']

/** Recent choices with one more in front; each once, at most six. */
export function remember(recent: readonly string[], code: string): string[] {
  return [code, ...recent.filter((other) => other !== code)].slice(0, 6)
}
