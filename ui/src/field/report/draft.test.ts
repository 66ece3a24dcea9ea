import { describe, expect, it } from 'vitest'
import { emptyDraft, isBlank, missing, readDraft, toRequest } from './draft'

describe('the report draft', () => {
  it('comes back as it was saved', () => {
    const draft = {
      ...emptyDraft(), category: '0302', words: '第二盏灯', photos: [{ id: 'm1', source: 'album' }],
      position: { lon: 102.9, lat: 30.1, accuracy_m: 12, source: 'gnss', at: 5, mocked: false },
    }
    expect(readDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft)
  })
  it('survives what an older version or a stranger wrote', () => {
    expect(readDraft(null)).toEqual(emptyDraft())
    expect(readDraft([1, 2])).toEqual(emptyDraft())
    const read = readDraft({ words: '还在', photos: [null, { id: 7 }, { id: 'm2' }], position: { lon: 'x' } })
    expect(read).toEqual({ ...emptyDraft(), words: '还在', photos: [{ id: 'm2', source: 'camera' }] })
  })
  it('asks for the kind first and then for anything at all', () => {
    expect(missing(emptyDraft())).toBe('category')
    expect(missing({ ...emptyDraft(), category: '0302' })).toBe('content')
    expect(missing({ ...emptyDraft(), category: '0302', words: '  ' })).toBe('content')
    expect(missing({ ...emptyDraft(), category: '0302', place: 'b5' })).toBeNull()
    expect(missing({ ...emptyDraft(), category: '0302', words: '灯坏了' })).toBeNull()
  })
  it('is blank only when nothing was put in', () => {
    expect(isBlank(emptyDraft())).toBe(true)
    expect(isBlank({ ...emptyDraft(), photos: [{ id: 'm', source: 'camera' }] })).toBe(false)
  })
  it('becomes a request with trimmed words and media ids', () => {
    const request = toRequest({ ...emptyDraft(), category: '0302', words: ' 灯坏了 \n', photos: [{ id: 'm1', source: 'camera' }] })
    expect(request).toEqual({ category: '0302', words: '灯坏了', place: '', position: null, media: ['m1'], household: '', draft: 'report' })
  })
})
