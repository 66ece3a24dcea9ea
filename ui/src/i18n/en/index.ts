// All words of the phone's application, one file per screen.
import codes from './codes'
import common from './common'
import errors from './errors'
import shell from './shell'
import today from './today'
import find from './find'
import roster from './roster'
import building from './building'
import household from './household'
import edit from './edit'
import visit from './visit'
import tasks from './tasks'
import notices from './notices'
import enrol from './enrol'
import lapsed from './lapsed'
import unlock from './unlock'
import photo from './photo'
import report from './report'
import reports from './reports'
import emergency from './emergency'
import outbox from './outbox'
import settings from './settings'
import map from './map'
import lead from './lead'

export default {
  codes,
  common,
  errors,
  shell,
  today,
  find,
  roster,
  building,
  household,
  edit,
  visit,
  tasks,
  notices,
  enrol,
  lapsed,
  unlock,
  photo,
  report,
  reports,
  emergency,
  outbox,
  settings,
  map,
  lead,
}
