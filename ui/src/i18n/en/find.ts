import type base from '../zh-CN/find'
import type { Same } from '../shape'

export default {
  title: 'Find',
  seek: 'Name, pinyin, door or last digits',
  clear: 'Clear',
  none: 'Nothing found for “{query}”',
  none_hint: 'Try initials (zst), a door (5-2-501) or the last four digits of a phone number.',
  start: 'How to find somebody',
  start_name: 'Name or pinyin: 张守田, zst',
  start_door: 'Door: 5栋2单元501, 5-2-501',
  start_phone: 'End of a phone number: 0452',
  more: 'There are more; one more letter narrows it down',
  count: '{n} found',
  results: 'Found',
} satisfies Same<typeof base>
