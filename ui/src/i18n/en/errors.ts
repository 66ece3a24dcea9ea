import type base from '../zh-CN/errors'
import type { Same } from '../shape'

export default {
  not_enrolled: 'This phone is not enrolled with a grid center yet.',
  locked: 'The phone is locked. Unlock it first.',
  pin_wrong: 'That PIN is not right. Wait {wait_s} s and try again.',
  enrol_code_bad: 'This code is not recognised. Check it and type it again.',
  enrol_code_used: 'This code was used before. Ask the center for another.',
  enrol_code_expired: 'This code has expired. Ask the center for another.',
  center_unreachable: 'The center can’t be reached now. All you wrote is on this phone and goes out with the next signal.',
  center_wrong_certificate: 'This does not look like our center, so nothing was sent. Please tell the center.',
  center_refused: 'The center did not take it. Please ring the center.',
  key_lost: 'The key to the records is gone. Enrol again and the center will give it back.',
  database_damaged: 'The records file is damaged and was kept as it is. Enrol again to go on.',
  not_found: 'Not found. It may have moved.',
  bad_input: 'One thing is not filled in right. Look again, then save.',
  photo_not_an_image: 'This file is not a picture.',
  photo_too_large: 'The picture is too large. Take another.',
  disk_full: 'The phone is full. Make some room; what you wrote is still here.',
  not_allowed: 'This is not yours to do. Ask the grid chief.',
  revoked: 'This phone was taken out of use. What was not sent is still kept.',
  internal: 'Something went wrong on this phone. What you wrote is still here. Try again, or tell the center.',
  wrong_token: 'This page is an old one. Open the phone again from the demo page.',
  unknown_command: 'This version of Linli can’t do that yet. Please update.',
  foreign_page: 'This page may not open the records of the phone.',
  app_unreachable: 'Linli does not answer. Close it and open it again.',
} satisfies Same<typeof base>
