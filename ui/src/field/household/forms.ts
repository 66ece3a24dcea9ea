// The fields of a person as forms of the one field sheet.
import codes from 'virtual:reference/codes'
import type { Household, Resident } from '@/bindings/field'
import { say } from '@/i18n'
import { codeWord } from '../words/codes'
import type { FieldForm } from './FieldSheet.vue'

type Choices = { value: string; words: string }[]

/** Population types a phone may set; foreign and unregistered residents are care flags. */
export const POPULATION = ['P10', 'P11', 'P12', 'P13'] as const

export const sexes = (): Choices => ['1', '2'].map((value) => ({ value, words: codeWord('sex', value) }))
export const relations = (): Choices => Object.keys(codes.relation).map((value) => ({ value, words: codeWord('relation', value) }))
export const populations = (): Choices => POPULATION.map((value) => ({ value, words: codeWord('flag', value) }))
export const mobilities = (): Choices => Object.keys(codes.mobility).map((value) => ({ value, words: codeWord('mobility', value) }))
export const needs = (): Choices => Object.keys(codes.need).map((value) => ({ value, words: codeWord('need', value) }))

/** Days between visits on offer. */
export const CYCLES = [7, 14, 30, 60, 90, 180, 365] as const

/** The six fields of a resident. */
export function personForms(home: Household, person: Resident): FieldForm[] {
  const resident = (field: string) => ({ household: home.id, doc: home.id, field: `residents/${person.id}/${field}`, seen: home.household_seen })
  return [
    { ...resident('name'), label: say('edit', 'name'), kind: 'text', value: person.name },
    { ...resident('sex'), label: say('edit', 'sex'), kind: 'choice', value: person.sex, choices: sexes() },
    { ...resident('birth_year'), label: say('edit', 'birth_year'), kind: 'year', value: person.birth_year || null },
    { ...resident('relation'), label: say('edit', 'relation'), kind: 'choice', value: person.relation, choices: relations() },
    { ...resident('population'), label: say('edit', 'population'), kind: 'choice', value: person.population, choices: populations() },
    {
      household: home.id,
      doc: home.care,
      field: `mobility/${person.id}`,
      seen: home.care_seen,
      label: say('edit', 'mobility'),
      kind: 'choice',
      value: person.mobility || null,
      choices: mobilities(),
    },
  ]
}

/** How often to visit. */
export function cycleForm(home: Household): FieldForm {
  return {
    household: home.id,
    doc: home.care,
    field: 'cycle_days',
    seen: home.care_seen,
    label: say('edit', 'cycle_days'),
    kind: 'choice',
    value: home.cycle_days,
    numeric: true,
    choices: [
      ...CYCLES.map((days) => ({ value: String(days), words: say('edit', 'days', { n: days }) })),
      { value: '0', words: say('edit', 'no_cycle') },
    ],
  }
}
