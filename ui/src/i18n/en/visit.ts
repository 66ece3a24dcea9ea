import type base from '../zh-CN/visit'
import type { Same } from '../shape'

export default {
  title: 'Record a visit',
  what: 'How was it',
  all_good: 'Met in person, all well',
  all_good_sub: 'good spirits; water, power, gas fine',
  mood: 'Spirits',
  mood_good: 'Good',
  mood_fair: 'So-so',
  mood_poor: 'Poor',
  utilities: 'Water, power, gas',
  utilities_yes: 'Fine',
  utilities_no: 'Trouble',
  words: 'Anything else',
  words_hint: 'May stay empty. The microphone on the keyboard writes what you say.',
  kind: 'Kind of visit',
  kind_change: 'Change',
  save: 'Save, sends when online',
  saved: 'Recorded, sends when online',
  draft: 'Going on from where you left it',
  start_over: 'Start over',
  choose_first: 'Tap first how it was',
  not_home_next: 'Call them? If someone answers, choose “Reached by phone”.',
  utilities_next: 'After saving you can report the trouble with water, power or gas.',
} satisfies Same<typeof base>
