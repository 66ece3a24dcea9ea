import type base from '../zh-CN/building'
import type { Same } from '../shape'

export default {} satisfies Same<typeof base>
