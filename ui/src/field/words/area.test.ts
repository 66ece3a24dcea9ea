import { expect, it } from 'vitest'
import { areaWords } from './area'

it('says the own area once', () => {
  expect(areaWords('安置苑社区第3网格', '安置苑社区')).toBe('安置苑社区 · 第3网格')
  expect(areaWords('第3网格', '望江社区')).toBe('望江社区 · 第3网格')
  expect(areaWords('5栋', '')).toBe('5栋')
  expect(areaWords('望江社区', '望江社区')).toBe('望江社区')
})
