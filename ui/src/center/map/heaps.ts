// Cases that would lie on each other: one bubble, with how many, red when a critical one is among them.
import { divIcon, latLngBounds, layerGroup, marker } from 'leaflet'
import type { LatLng, LayerGroup, Map as LeafletMap } from 'leaflet'
import type { Spot } from '@/bindings/center'
import { aside, cluster } from '@/shared/cluster'
import { drawSpot, textElement } from './layers'

/** Pixels between two of them at least. */
const REACH = 42
/** So near that even two cases at one door stand for themselves. */
const ALONE_FROM = 20.4
/** What a house's name takes, with a bubble beside it. */
const NAME_ROOM = { x: 28, y: 21 }

/** Draws the cases for the present zoom, off the names of the houses. */
export function drawCases(
  view: LeafletMap,
  cases: readonly Spot[],
  names: readonly LatLng[],
  words: { titleOf: (spot: Spot) => string; heapTitle: (n: number) => string },
  tap: (spot: Spot) => void,
): LayerGroup {
  const zoom = view.getZoom()
  const anchors = names.map((at) => view.project(at, zoom))
  const heaps = cluster(cases, (spot) => view.project([spot.lat, spot.lon], zoom), zoom < ALONE_FROM ? REACH : 0)
  return layerGroup(
    heaps.map((heap) => {
      const only = heap.members[0]!
      if (heap.members.length === 1) return drawSpot(only, words.titleOf(only), tap)
      const at = aside(heap, anchors, NAME_ROOM, heaps)
      const title = words.heapTitle(heap.members.length)
      const critical = heap.members.some((spot) => spot.urgency === 1)
      const bubble = marker(view.unproject([at.x, at.y], zoom), {
        icon: divIcon({ html: textElement(String(heap.members.length)), className: `d-count d-heap${critical ? ' d-critical' : ''}`, iconSize: [28, 24] }),
        title,
        alt: title,
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
