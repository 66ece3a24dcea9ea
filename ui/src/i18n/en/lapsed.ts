export default {
  title: 'The roster is put away',
  why: 'This phone hasn’t met the center for more than a week. To keep people’s data safe, residents and visits are hidden for now.',
  safe: 'Nothing is lost. Meet the center once and everything is back.',
  last: 'Last contact: {when}',
  try: 'Try now',
  trying: 'Trying…',
  still_far: 'Still out of reach. Try where there is a signal.',
  outbox: 'Where my records are',
  outbox_n: 'Where my records are ({n})',
  report: 'Report a problem',
  phones: 'Emergency numbers',
}
