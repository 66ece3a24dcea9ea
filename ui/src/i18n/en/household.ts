import type base from '../zh-CN/household'
import type { Same } from '../shape'

export default {} satisfies Same<typeof base>
