// What the center answers when it is no success.
export default {
  logged_out: '请再登录一次。',
  login_wrong: '登录名或密码不对。',
  login_wait: '试得太多了,过 {wait_s} 秒再来。',
  not_allowed: '你的岗位做不了这一步。',
  not_found: '没有找到。',
  overtaken: '别人先动了这件,现在的样子已经取来,请再看一眼。',
  reason_missing: '写一句原因。',
  bad_input: '这样填不行。',
  photo_not_here: '照片还没到中心。',
  no_line: '连不上中心。已经写的没丢,通了再试。',
  internal: '中心出了点问题,已记在日志里。再试一次;还不行就告诉系统管理员。',
}
