// Drawn layers for Leaflet: no tiles, no licence, nothing from the network.
import { circle, divIcon, latLngBounds, layerGroup, marker, polygon, polyline } from 'leaflet'
import type { LatLng, LatLngBounds, LatLngTuple, Layer, LayerGroup } from 'leaflet'
import type { MapData, Shape, Spot } from '@/bindings/center'

/** What lies below comes first. */
const ORDER = ['estate', 'water', 'road', 'grid', 'building']
/** Shapes that are areas; the others are areas only when they close. */
const AREAS = new Set(['grid', 'estate', 'building'])

const swap = (line: [number, number][]): LatLngTuple[] => line.map(([lon, lat]) => [lat, lon])

/** Text as an element: a name from outside never becomes markup. */
export function textElement(text: string): HTMLElement {
  const element = document.createElement('span')
  element.textContent = text
  return element
}

function closes(shape: Shape): boolean {
  const [first, last] = [shape.line[0], shape.line[shape.line.length - 1]]
  return AREAS.has(shape.kind) || (!!first && !!last && first[0] === last[0] && first[1] === last[1])
}

/** Outlines, with the names of buildings and grids. `own` marks one grid. */
export function drawShapes(shapes: Shape[], own: string): LayerGroup {
  const sorted = [...shapes].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
  return layerGroup(
    sorted.map((shape) => {
      const area = closes(shape)
      const className = `d-${shape.kind}${area ? '' : ' d-line'}${shape.kind === 'grid' && shape.org === own ? ' d-own' : ''}`
      const path = area
        ? polygon(swap(shape.line), { className, interactive: false })
        : polyline(swap(shape.line), { className, interactive: false })
      if (shape.kind === 'building') {
        path.bindTooltip(textElement(shape.name), {
          permanent: true,
          direction: 'center',
          className: 'd-name',
          opacity: 1,
        })
      }
      return path
    }),
  )
}

/** Where the houses' names stand, of shapes that are on the map. */
export function namesOf(shapes: LayerGroup): LatLng[] {
  const at: LatLng[] = []
  shapes.eachLayer((layer) => {
    const where = layer.getTooltip()?.getLatLng()
    if (where) at.push(where)
  })
  return at
}

/** A point with its name for eyes, pointers and screen readers. */
export function drawSpot(spot: Spot, title: string, tap: ((spot: Spot) => void) | null): Layer {
  const open = spot.kind === 'case' && tap !== null
  const pin = marker([spot.lat, spot.lon], {
    icon: divIcon({ html: '', className: `d-spot d-${spot.kind} d-u${spot.urgency}`, iconSize: spot.kind === 'case' ? [18, 18] : [12, 12] }),
    interactive: open,
    keyboard: open,
    title,
    alt: title,
    riseOnHover: true,
  })
  if (open && tap) pin.on('click', () => tap(spot))
  return pin
}

/** From afar: how many cases each grid has, and whether a critical one is among them. */
export function drawCounts(data: MapData, label: (shape: Shape, n: number) => string, tap: (shape: Shape) => void): LayerGroup {
  const cases = data.spots.filter((spot) => spot.kind === 'case')
  return layerGroup(
    data.shapes
      .filter((shape) => shape.kind === 'grid')
      .flatMap((shape) => {
        const mine = cases.filter((spot) => spot.org === shape.org)
        if (!mine.length) return []
        const element = textElement(String(mine.length))
        const critical = mine.some((spot) => spot.urgency === 1)
        const title = label(shape, mine.length)
        const bubble = marker(polygon(swap(shape.line)).getBounds().getCenter(), {
          icon: divIcon({ html: element, className: `d-count${critical ? ' d-critical' : ''}`, iconSize: [34, 26] }),
          title,
          alt: title,
          zIndexOffset: 1000,
        })
        return [bubble.on('click', () => tap(shape))]
      }),
  )
}

/** Where the case is, with its circle of doubt. */
export function drawPin(at: { lon: number; lat: number; accuracy_m: number | null }): LayerGroup {
  const pin = marker([at.lat, at.lon], { icon: divIcon({ html: '', className: 'd-pin', iconSize: [18, 18] }), interactive: false, keyboard: false })
  const layers = layerGroup([pin])
  if (at.accuracy_m) layers.addLayer(circle([at.lat, at.lon], { radius: at.accuracy_m, className: 'd-halo', interactive: false }))
  return layers
}

/** Bounds of everything drawn, or none. */
export function boundsOf(data: MapData): LatLngBounds | null {
  const bounds = latLngBounds([])
  for (const shape of data.shapes) for (const [lon, lat] of shape.line) bounds.extend([lat, lon])
  if (!bounds.isValid()) for (const spot of data.spots) bounds.extend([spot.lat, spot.lon])
  return bounds.isValid() ? bounds : null
}
