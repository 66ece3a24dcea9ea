import type base from '../zh-CN/roster'
import type { Same } from '../shape'

export default {} satisfies Same<typeof base>
