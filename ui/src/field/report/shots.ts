// The photos of the report that is open: the shutter never waits. A photo stands on the strip as
// soon as it is taken in, and is placed while better positions come.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { asCommandError, backend, call, onTouch } from '@/backend'
import type { PhotoSource } from '@/backend'
import type { MaskStroke, MediaItem, Position } from '@/bindings/field'
import { sayError, useWords } from '@/i18n'
import { later } from '../state/later'
import { toast } from '../state/toast'
import type { DraftPhoto, ReportDraft } from './draft'
import { canLocate, seek } from './geolocate'
import type { Found, Seek } from './geolocate'
import { whyNowhere } from './where'

/** A second tap so soon is the same one. */
const TWICE_MS = 600
/** A position older than this says where the person stood when the camera opened, not now. */
const STALE_MS = 20_000

/** A photo on the strip. */
export interface Shot extends DraftPhoto {
  /** As the phone knows it; null until it was asked. */
  item: MediaItem | null
  /** Its position is being looked for. */
  seeking: boolean
  /** Its address, new whenever its pixels are. */
  url(width?: 320 | 1600): string
}

export interface Shots {
  shots: ComputedRef<Shot[]>
  /** Photos that are being taken in. */
  arriving: Ref<number>
  /** Photos were here that the draft didn't know. */
  found: Ref<boolean>
  /** A position for the report is being looked for. */
  finding: ComputedRef<boolean>
  /** Why none was found, in words. */
  trouble: Ref<string>
  /** On a tap: a photo from the camera or the album. */
  add(source: PhotoSource): Promise<void>
  /** Takes one in, placed by `warm` if it is the camera's; whether the source gave one. Fails with a `CommandError`. */
  takeIn(source: PhotoSource, warm: Seek | null): Promise<boolean>
  remove(id: string): void
  /** Photos of a form that is given up: dropped by `gone`, or back by `back`. */
  giveUp(photos: DraftPhoto[]): { gone(): void; back(): void }
  /** Looks for the report's position, on a tap. */
  find(): void
  /** The person said where the report is: a fix doesn't change it. */
  byHand(): void
  /** The person said where a photo was taken. */
  place(id: string, position: Position): Promise<void>
  mask(id: string, strokes: MaskStroke[]): Promise<void>
  /** Before the report is saved: what is on its way is written, nothing is looked for any more. */
  close(): Promise<void>
  /** It wasn't saved after all. */
  reopen(): void
}

/** Photos on their way out: they are not to be found again. */
const leaving = new Set<string>()

function drop(id: string): void {
  void call('drop_media', { id }).catch(() => undefined)
}

/** `ready` says that the draft has been read into `form`. */
export function useShots(form: Ref<ReportDraft>, ready: Ref<boolean>): Shots {
  const t = useWords('report')
  const items = shallowRef<Record<string, MediaItem>>({})
  const versions: Record<string, number> = {}
  const seeking = shallowRef<ReadonlySet<string>>(new Set())
  const arriving = ref(0)
  const found = ref(false)
  const trouble = ref('')
  const leader = shallowRef<Seek | null>(null)
  const running = new Set<Seek>()
  /** Taken here: nobody has to be told of them. */
  const own = new Set<string>()
  const arrivals = new Set<Promise<void>>()
  const placing: Record<string, Promise<void>> = {}
  let closed = false
  let turn = 0
  let tapped = 0

  const shots = computed(() => {
    const known = items.value
    const sought = seeking.value
    return form.value.photos.map<Shot>((photo) => {
      const { id } = photo
      const version = versions[id] ?? 0
      return {
        id,
        source: photo.source,
        item: known[id] ?? null,
        seeking: sought.has(id),
        url: (width) => backend().photoUrl(id, width) + (version > 0 ? `&v=${version}` : ''),
      }
    })
  })

  function know(item: MediaItem): void {
    const before = items.value[item.id]
    const same = before && before.bytes === item.bytes && before.processing === item.processing && before.width === item.width
    // Its pixels may be others now (unfolded, stamped): the engine keeps pictures by address.
    if (before && !same) versions[item.id] = (versions[item.id] ?? 0) + 1
    items.value = { ...items.value, [item.id]: item }
  }

  /** Reads what the phone holds: other photos' states, and photos that the draft doesn't know. */
  async function refresh(): Promise<void> {
    if (!ready.value || closed) return
    const mine = ++turn
    const loose = await call('loose_media', {}).catch(() => null)
    if (!loose || mine !== turn || closed) return
    loose.forEach(know)
    const held = new Set(loose.map((item) => item.id))
    // One that the phone could not unfold is gone; a report must not name it.
    const lost = form.value.photos.filter((photo) => !held.has(photo.id) && !own.has(photo.id))
    if (lost.length) {
      form.value.photos = form.value.photos.filter((photo) => !lost.includes(photo))
      toast(t('photo_lost', { n: lost.length }), { tone: 'bad' })
    }
    const on = new Set(form.value.photos.map((photo) => photo.id))
    const more = loose.filter((item) => !on.has(item.id) && !own.has(item.id) && !leaving.has(item.id))
    if (!more.length) return
    form.value.photos = [...form.value.photos, ...more.map((item) => ({ id: item.id, source: item.source }))]
    if (more.some((item) => !item.unreadable)) found.value = true
  }
  watch(ready, () => void refresh(), { immediate: true })
  onScopeDispose(onTouch((topics) => topics.has('media') && void refresh()))

  function begin(lead: boolean): Seek {
    const one = seek()
    running.add(one)
    if (lead && !leader.value) leader.value = one
    trouble.value = ''
    const tell = ({ position }: Found) => {
      if (leader.value === one) form.value.position = position
    }
    one.onBetter(tell)
    void one.settled.then((last) => {
      running.delete(one)
      if (leader.value !== one) return
      if (typeof last !== 'string') tell(last)
      else if (!form.value.position) trouble.value = t(whyNowhere(last))
      leader.value = null
    })
    return one
  }

  function soughtNow(id: string, on: boolean): void {
    const next = new Set(seeking.value)
    if (on) next.add(id)
    else next.delete(id)
    seeking.value = next
  }

  /** One after the other, so that an older position never comes last. */
  function tellPlace(id: string, position: Position | null, settled: boolean, direction: number | null = null): Promise<void> {
    const before = placing[id] ?? Promise.resolve()
    const now = before.then(async () => know(await call('place_media', { id, position, direction, settled })))
    placing[id] = now.catch(() => undefined)
    return now
  }

  /** Where somebody stands says nothing of a picture from elsewhere. */
  function placeByPosition(item: MediaItem, warm: Seek | null): void {
    const { id } = item
    if (item.source !== 'camera' || !warm || closed) {
      const at = item.source === 'camera' && warm ? warm.best() : null
      void tellPlace(id, at ? at.position : item.position, true, at && at.direction).catch(() => undefined)
      return
    }
    const best = warm.best()
    const one = running.has(warm) || (best && Date.now() - best.position.at < STALE_MS) ? warm : begin(!form.value.position)
    soughtNow(id, true)
    const hear = ({ position, direction }: Found) => {
      if (seeking.value.has(id)) void tellPlace(id, position, false, direction).catch(() => undefined)
    }
    const first = one.best()
    if (first && running.has(one)) hear(first)
    one.onBetter(hear)
    void one.settled.then((last) => {
      if (!seeking.value.has(id)) return
      soughtNow(id, false)
      const [position, direction] = typeof last === 'string' ? [item.position, null] : [last.position, last.direction]
      void tellPlace(id, position, true, direction).catch(() => undefined)
    })
  }

  /** The report's position, where it says something of this moment. */
  function here(): Position | null {
    const at = form.value.position
    return at && (at.source !== 'gnss' || Date.now() - at.at < STALE_MS) ? at : null
  }

  async function takeIn(source: PhotoSource, warm: Seek | null): Promise<boolean> {
    let id = ''
    let picked = false
    try {
      id = (await call('take_media', { source, position: source === 'camera' ? here() : null })).id
      own.add(id)
      const really = await backend().pickPhoto(source, id)
      if (really === null) {
        drop(id)
        return false
      }
      picked = true
      arriving.value += 1
      const coming = call('import_media', { id, source: really })
        .then((item) => {
          know(item)
          form.value.photos = [...form.value.photos, { id: item.id, source: item.source }]
          placeByPosition(item, warm)
        })
        .finally(() => (arriving.value -= 1))
      hold(coming)
      await coming
      return true
    } catch (thrown) {
      // A camera that was closed may have taken its file away.
      const nothing = picked && asCommandError(thrown).code === 'not_found'
      if (id && (!picked || nothing)) drop(id)
      else if (id) {
        // A camera's picture may still be there, and be the only one: only the person drops it.
        own.delete(id)
        void refresh()
      }
      if (nothing) return false
      throw thrown
    }
  }

  async function add(source: PhotoSource): Promise<void> {
    if (Date.now() - tapped < TWICE_MS) return
    tapped = Date.now()
    // A photo taken for a report is a tap that means "here": satellites are asked meanwhile.
    const warm = source === 'camera' && canLocate() ? begin(!form.value.position) : null
    try {
      const came = await takeIn(source, warm)
      if (came || !warm) return
      if (leader.value === warm) leader.value = null
      warm.stop()
    } catch (thrown) {
      toast(sayError(asCommandError(thrown)), { tone: 'bad' })
    }
  }

  function hold(work: Promise<void>): void {
    arrivals.add(work)
    const over = () => arrivals.delete(work)
    void work.then(over, over)
  }

  function giveUp(photos: DraftPhoto[]): { gone(): void; back(): void } {
    photos.forEach((photo) => leaving.add(photo.id))
    return {
      gone: () => photos.forEach((photo) => drop(photo.id)),
      back: () => photos.forEach((photo) => leaving.delete(photo.id)),
    }
  }

  function remove(id: string): void {
    const at = form.value.photos.findIndex((photo) => photo.id === id)
    const photo = form.value.photos[at]
    if (!photo) return
    form.value.photos = form.value.photos.filter((one) => one.id !== id)
    const out = giveUp([photo])
    later(t('photo_removed'), out.gone, () => {
      out.back()
      const now = form.value.photos.filter((one) => one.id !== id)
      form.value.photos = [...now.slice(0, at), photo, ...now.slice(at)]
    })
  }

  function byHand(): void {
    leader.value = null
    trouble.value = ''
  }

  async function mask(id: string, strokes: MaskStroke[]): Promise<void> {
    const item = await call('mask_media', { id, strokes })
    know(item)
    versions[id] = (versions[id] ?? 0) + 1
    items.value = { ...items.value }
  }

  function stop(): void {
    leader.value = null
    Array.from(running).forEach((one) => one.stop())
  }
  // The screen is left: what was found by now has to do.
  onScopeDispose(() => {
    closed = true
    stop()
  })

  return {
    shots, arriving, found, trouble, add, takeIn, remove, giveUp, byHand, mask,
    finding: computed(() => leader.value !== null),
    find: () => void begin(true),
    place(id, position) {
      soughtNow(id, false)
      return tellPlace(id, position, true)
    },
    async close() {
      // A photo that was taken goes with it, also when the button was quicker.
      await Promise.all(Array.from(arrivals, (one) => one.catch(() => undefined)))
      closed = true
      // A report does not wait for satellites; the phone finishes its photos with what it knows.
      seeking.value = new Set()
      stop()
      await Promise.all(Object.values(placing))
    },
    reopen() {
      closed = false
      void refresh()
    },
  }
}
