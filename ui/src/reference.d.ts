// The reference data modules that vite/reference.ts makes from assets/*.json.
type Names = { zh: string; en: string }

declare module 'virtual:reference/persons' {
  const persons: Record<string, Names & { tier: string }>
  export default persons
}
declare module 'virtual:reference/visits' {
  const visits: {
    types: Record<string, Names & { for: string[] }>
    results: { code: number; zh: string }[]
  }
  export default visits
}
declare module 'virtual:reference/codes' {
  const codes: Record<'sex' | 'relation' | 'need' | 'mobility', Record<string, string>>
  export default codes
}
declare module 'virtual:reference/categories' {
  const categories: {
    groups: (Names & { code: string; icon: string; items: string[] })[]
    items: Record<
      string,
      Names & {
        dept: Names | null
        urgency: number
        restricted: boolean
        lead: boolean
        call: string | null
        words: string[]
      }
    >
  }
  export default categories
}
declare module 'virtual:reference/category-names' {
  const names: Record<string, Names>
  export default names
}
declare module 'virtual:reference/category-icons' {
  const icons: Record<string, string>
  export default icons
}
declare module 'virtual:reference/states' {
  const states: Record<string, { zh: string; stage: string }>
  export default states
}
declare module 'virtual:reference/person-status' {
  const statuses: { code: string; zh: string; center: boolean }[]
  export default statuses
}
declare module 'virtual:reference/purposes' {
  const purposes: string[]
  export default purposes
}
declare module 'virtual:reference/phones' {
  const phones: Record<string, Names & { number: string | null; fallback: string | null }>
  export default phones
}
declare module 'virtual:reference/roles' {
  const roles: Record<string, Names>
  export default roles
}
