// The clock of the current step. Only the desk's own first step has one here: from the center
// having a case to somebody accepting it.
import workflow from '../../../../assets/workflow.json'

/** Colour of the light, and what is left; negative when over. */
export interface Clock {
  light: 'green' | 'yellow' | 'red'
  left: number
}

/** 上报→受理 */
const LIMIT = (workflow.timers.find((timer) => timer.name_zh === '上报→受理')?.default_min ?? 15) * 60_000
/** Yellow begins here. */
const YELLOW = 0.7

/** The clock of a case, or none. */
export function clockOf(line: { state: string; received_at: number }, now: number): Clock | null {
  if (line.state !== 'reported') return null
  const used = now - line.received_at
  const light = used >= LIMIT ? 'red' : used >= LIMIT * YELLOW ? 'yellow' : 'green'
  return { light, left: LIMIT - used }
}
