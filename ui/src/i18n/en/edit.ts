import type base from '../zh-CN/edit'
import type { Same } from '../shape'

export default {} satisfies Same<typeof base>
