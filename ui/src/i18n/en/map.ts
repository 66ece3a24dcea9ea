import type base from '../zh-CN/map'
import type { Same } from '../shape'

export default {} satisfies Same<typeof base>
