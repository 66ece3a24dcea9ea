import type base from '../zh-CN/building'
import type { Same } from '../shape'

export default {
  title: 'Building',
  lead: 'Lead {name}',
  all: 'All',
  filter: 'Show only',
  mark_overdue: 'Visit due',
  mark_care: 'Care',
  mark_mobility: 'Needs help moving',
  mark_clash: 'Two versions',
  mark_tip: 'Tip',
  mark_never: 'Never visited',
  help: 'Needs help',
  empty_room: 'empty',
  empty_room_long: 'nobody lives here',
  unit: 'Unit {unit}',
  floor: 'F{floor}',
  floor_other: '{floor}',
  more_right: 'More to the right: {units}',
  legend: 'Key',
  rooms: 'Rooms',
  room_label: '{unit} {room}, {rest}',
  nothing: 'No rooms in this building yet',
  nothing_hint: 'Rooms are entered by the center. Tell the grid chief.',
} satisfies Same<typeof base>
