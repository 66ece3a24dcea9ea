import type base from '../zh-CN/unlock'
import type { Same } from '../shape'

export default {
  title: 'Enter your PIN',
  typed: '{n} digit typed | {n} digits typed',
  erase: 'Delete last',
  open: 'Open',
  wrong: 'Wrong PIN, try again',
  wait_seconds: 'Wrong PIN. Try again in {n} s',
  wait_minutes: 'Wrong PIN. Try again in {n} min',
  never_wipes: 'Wrong PINs never delete anything.',
  forgot: 'What if I forgot it',
  forgot_nobody: 'The PIN is on this phone only: the center can neither see nor change it. Reporting and the emergency numbers need no PIN.',
  forgot_way: 'If it does not come back to you: once all you wrote is sent, uninstall Linli, install it again and ask the grid center for a new enrolment code. The roster is downloaded anew, and nothing the center has is lost.',
  forgot_waiting: '{n} record is not at the center yet; uninstalling now would lose it. The locked phone sends by itself when there is a signal. | {n} records are not at the center yet; uninstalling now would lose them. The locked phone sends by itself when there is a signal.',
  forgot_all_sent: 'The center has all that was written on this phone.',
  pad: 'Number pad',
  report: 'Report a problem',
  phones: 'Emergency numbers',
} satisfies Same<typeof base>
