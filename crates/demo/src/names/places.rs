//! Names of estates, courtyards, shops and shelters.

use crate::dice::Dice;
use crate::org::Org;

const NUMBERS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
const ESTATE_ENDS: [&str; 6] = ["花园", "家园", "新居", "雅居", "名邸", "小区"];

/// Name of estate `n` (from 0) of a grid. The hero estate is 望江苑.
pub(crate) fn estate(org: &Org, grid: usize, n: usize) -> String {
    let grid = &org.grids[grid];
    let stem = org.stem(grid.community);
    let number = NUMBERS[(grid.number - 1) % 10];
    let later = if n == 0 {
        String::new()
    } else {
        format!("{}期", NUMBERS[n % 10])
    };
    if stem.starts_with("安置苑") {
        return format!("{stem}{number}区{later}");
    }
    if stem == "望江" && grid.number == 3 {
        return format!("望江苑{later}");
    }
    format!("{stem}{}{later}", ESTATE_ENDS[(grid.number - 1) % 6])
}

const COURTYARDS: [&str; 20] = [
    "供销社大院",
    "粮站院",
    "丝厂家属院",
    "农机站院",
    "老电影院大院",
    "医药公司院",
    "百货公司院",
    "食品站院",
    "茶厂家属院",
    "林场院",
    "水电站院",
    "邮电所院",
    "糖酒公司院",
    "搬运社院",
    "机修厂院",
    "文化馆院",
    "石灰厂院",
    "车队院",
    "菜蔬社院",
    "纸厂院",
];

/// Name of courtyard `n` (from 0) of a grid.
pub(crate) fn courtyard(grid: usize, n: usize) -> String {
    let at = grid + n * 7;
    let side = ["", "东", "西", "后"][(at / COURTYARDS.len()) % 4];
    format!("{side}{}", COURTYARDS[at % COURTYARDS.len()])
}

/// What shops sell, with what they are called.
const SHOPS: [(&str, &str); 16] = [
    ("面馆", "面馆"),
    ("小吃", "抄手店"),
    ("茶馆", "茶馆"),
    ("超市", "便民超市"),
    ("药店", "大药房"),
    ("理发", "理发店"),
    ("五金", "五金店"),
    ("水果", "鲜果店"),
    ("服装", "服装店"),
    ("修理", "电器维修"),
    ("早餐", "包子铺"),
    ("文具", "文具店"),
    ("洗车", "洗车行"),
    ("快递", "快递站"),
    ("火锅", "火锅店"),
    ("幼教", "托管班"),
];
const SHOP_NAMES: [&str; 20] = [
    "溪畔", "老街", "顺和", "福满", "青杠", "云边", "好邻", "阿婆", "小杨", "三合", "春来", "百顺",
    "山里", "栖云", "石桥", "茶坪", "一家", "拐角", "新味", "同心",
];

/// Kind and name of a shop.
pub(crate) fn shop(dice: &mut Dice) -> (&'static str, String) {
    let (kind, end) = dice.pick(&SHOPS);
    (kind, format!("{}{end}", dice.pick(&SHOP_NAMES)))
}
