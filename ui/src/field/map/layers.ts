// Our own drawn layers for Leaflet: no tiles, no licence, nothing from the network.
import { circle, divIcon, latLng, latLngBounds, layerGroup, marker, polygon, polyline } from 'leaflet'
import type { LatLng, LatLngBounds, LatLngTuple, Layer, LayerGroup, Map as LeafletMap, Path } from 'leaflet'
import { ClipboardList, Store, Tent, TriangleAlert } from '@lucide/vue'
import { h, render } from 'vue'
import type { Component } from 'vue'
import type { MapData, Shape, Spot } from '@/bindings/field'

/** What was tapped. */
export interface Tapped {
  kind: string
  id: string
  name: string
  lon: number
  lat: number
}

const ORDER = ['estate', 'water', 'road', 'grid', 'building']
const ICONS: Record<string, Component> = { shelter: Tent, hazard: TriangleAlert, shop: Store, case: ClipboardList }

const swap = (line: readonly [number, number][]): LatLngTuple[] => line.map(([lon, lat]) => [lat, lon])

function isOpen(shape: Shape): boolean {
  const first = shape.line[0]
  const last = shape.line[shape.line.length - 1]
  return !first || !last || first[0] !== last[0] || first[1] !== last[1]
}

/** Text as an element: a name from the outside never becomes markup. */
export function textElement(text: string): HTMLElement {
  const element = document.createElement('span')
  element.textContent = text
  return element
}

function drawShape(shape: Shape, tap: ((what: Tapped) => void) | null): Path {
  const open = isOpen(shape)
  const className = ['m-' + shape.kind, shape.own ? 'm-own' : '', open ? 'm-open' : ''].filter((c) => c !== '').join(' ')
  const interactive = tap !== null && shape.kind === 'building'
  const path = open
    ? polyline(swap(shape.line), { className, interactive })
    : polygon(swap(shape.line), { className, interactive })
  if (shape.kind === 'building' || shape.kind === 'grid') {
    path.bindTooltip(textElement(shape.name), {
      permanent: true,
      direction: 'center',
      className: shape.kind === 'building' ? 'm-name' : 'm-grid-name',
      interactive: false,
      opacity: 1,
    })
  }
  if (tap && interactive) {
    path.on('click', (event) => {
      tap({ kind: shape.kind, id: shape.id, name: shape.name, lon: event.latlng.lng, lat: event.latlng.lat })
    })
  }
  return path
}

/** A point with its sign and its name for those who listen; without `tap` it is only looked at. */
export function drawSpot(spot: Spot, title: string, tap: ((what: Tapped) => void) | null): Layer {
  const element = document.createElement('span')
  element.className = 'm-face'
  const icon = ICONS[spot.kind]
  if (icon) render(h(icon), element)
  const pin = marker([spot.lat, spot.lon], {
    icon: divIcon({ html: element, className: `m-spot m-${spot.kind}`, iconSize: [32, 32] }),
    interactive: tap !== null,
    keyboard: tap !== null,
    alt: title,
    title,
  })
  if (tap) pin.on('click', () => tap({ kind: spot.kind, id: spot.id, name: spot.name, lon: spot.lon, lat: spot.lat }))
  return pin
}

/** Draws ground and houses, what lies below first; without `tap` they are only looked at. */
export function drawShapes(all: readonly Shape[], tap: ((what: Tapped) => void) | null): LayerGroup {
  const shapes = [...all].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
  return layerGroup(shapes.map((shape) => drawShape(shape, tap)))
}

/** Where names stand, of the houses or of the grids, of shapes that are on the map. */
export function namesOf(shapes: LayerGroup, of: 'm-name' | 'm-grid-name'): LatLng[] {
  const at: LatLng[] = []
  shapes.eachLayer((layer) => {
    const name = layer.getTooltip()
    const where = name && name.options.className === of ? name.getLatLng() : undefined
    if (where) at.push(where)
  })
  return at
}

/** A pin, with its circle of doubt when there is one. */
export function drawPin(at: { lon: number; lat: number; accuracy_m: number | null }): LayerGroup {
  const pin = marker([at.lat, at.lon], {
    icon: divIcon({ html: '', className: 'm-pin', iconSize: [22, 22] }),
    interactive: false,
    keyboard: false,
  })
  const layers: LayerGroup = layerGroup([pin])
  if (at.accuracy_m !== null && at.accuracy_m > 0) {
    layers.addLayer(circle([at.lat, at.lon], { radius: at.accuracy_m, className: 'm-halo', interactive: false }))
  }
  return layers
}

/** The own area's bounds; those of everything when nothing is marked as own. */
export function ownBounds(data: MapData): LatLngBounds | null {
  const own = data.shapes.filter((shape) => shape.own && shape.kind === 'grid')
  const mine = own.length ? own : data.shapes.filter((shape) => shape.own)
  const chosen = mine.length ? mine : data.shapes
  const bounds = latLngBounds([])
  chosen.forEach((shape) => shape.line.forEach(([lon, lat]) => bounds.extend(latLng(lat, lon))))
  return bounds.isValid() ? bounds : null
}

/** The same with the shelters around, as many as cost no nearness: where to run to is part of the area. */
export function withShelters(view: LeafletMap, own: LatLngBounds, spots: readonly Spot[]): LatLngBounds {
  const zoom = view.getBoundsZoom(own)
  return spots
    .filter((spot) => spot.kind === 'shelter')
    .reduce((bounds, spot) => {
      const wider = latLngBounds(bounds.getSouthWest(), bounds.getNorthEast()).extend([spot.lat, spot.lon])
      return view.getBoundsZoom(wider) < zoom ? bounds : wider
    }, own)
}
