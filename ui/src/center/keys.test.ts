import { describe, expect, it } from 'vitest'
import { forPage, moved } from './keys'

describe('keys', () => {
  it('move within the list', () => {
    expect(moved(-1, 'ArrowDown', 3)).toBe(0)
    expect(moved(2, 'ArrowDown', 3)).toBe(2)
    expect(moved(0, 'ArrowUp', 3)).toBe(0)
    expect(moved(0, 'End', 3)).toBe(2)
    expect(moved(1, 'x', 3)).toBe(1)
    expect(moved(0, 'ArrowDown', 0)).toBe(-1)
  })

  it('are nobody’s while an input method is composing', () => {
    const press = (init: KeyboardEventInit) => {
      const event = new KeyboardEvent('keydown', init)
      document.body.dispatchEvent(event)
      return forPage(event)
    }
    expect(press({ key: '/' })).toBe(true)
    expect(press({ key: '/', isComposing: true })).toBe(false)
    expect(press({ key: 'ArrowDown', ctrlKey: true })).toBe(false)
  })

  it('belong to the field somebody types in', () => {
    const input = document.createElement('input')
    document.body.append(input)
    let meant = true
    input.addEventListener('keydown', (event) => (meant = forPage(event)))
    input.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }))
    expect(meant).toBe(false)
  })
})
