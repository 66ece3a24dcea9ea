export default {
  title: '名册先收起来了',
  why: '这部手机一个多星期没和中心联系上。为了大家的资料安全,住户和走访先不显示。',
  safe: '什么都没有丢。连上一次中心,马上就回来。',
  last: '上次联系:{when}',
  try: '现在连一次',
  trying: '正在连…',
  still_far: '还连不上。换个有信号的地方再试。',
  outbox: '我写的,送到哪了',
  outbox_n: '我写的,送到哪了({n} 条)',
  report: '报个事',
  phones: '应急电话',
}
