export default {
  title: '找人',
  seek: '姓名、拼音、门牌、电话尾号',
  clear: '清空',
  none: '没找到“{query}”',
  none_hint: '换个写法试试:拼音首字母(zst)、门牌(5-2-501)、电话后四位。',
  start: '怎么找',
  start_name: '名字或拼音:张守田、zst',
  start_door: '门牌:5栋2单元501、5-2-501',
  start_phone: '电话后几位:0452',
  more: '还有,再多写一个字就少了',
  count: '找到{n}个',
  results: '找到的',
}
