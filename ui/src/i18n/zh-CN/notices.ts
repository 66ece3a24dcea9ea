export default {
  title: '通知',
  urgent: '要紧',
  none: '还没有通知',
  none_hint: '中心发了会自己到这里。',
}
