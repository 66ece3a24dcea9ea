import type base from '../zh-CN/roster'
import type { Same } from '../shape'

export default {
  title: 'Roster',
  seek: 'Name, pinyin, door or last digits',
  sub: '{n} building | {n} buildings',
  care: '{n} need care',
  due: '{n} due',
  empty: 'The roster is not on this phone yet',
  empty_hint: 'It downloads by itself with signal. Tap the top right to see how far it is.',
  others: 'Others',
  list: 'Buildings',
} satisfies Same<typeof base>
