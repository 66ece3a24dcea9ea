import type base from '../zh-CN/find'
import type { Same } from '../shape'

export default {} satisfies Same<typeof base>
