import { describe, expect, it } from 'vitest'
import {
  CATEGORIES, GROUPS, category, categoryName, remember, searchCategories, suggestFromWords, unitName, USUAL,
} from './categories'

describe('the tree of categories', () => {
  it('is whole: every item in its group, every unit known', () => {
    expect(GROUPS).toHaveLength(13)
    expect(CATEGORIES).toHaveLength(82)
    for (const item of CATEGORIES) {
      const group = GROUPS.find((g) => g.code === item.group)
      expect(group?.children).toContain(item.code)
      expect(unitName(item.unit, 'zh-CN')).not.toBe('')
    }
  })

  it('has a telephone for everything critical', () => {
    for (const item of CATEGORIES.filter((c) => c.urgency === 1)) expect(item.phones.length).toBeGreaterThan(0)
    expect(category('0404')?.phones).toEqual(['119', '96333'])
  })

  it('names things in both languages and keeps an unknown code readable', () => {
    expect(categoryName('0302', 'zh-CN')).toBe('路灯不亮')
    expect(categoryName('0302', 'en')).toBe('Street lamp out')
    expect(categoryName('9999', 'zh-CN')).toBe('9999')
  })
})

describe('searching it', () => {
  const codes = (typed: string, recent: string[] = []): string[] =>
    searchCategories(typed, recent).map((c) => c.code)

  it('finds by name, by keyword, by code and in English', () => {
    expect(codes('路灯')[0]).toBe('0302')
    expect(codes('煤气味')[0]).toBe('0306')
    expect(codes('0305')).toEqual(['0305'])
    expect(codes('lift')[0]).toBe('0404')
    expect(codes('没有的事情啊')).toEqual([])
    expect(codes('  ')).toEqual([])
  })

  it('finds a keyword inside a longer sentence', () => {
    expect(codes('家里没电了')[0]).toBe('0305')
  })

  it('finds all items of a group by its name', () => {
    expect(codes('消防安全')).toEqual(expect.arrayContaining(['0501', '0505', '0506']))
  })

  it('puts what was used lately first among equals, then the urgent', () => {
    expect(codes('裂缝').slice(0, 2)).toEqual(['0402', '0602'])
    expect(codes('裂缝', ['0602'])[0]).toBe('0602')
  })
})

describe('suggesting from words', () => {
  it('reads what somebody wrote', () => {
    expect(suggestFromWords('5栋南侧第二盏路灯不亮,老人晚上下楼看不见')[0]?.code).toBe('0302')
    expect(suggestFromWords('楼道里堆满了杂物').map((c) => c.code)).toContain('0503')
    expect(suggestFromWords('好')).toEqual([])
  })
})

describe('recent choices', () => {
  it('are kept newest first and once', () => {
    expect(remember(['0101', '0302'], '0302')).toEqual(['0302', '0101'])
    expect(remember(['1', '2', '3', '4', '5', '6'], '7')).toEqual(['7', '1', '2', '3', '4', '5'])
  })
  it('start with ones that exist', () => {
    for (const code of USUAL) expect(category(code)).toBeDefined()
  })
})
