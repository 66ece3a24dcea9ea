// Reports on the map: each by itself where there is room, together under a number where not.
import { divIcon, latLngBounds, layerGroup, marker } from 'leaflet'
import type { LatLng, LayerGroup, Map as LeafletMap } from 'leaflet'
import type { Spot } from '@/bindings/field'
import { aside, cluster } from '@/shared/cluster'
import { drawSpot, textElement } from './layers'
import type { Tapped } from './layers'

/** Pixels between two of them at least. */
const REACH = 40
/** So near that even two reports at one door stand for themselves. */
const ALONE_FROM = 20.5
/** What a name takes, with a bubble beside it: a house's, and a grid's, which is longer. */
const NAME_ROOM = { x: 30, y: 22 }
const GRID_ROOM = { x: 68, y: 24 }

export interface HeapWords {
  titleOf: (spot: Spot) => string
  /** Of a bubble: `3 件在办的事,放大看`. */
  heapTitle: (n: number) => string
}

/** Draws the reports for the present zoom, off the names that are shown. */
export function drawReports(
  view: LeafletMap,
  reports: readonly Spot[],
  names: { at: readonly LatLng[]; ofGrids: boolean },
  words: HeapWords,
  tap: ((what: Tapped) => void) | null,
): LayerGroup {
  const zoom = view.getZoom()
  const anchors = names.at.map((at) => view.project(at, zoom))
  const heaps = cluster(reports, (spot) => view.project([spot.lat, spot.lon], zoom), zoom < ALONE_FROM ? REACH : 0)
  return layerGroup(
    heaps.map((heap) => {
      const only = heap.members[0]!
      if (heap.members.length === 1) return drawSpot(only, words.titleOf(only), tap)
      const at = aside(heap, anchors, names.ofGrids ? GRID_ROOM : NAME_ROOM, heaps)
      const title = words.heapTitle(heap.members.length)
      const bubble = marker(view.unproject([at.x, at.y], zoom), {
        icon: divIcon({ html: textElement(String(heap.members.length)), className: 'm-heap', iconSize: [30, 30] }),
        interactive: tap !== null,
        keyboard: tap !== null,
        alt: title,
        title,
        zIndexOffset: 500,
      })
      return bubble.on('click', () => {
        const bounds = latLngBounds(heap.members.map((spot) => [spot.lat, spot.lon]))
        // Nearer in any case, also where all stand at one door.
        const nearer = Math.max(zoom + 1, Math.min(view.getBoundsZoom(bounds.pad(0.3)), zoom + 3))
        view.setView(bounds.getCenter(), nearer, { animate: false })
      })
    }),
  )
}
