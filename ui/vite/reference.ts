// The reference data of assets/*.json as small modules: only what a screen says
// in words travels to the phone, not the whole tables.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plugin } from 'vite'

const PREFIX = 'virtual:reference/'
const ASSETS = resolve(import.meta.dirname, '../../assets')

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- free-form JSON, narrowed by the .d.ts
type Json = any

function read(name: string): Json {
  return JSON.parse(readFileSync(resolve(ASSETS, `${name}.json`), 'utf8'))
}

const both = (x: Json) => ({ zh: x.name_zh ?? x.zh, en: x.name_en ?? x.en ?? x.name_zh ?? x.zh })
const byCode = (list: Json[], pick: (x: Json) => Json) =>
  Object.fromEntries(list.map((x) => [String(x.code ?? x.key), pick(x)]))

const modules: Record<string, () => Json> = {
  /** Person categories a phone may show (never tier L3). */
  persons: () =>
    byCode(
      read('person_categories').categories.filter((x: Json) => x.on_device !== 'never'),
      (x) => ({ ...both(x), tier: x.tier }),
    ),
  visits: () => {
    const file = read('visit_types')
    return {
      types: byCode(file.types, (x) => ({ ...both(x), for: x.for_categories })),
      results: file.results.map((x: Json) => ({ code: x.code, zh: x.zh })),
    }
  },
  codes: () => {
    const file = read('code_tables')
    const table = (name: string) => file[name].v
    return {
      sex: table('sex'),
      relation: table('relation1'),
      need: table('need'),
      mobility: table('mobility'),
    }
  },
  categories: () => {
    const file = read('event_categories')
    const departments = byCode(read('departments').departments, both)
    return {
      groups: file.categories.map((x: Json) => ({ code: x.code, ...both(x), icon: x.icon, items: x.children })),
      items: byCode(file.items, (x) => ({
        ...both(x),
        dept: departments[x.default_dept] ?? null,
        urgency: x.urgency,
        restricted: x.restricted,
        lead: x.building_lead_can_report,
        call: x.phone_first,
        words: x.keywords_zh,
      })),
    }
  },
  /** Names of categories only, for lists. */
  'category-names': () => byCode(read('event_categories').items, both),
  /** Icon of the group each category belongs to. */
  'category-icons': () => {
    const file = read('event_categories')
    const icons = byCode(file.categories, (x) => x.icon)
    return byCode(file.items, (x) => icons[x.parent])
  },
  states: () => byCode(read('workflow').states, (x) => ({ zh: x.zh, stage: x.stage })),
  'person-status': () => read('workflow').person_status.map((x: Json) => ({ code: x.code, zh: x.zh, center: !!x.center_only })),
  purposes: () => read('roles').reveal_purposes_zh,
  phones: () => byCode(read('phones').phones, (x) => ({ ...both(x), number: x.number, fallback: x.fallback })),
  roles: () => byCode(read('roles').roles, both),
}

/** The plugin: `import persons from 'virtual:reference/persons'`. */
export function reference(): Plugin {
  return {
    name: 'linli-reference',
    resolveId: (id) => (id.startsWith(PREFIX) ? '\0' + id : null),
    load(id) {
      if (!id.startsWith('\0' + PREFIX)) return null
      const make = modules[id.slice(PREFIX.length + 1)]
      if (!make) throw new Error(`no reference module ${id}`)
      return `export default ${JSON.stringify(make())}`
    },
  }
}
