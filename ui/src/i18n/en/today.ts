import type base from '../zh-CN/today'
import type { Same } from '../shape'

export default {} satisfies Same<typeof base>
