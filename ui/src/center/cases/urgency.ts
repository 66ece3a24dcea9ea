// The four urgencies: a word first, the colour only repeats it.
import events from '../../../../assets/event_categories.json'

/** Words by code. */
export const urgencyWords: Readonly<Record<number, { zh: string; en: string }>> = Object.fromEntries(
  events.urgency_levels.map((level) => [level.code, { zh: level.zh, en: level.en }]),
)
