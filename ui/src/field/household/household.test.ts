import { describe, expect, it } from 'vitest'
import type { Author, Clash, ClashValue, Resident, VisitLine } from '@/bindings/field'
import { flags } from '../words/codes'
import { fieldWord, valueWords } from '../words/fields'
import { kindFor } from '../visit/kind'
import { checkNumber, checkYear } from './check'
import { choice } from './clash'
import { mustEscalate, visitWords } from './visit'

const by = (me: boolean): Author => ({ person: me ? 'p1' : 'p2', name: '', role: 'R01', me })
const value = (change: string, text: string, me: boolean, at: number): ClashValue => ({ change, value: text, by: by(me), at, receipt: 'accepted' })
const clash = (field: string, values: ClashValue[]): Clash => ({ doc: 'c', field, about: '张守田', values, can_keep_both: true })
const visit = (result: number, more: Partial<VisitLine> = {}): VisitLine => ({
  id: 'v', kind: 'V03', result, mood: '', utilities: '', words: '', at: 0, by: by(true), receipt: 'here', ...more,
})
const resident = (more: Partial<Resident>): Resident => ({
  id: 'r', name: '张守田', sex: '1', birth_year: 1948, age: 78, relation: '0', population: 'P10', flags: [], mobility: '', ended: null, ...more,
})

describe('a clash', () => {
  it('is a choice when the numbers can be told apart, own value first', () => {
    const offer = choice(clash('phones/e1/number', [value('b', '129****7781', false, 9), value('a', '129****0452', true, 5)]))
    expect(offer).toMatchObject({ number: true, choosable: true, entry: 'e1', texts: ['129****0452', '129****7781'] })
  })
  it('shows no more digits than are needed to tell two numbers apart', () => {
    const texts = (a: string, b: string) => choice(clash('phones/e/number', [value('a', a, true, 1), value('b', b, false, 2)])).texts
    expect(texts('12920852733', '12935972251')).toEqual(['129****2733', '129****2251'])
    expect(texts('129*0*5*733', '129*5*7*733')).toEqual(['129*0*5*733', '129*5*7*733'])
  })
  it('is never a choice between two masked numbers that look alike', () => {
    expect(choice(clash('phones/e1/number', [value('a', '129****0452', true, 1), value('b', '129****0452', false, 2)])).choosable).toBe(false)
  })
  it('names other fields and values in words', () => {
    expect(choice(clash('residents/r/sex', [value('a', '1', true, 1), value('b', '2', false, 2)])).choosable).toBe(true)
    expect(fieldWord('residents/r/birth_year')).toBe('出生年')
    expect(fieldWord('flags/r:meals')).toBe('助餐')
    expect(valueWords('residents/r/birth_year', 1948)).toBe('1948年')
    expect(valueWords('mobility/r', 'arm')).toBe('下楼要搀扶')
    expect(valueWords('residents/r/name', null)).toBe('没填')
  })
})

describe('a visit', () => {
  it('is one sentence', () => {
    expect(visitWords(visit(1, { mood: 'good', utilities: 'yes' }))).toBe('见到本人,精神好,水电气正常')
    expect(visitWords(visit(4))).toBe('敲门未应')
  })
  it('is reported after two unanswered knocks at somebody living alone', () => {
    const alone = [resident({ flags: ['P20'] })]
    expect(mustEscalate(alone, [visit(4), visit(4), visit(1)])).toBe(true)
    expect(mustEscalate(alone, [visit(4), visit(3)])).toBe(false)
    expect(mustEscalate(alone, [visit(4)])).toBe(false)
    expect(mustEscalate([resident({ flags: ['P21'] })], [visit(4), visit(4)])).toBe(false)
    expect(mustEscalate([resident({ flags: ['P20'], ended: 1 })], [visit(4), visit(4)])).toBe(false)
  })
  it('knows its kind from whom it is to', () => {
    expect(kindFor({ people: [resident({ flags: ['P20', 'P25'] })], visits: [] })).toBe('V03')
    expect(kindFor({ people: [resident({ flags: ['P25'] })], visits: [] })).toBe('V05')
    expect(kindFor({ people: [resident({ population: 'P12' })], visits: [] })).toBe('V02')
    expect(kindFor({ people: [resident({ population: 'P12' })], visits: [visit(1)] })).toBe('V01')
    expect(kindFor(null)).toBe('V01')
  })
})

describe('forms', () => {
  it('catches a mobile number with a digit too few', () => {
    expect(checkNumber('12900000452')).toBe(true)
    expect(checkNumber('1290000045')).toBe(false)
    expect(checkNumber('139 0000 0452')).toBe(true)
    expect(checkNumber('0571-8800123')).toBe(true)
    expect(checkNumber('95598')).toBe(true)
    expect(checkNumber('张三')).toBe(false)
    expect(checkNumber('')).toBe(false)
  })
  it('takes a year of birth, or none', () => {
    const now = new Date(2026, 10, 23)
    expect(checkYear('', now)).toBe(true)
    expect(checkYear('1948', now)).toBe(true)
    expect(checkYear('48', now)).toBe(false)
    expect(checkYear('2027', now)).toBe(false)
    expect(checkYear('1848', now)).toBe(false)
  })
})

describe('tags', () => {
  it('says each thing once, care first, and never a population type', () => {
    expect(flags(['P10', 'P40', 'meals', 'P25', 'P26', 'P20']).map((one) => one.words)).toEqual(['困难家庭', '独居', '助餐', '党员'])
  })
})
