import type base from '../zh-CN/tasks'
import type { Same } from '../shape'

export default {} satisfies Same<typeof base>
