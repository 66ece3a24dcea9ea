import type base from '../zh-CN/outbox'
import type { Same } from '../shape'

export default {} satisfies Same<typeof base>
