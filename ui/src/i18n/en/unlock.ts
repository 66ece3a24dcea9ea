import type base from '../zh-CN/unlock'
import type { Same } from '../shape'

export default {
  title: 'Enter your PIN',
  sub: 'While locked you can still report a problem and ring the emergency numbers.',
  typed: '{n} digit typed | {n} digits typed',
  erase: 'Delete last',
  open: 'Open',
  wrong: 'Wrong PIN, try again',
  wait_seconds: 'Wrong PIN. Try again in {n} s',
  wait_minutes: 'Wrong PIN. Try again in {n} min',
  never_wipes: 'Wrong PINs never delete anything.',
  forgot: 'Forgot it? Ring the grid center.',
  pad: 'Number pad',
  report: 'Report a problem',
  phones: 'Emergency numbers',
} satisfies Same<typeof base>
