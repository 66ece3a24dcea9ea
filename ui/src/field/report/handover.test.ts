import { describe, expect, it } from 'vitest'
import { fromQuery } from './handover'

describe('what another screen hands over', () => {
  it('is read from the address', () => {
    expect(fromQuery({ category: '0901', place: 'b5', name: '5栋', household: 'h1', lon: '102.9', lat: '30.1' }, 7)).toEqual({
      category: '0901',
      place: 'b5',
      placeName: '5栋',
      household: 'h1',
      position: { lon: 102.9, lat: 30.1, accuracy_m: null, source: 'tap', at: 7, mocked: false },
    })
  })
  it('leaves alone what is not there or makes no sense', () => {
    expect(fromQuery({})).toEqual({})
    expect(fromQuery({ category: '9999', lon: 'x', lat: '400' })).toEqual({})
    expect(fromQuery({ lon: '102.9' })).toEqual({})
  })
})
