import type base from '../zh-CN/centerErrors'
import type { Same } from '../shape'

export default {
  logged_out: 'Please log in again.',
  login_wrong: 'Login or password is wrong.',
  login_wait: 'Too many tries: come back in {wait_s} seconds.',
  not_allowed: "Your post can't do this.",
  not_found: 'Not found.',
  overtaken: 'Somebody else moved it first. This is how it stands now; please look again.',
  reason_missing: 'Write why.',
  bad_input: "That can't be.",
  photo_not_here: 'The photo is not at the center yet.',
  no_line: 'No line to the center. Nothing you wrote is lost; try again when there is one.',
  internal: 'Something went wrong at the center; it is in the log. Try again, then tell the system administrator.',
} satisfies Same<typeof base>
