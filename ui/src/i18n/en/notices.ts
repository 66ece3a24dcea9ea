import type base from '../zh-CN/notices'
import type { Same } from '../shape'

export default {} satisfies Same<typeof base>
