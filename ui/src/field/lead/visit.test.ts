import { describe, expect, it } from 'vitest'
import { digits, emptyVisit, phoneLooksRight, tipsOf, toVisit } from './visit'

describe('a building lead’s visit', () => {
  it('names the room and never a household', () => {
    expect(toVisit({ ...emptyVisit(), result: 1, words: ' 好 ' }, 'd501')).toEqual({
      dwelling: 'd501', household: '', kind: 'V01', result: 1, mood: '', utilities: '', words: '好', tips: [],
    })
  })
  it('gives the tips that were filled in, each need its own', () => {
    const form = { ...emptyVisit(), open: ['phone', 'need', 'moved_out'], phone: '129 0003 0452', whose: '女儿', needs: ['meals', 'talk'] }
    expect(tipsOf(form)).toEqual([
      { kind: 'phone', value: '12900030452', words: '女儿' },
      { kind: 'need', value: 'meals', words: '' },
      { kind: 'need', value: 'talk', words: '' },
      { kind: 'moved_out', value: '', words: '' },
    ])
  })
  it('gives nothing for what was opened and left empty, or closed again', () => {
    expect(tipsOf({ ...emptyVisit(), open: ['phone', 'mobility'] })).toEqual([])
    expect(tipsOf({ ...emptyVisit(), mobility: 'arm', phone: '12900030452' })).toEqual([])
  })
  it('looks at a number before it is saved', () => {
    expect(['12900030452', '０８３５２２３３４４５', '0835-2233445', '2233445', '1290003', ''].map(phoneLooksRight)).toEqual([
      true, true, true, true, true, false,
    ])
    expect(phoneLooksRight('129000304')).toBe(false)
    expect(digits('１２９')).toBe('129')
  })
})
