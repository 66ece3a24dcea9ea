// Changing one field: at the heads it was opened on, with its history, and a way back.
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { useBackend } from '@/backend'
import type { Backend } from '@/backend'
import { i18n } from '@/i18n'
import { useToast } from '../state/toast'
import FieldSheet from './FieldSheet.vue'
import type { FieldForm } from './FieldSheet.vue'

const year: FieldForm = { household: 'h1', doc: 'h1', field: 'residents/r/birth_year', seen: ['old'], label: '出生年', kind: 'year', value: 1948 }
const number: FieldForm = { household: 'h1', doc: 'c1', field: 'phones/e/number', seen: ['old'], label: '电话号码', kind: 'number', value: '129****0452' }

async function open(form: FieldForm) {
  const calls: [string, unknown][] = []
  const by = { person: 'p2', name: '王桂英', role: 'R04', me: false }
  useBackend({
    call: (name: string, request: unknown) => {
      calls.push([name, request])
      const answers: Record<string, unknown> = {
        field_history: [{ value: form.value, by, at: 0, received_at: null, replaced: [1946], current: true }],
        household: { id: 'h1', care: 'c1', household_seen: ['new'], care_seen: ['new care'] },
      }
      return Promise.resolve(answers[name] ?? { docs: [], topics: [], created: null })
    },
  } as unknown as Backend)
  const stub = { template: '<div><slot /><slot name="foot" /></div>' }
  const sheet = mount(FieldSheet, { props: { form: null as FieldForm | null }, global: { plugins: [i18n], stubs: { BottomSheet: stub } } })
  await sheet.setProps({ form })
  await flushPromises()
  const save = async (text: string) => {
    await sheet.get('[data-test=field-input]').setValue(text)
    await sheet.get('form').trigger('submit')
    await flushPromises()
  }
  return { sheet, save, edits: () => calls.filter(([name]) => name === 'edit_field').map(([, request]) => request) }
}

describe('the field sheet', () => {
  it('shows who wrote what, and writes at the heads it was opened on', async () => {
    const { sheet, save, edits } = await open(year)
    expect(sheet.get('[data-test=history]').text()).toContain('网格长 王桂英')
    expect(sheet.get('[data-test=history]').text()).toContain('原来是 1946年')
    await save('1951')
    expect(edits()).toEqual([{ doc: 'h1', field: 'residents/r/birth_year', value: 1951, seen: ['old'] }])
    expect(sheet.emitted('close')).toHaveLength(1)
  })

  it('says that somebody cleared it, and what stood there', async () => {
    const { sheet } = await open({ ...year, value: null })
    expect(sheet.get('[data-test=history]').text()).toContain('清掉了')
    expect(sheet.get('[data-test=history]').text()).toContain('原来是 1946年')
  })

  it('goes back by an ordinary edit at what is seen then', async () => {
    const { save, edits } = await open(year)
    await save('1951')
    useToast().value!.onUndo!()
    await flushPromises()
    expect(edits()[1]).toEqual({ doc: 'h1', field: 'residents/r/birth_year', value: 1948, seen: ['new'] })
  })

  it('says what is wrong before anything is written', async () => {
    const { sheet, save, edits } = await open(year)
    await save('48')
    expect(sheet.get('[role=alert]').text()).toContain('四位数')
    expect(edits()).toEqual([])
  })

  it('types a number anew and offers no way back to digits it never saw', async () => {
    const { sheet, save, edits } = await open(number)
    expect((sheet.get('[data-test=field-input]').element as HTMLInputElement).value).toBe('')
    await save('12900007781')
    expect(edits()).toEqual([{ doc: 'c1', field: 'phones/e/number', value: '12900007781', seen: ['old'] }])
    expect(useToast().value!.onUndo).toBeUndefined()
  })
})
