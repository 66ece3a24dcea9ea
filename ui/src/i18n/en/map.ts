import type base from '../zh-CN/map'
import type { Same } from '../shape'

export default {
  title: 'Map',
  sub: 'A sketch; works without a signal',
  legend: 'What is on the map',
  grid_own: 'Your area',
  building: 'Building, tap to open',
  water: 'Water',
  road: 'Road',
  shelter: 'Shelter',
  hazard: 'Hazard point',
  shop: 'Shop',
  case: 'Open report',
  here: 'I am here',
  find_me: 'Find my position',
  fit: 'Show all',
  zoom_in: 'Zoom in',
  zoom_out: 'Zoom out',
  open_case: 'Open this report',
  report_here: 'Report a problem here',
  empty: 'No map on this phone yet',
  empty_how: 'It downloads itself when there is a signal.',
  pick_title: 'Tap where you stand',
  pick_use: 'I am here',
  pick_need: 'First tap the map',
  map_label: 'Sketch map',
} satisfies Same<typeof base>
