import type base from '../zh-CN/notices'
import type { Same } from '../shape'

export default {
  title: 'Notices',
  urgent: 'Urgent',
  none: 'No notices yet',
  none_hint: 'What the center publishes arrives here by itself.',
} satisfies Same<typeof base>
