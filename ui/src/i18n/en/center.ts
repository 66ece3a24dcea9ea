// All words of the console, one file per page.
import cases from './centerCases'
import errors from './centerErrors'
import people from './centerPeople'
import returned from './centerReturned'
import shell from './centerShell'

export default { cases, errors, people, returned, shell }
