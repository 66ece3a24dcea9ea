import { describe, expect, it } from 'vitest'
import type { Located, MapData } from '@/bindings/field'
import { accuracyWording, buildingOf, farFrom, gridHint, placeWording, roundedMetres, shortGrid } from './where'

const near: Located = {
  grid: 'g3', grid_name: '第3网格', own: true, unsure: false,
  building: 'b5', building_name: '5栋', distance_m: 8.2, side: 's',
}

describe('where a point is, in words', () => {
  it('names the building, the side and a round distance', () => {
    expect(placeWording(near)).toEqual({ key: 'side_s', values: { building: '5栋', metres: 8 } })
  })
  it('says inside when it is', () => {
    expect(placeWording({ ...near, distance_m: 0, side: 'inside' }).key).toBe('inside')
  })
  it('falls back to the grid when no building is near, and says so when there is no grid', () => {
    expect(placeWording({ ...near, distance_m: 400 })).toEqual({ key: 'grid_only', values: { grid: '第3网格' } })
    expect(placeWording({ ...near, building: '', grid: '' }).key).toBe('nowhere')
  })
  it('rounds as people do', () => {
    expect([0.2, 8.4, 12, 23, 47, 144].map(roundedMetres)).toEqual([1, 8, 10, 25, 45, 140])
  })
  it('warns about another grid, an unsure one and none', () => {
    expect(gridHint(near)).toBe('own')
    expect(gridHint({ ...near, unsure: true })).toBe('unsure')
    expect(gridHint({ ...near, own: false })).toBe('other')
    expect(gridHint({ ...near, grid: '' })).toBe('none')
  })
  it('leaves out the community one is in', () => {
    expect(shortGrid('望江社区第3网格', { within_name: '望江社区' })).toBe('第3网格')
    expect(shortGrid('槐荫社区第1网格', { within_name: '望江社区' })).toBe('槐荫社区第1网格')
    expect(shortGrid('望江社区', { within_name: '望江社区' })).toBe('望江社区')
    expect(shortGrid('第3网格', null)).toBe('第3网格')
  })
  it('tells a tap from a fix', () => {
    expect(accuracyWording('gnss', 12.4)).toEqual({ key: 'accuracy', values: { metres: 12 } })
    expect(accuracyWording('tap', null).key).toBe('by_tap')
    expect(accuracyWording('building', null).key).toBe('by_building')
  })
})

describe('the building of a report', () => {
  const house = { id: 'b5', kind: 'building', name: '5栋', own: true, line: [[102.9, 30], [102.9004, 30], [102.9004, 30.0002], [102.9, 30.0002], [102.9, 30]] as [number, number][] }
  const map: MapData = { shapes: [{ ...house, id: 'g3', kind: 'grid' }, house], spots: [] }
  it('is the one it was opened for, else the one it stands at', () => {
    expect(buildingOf(map, 'b5', null)).toBe(house)
    expect(buildingOf(map, '', near)).toBe(house)
    expect(buildingOf(map, '', { ...near, distance_m: 80 })).toBeNull()
  })
  it('is none without a map, without a place, and for a grid', () => {
    expect(buildingOf(null, 'b5', near)).toBeNull()
    expect(buildingOf(map, '', null)).toBeNull()
    expect(buildingOf(map, 'g3', null)).toBeNull()
    expect(buildingOf(map, '', { ...near, building: '' })).toBeNull()
  })
  it('is far from fifty metres on', () => {
    expect(farFrom(house, { lon: 102.9002, lat: 30.0001 })).toBe(0)
    expect(farFrom(house, { lon: 102.9002, lat: 29.9996 })).toBe(0)
    expect(Math.round(farFrom(house, { lon: 102.9002, lat: 29.999 }))).toBe(111)
    expect(farFrom({ ...house, line: [] }, { lon: 102.9, lat: 30 })).toBe(0)
  })
})
