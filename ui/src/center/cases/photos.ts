// What is said of a photo beside it.
import type { CaseLine, Photo } from '@/bindings/center'

/** Where its bytes are: at the center, on their way, or overdue. */
export type Stand = 'here' | 'awaited' | 'late'

export const standOf = (photo: Photo): Stand => (photo.arrived ? 'here' : photo.late ? 'late' : 'awaited')

/** Not taken by the app's own camera on the spot. */
export const passedOn = (photo: Photo): boolean => photo.source !== 'camera'

/** `212 KB`, `1.4 MB`. */
export const size = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`

/** A position to five places, a metre: `29.87012 N, 102.93041 E`. */
export function degrees(lon: number, lat: number): string {
  const part = (value: number, plus: string, minus: string): string => `${Math.abs(value).toFixed(5)} ${value < 0 ? minus : plus}`
  return `${part(lat, 'N', 'S')}, ${part(lon, 'E', 'W')}`
}

/** A hash in groups that an eye can compare. */
export const groups = (hash: string): string[] => hash.match(/.{1,8}/g) ?? []

/** How the list says that photos of a case are missing; null when none is. */
export function lackOf(line: Pick<CaseLine, 'photos' | 'photos_arrived' | 'photos_late'>): { late: boolean; missing: number } | null {
  const missing = line.photos - line.photos_arrived
  return missing > 0 ? { late: line.photos_late > 0, missing } : null
}
