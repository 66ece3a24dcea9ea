// The edge of a wide building: there while something is hidden, and it names what.
import { mount } from '@vue/test-utils'
import { nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import { i18n } from '@/i18n'
import MoreRight from './MoreRight.vue'

/** A frame of 300 pixels with three units of 200. */
function frame(): HTMLElement {
  const box = document.createElement('div')
  const rect = (right: () => number) => () => ({ right: right() }) as DOMRect
  let left = 0
  Object.defineProperties(box, {
    clientWidth: { value: 300 },
    scrollWidth: { value: 600 },
    scrollLeft: { get: () => left, set: (to: number) => (left = to) },
  })
  box.getBoundingClientRect = rect(() => 300)
  for (let unit = 1; unit <= 3; unit += 1) {
    const head = document.createElement('span')
    head.className = 'unit'
    head.getBoundingClientRect = rect(() => unit * 200 - left)
    box.appendChild(head)
  }
  return box
}

describe('the edge of a wide building', () => {
  it('names what is not wholly seen, and is gone at the end', async () => {
    const box = frame()
    const edge = mount(MoreRight, { props: { frame: box, units: ['1单元', '2单元', '3单元'] }, global: { plugins: [i18n] } })
    await nextTick()
    expect(edge.get('button').attributes('aria-label')).toBe('右边还有:2单元、3单元')
    box.scrollLeft = 100
    box.dispatchEvent(new Event('scroll'))
    await nextTick()
    expect(edge.get('button').text()).toBe('3单元')
    box.scrollLeft = 300
    box.dispatchEvent(new Event('scroll'))
    await nextTick()
    expect(edge.find('button').exists()).toBe(false)
  })
})
