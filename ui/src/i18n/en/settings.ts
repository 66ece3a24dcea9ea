import type base from '../zh-CN/settings'
import type { Same } from '../shape'

export default {} satisfies Same<typeof base>
