import type base from '../zh-CN/tasks'
import type { Same } from '../shape'

export default {
  title: 'Tasks',
  none: 'No tasks in hand',
  none_hint: 'New ones show up under “Today”.',
  by: 'from {who}',
  done: 'Done',
  not_possible: 'Not possible',
  why_not: 'Why not? One sentence helps whoever asked.',
  why_needed: 'Write the reason',
  send_not_possible: 'Save and tell {who}',
  finished: '“{title}” is done, sends when online',
  told: 'Noted; {who} hears with the next signal',
  open_household: 'Open the household',
  group_late: 'Overdue',
  group_today: 'Today',
  group_week: 'These days',
  group_later: 'Later',
  group_none: 'No date',
  claimed: 'you took it on',
} satisfies Same<typeof base>
