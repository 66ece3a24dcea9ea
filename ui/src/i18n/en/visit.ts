import type base from '../zh-CN/visit'
import type { Same } from '../shape'

export default {} satisfies Same<typeof base>
