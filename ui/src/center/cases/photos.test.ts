import { describe, expect, it } from 'vitest'
import type { Photo } from '@/bindings/center'
import { degrees, groups, lackOf, passedOn, size, standOf } from './photos'

const photo = (over: Partial<Photo>) => ({ arrived: true, late: false, source: 'camera', ...over }) as Photo

describe('a photo', () => {
  it('is here, awaited, or late', () => {
    expect(standOf(photo({}))).toBe('here')
    expect(standOf(photo({ arrived: false }))).toBe('awaited')
    expect(standOf(photo({ arrived: false, late: true }))).toBe('late')
  })

  it('was passed on unless the camera took it', () => {
    expect(['camera', 'album', 'share'].map((source) => passedOn(photo({ source })))).toEqual([false, true, true])
  })

  it('has a size, a place and a hash that people can read', () => {
    expect([12, 212_400, 1_400_000].map(size)).toEqual(['1 KB', '212 KB', '1.4 MB'])
    expect(degrees(102.930412, 29.87)).toBe('29.87000 N, 102.93041 E')
    expect(degrees(-0.5, -1)).toBe('1.00000 S, 0.50000 W')
    expect(groups('a'.repeat(64))).toHaveLength(8)
  })
})

describe('a case in the list', () => {
  it('says how many photos it lacks, and whether one is late', () => {
    expect(lackOf({ photos: 2, photos_arrived: 2, photos_late: 0 })).toBeNull()
    expect(lackOf({ photos: 3, photos_arrived: 1, photos_late: 0 })).toEqual({ late: false, missing: 2 })
    expect(lackOf({ photos: 3, photos_arrived: 1, photos_late: 1 })).toEqual({ late: true, missing: 2 })
  })
})
