import { describe, expect, it } from 'vitest'
import type { BuildingLine } from '@/bindings/field'
import { rosterLines } from './lines'

const building = (name: string, estate: string, grid = '第3网格'): BuildingLine => ({ id: grid + estate + name, name, alias: '', estate, grid, households: 0, due: 0, care: 0 })
const lines = (...buildings: BuildingLine[]) =>
  rosterLines(buildings, { dot: ' · ', others: '其他', area: '望江社区' }).map((line) => (line.kind === 'head' ? `# ${line.title}` : line.building.name))

describe('the roster', () => {
  it('stands by estate, buildings as people count them, what has no estate last', () => {
    expect(lines(building('沿河路42号', ''), building('10栋', '望江苑'), building('2栋', '望江苑'))).toEqual(['# 望江苑', '2栋', '10栋', '# 其他', '沿河路42号'])
    expect(lines(building('1栋', ''))).toEqual(['1栋'])
  })
  it('names the grid where there are several, without the community again', () => {
    expect(lines(building('1栋', '粮站院', '望江社区第10网格'), building('1栋', '望江苑', '望江社区第2网格'))).toEqual(['# 第2网格 · 望江苑', '1栋', '# 第10网格 · 粮站院', '1栋'])
  })
  it('rounds the first and last row of a card', () => {
    const rows = rosterLines([building('1栋', '甲'), building('2栋', '甲')], { dot: '', others: '', area: '' }).filter((line) => line.kind === 'row')
    expect(rows).toMatchObject([{ first: true, last: false }, { first: false, last: true }])
  })
})
