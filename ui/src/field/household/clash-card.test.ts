// A clash: who, when, and a choice that hands back what was seen.
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { useBackend } from '@/backend'
import type { Backend } from '@/backend'
import type { Clash } from '@/bindings/field'
import { i18n } from '@/i18n'
import ClashCard from './ClashCard.vue'

const at = new Date(2026, 10, 23, 10, 12).getTime()
const clash = (second: string): Clash => ({
  doc: 'c1',
  field: 'phones/e1/number',
  about: '张守田',
  can_keep_both: true,
  values: [
    { change: 'theirs', value: second, by: { person: 'p2', name: '王桂英', role: 'R04', me: false }, at: at + 1, receipt: 'accepted' },
    { change: 'mine', value: '129****0452', by: { person: 'p1', name: '樊小青', role: 'R01', me: true }, at, receipt: 'here' },
  ],
})

function open(second: string) {
  const calls: [string, unknown][] = []
  const dialled: string[] = []
  useBackend({
    call: (name: string, request: unknown) => {
      calls.push([name, request])
      return Promise.resolve(name === 'reveal' ? { number: '12900000452' } : { docs: [], topics: [], created: null })
    },
    dial: (number: string) => dialled.push(number),
  } as unknown as Backend)
  const card = mount(ClashCard, { props: { clash: clash(second), seen: ['x', 'y'] }, global: { plugins: [i18n], stubs: { BottomSheet: true } } })
  return { card, calls, dialled }
}

describe('the card of a clash', () => {
  it('shows both values with who and when, and settles with the heads it was shown on', async () => {
    const { card, calls } = open('129****7781')
    expect(card.text()).toContain('张守田的电话,两个人写得不一样')
    expect(card.text()).toContain('网格长 王桂英')
    expect(card.findAll('.differs').map((part) => part.text())).toEqual(['0452', '7781'])
    await card.findAll('[data-test=use-this]')[1]!.trigger('click')
    await flushPromises()
    expect(calls).toEqual([['settle_clash', { doc: 'c1', field: 'phones/e1/number', choice: 'theirs', keep_both: false, seen: ['x', 'y'] }]])
  })

  it('keeps both with one tap', async () => {
    const { card, calls } = open('129****7781')
    await card.get('[data-test=keep-both]').trigger('click')
    await flushPromises()
    expect(calls[0]).toEqual(['settle_clash', expect.objectContaining({ keep_both: true, choice: 'mine' })])
  })

  it('offers no blind choice between numbers that look alike: one calls, or keeps both', async () => {
    const { card, calls, dialled } = open('129****0452')
    expect(card.find('[data-test=use-this]').exists()).toBe(false)
    expect(card.find('[data-test=keep-both]').exists()).toBe(true)
    await card.get('li .btn').trigger('click')
    await flushPromises()
    expect(calls[0]).toEqual(['reveal', { care: 'c1', phone: 'e1', way: 'dial', purpose: null, change: 'mine' }])
    expect(dialled).toEqual(['12900000452'])
  })
})
