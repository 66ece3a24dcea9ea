// An enrolment that failed, as a headline and what to do about it.
import type { Key } from '@/i18n'

type Word = Key<'enrol'>

/** Message keys for an error; an unknown code gets the general pair. */
export function problemWords(error: { code: string; params: Record<string, string | number> }): { title: Word; todo: Word } {
  if (error.code === 'bad_input' && error.params['field'] === 'address') return { title: 'err_far', todo: 'address_bad' }
  switch (error.code) {
    case 'enrol_code_bad':
    case 'bad_input':
      return { title: 'err_bad', todo: 'err_bad_do' }
    case 'enrol_code_used':
      return { title: 'err_used', todo: 'err_used_do' }
    case 'enrol_code_expired':
      return { title: 'err_expired', todo: 'err_expired_do' }
    case 'center_unreachable':
      return { title: 'err_far', todo: 'err_far_do' }
    case 'center_wrong_certificate':
      return { title: 'err_cert', todo: 'err_cert_do' }
    case 'center_refused':
    case 'revoked':
      return { title: 'err_refused', todo: 'err_refused_do' }
    case 'enrol_other_person':
      return { title: 'err_person', todo: 'err_person_do' }
    case 'keystore_failed':
      return { title: 'err_keystore', todo: 'err_keystore_do' }
    case 'disk_full':
      return { title: 'err_disk', todo: 'err_disk_do' }
    default:
      return { title: 'err_other', todo: 'err_other_do' }
  }
}
