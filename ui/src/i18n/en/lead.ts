import type base from '../zh-CN/lead'
import type { Same } from '../shape'

export default {} satisfies Same<typeof base>
