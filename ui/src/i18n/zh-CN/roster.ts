export default {
  title: '名册',
  seek: '姓名、拼音、门牌、电话尾号',
  sub: '{n}栋',
  care: '要关爱{n}',
  due: '到期{n}',
  empty: '名册还没到手机里',
  empty_hint: '有信号时会自己下载,点右上角看进度。',
  others: '其他',
  list: '楼栋',
}
