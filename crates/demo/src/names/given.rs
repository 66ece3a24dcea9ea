//! Given names by generation: what parents chose before 1965, until 1995, and since.

/// First characters, men born before 1965.
pub const MEN_OLD_1: &str = "德国正光明志永文世洪守学长天兴万";
/// Second characters, men born before 1965.
pub const MEN_OLD_2: &str = "明华才贵清云福林成富全禄忠田友祥";
/// First characters, women born before 1965.
pub const WOMEN_OLD_1: &str = "桂秀玉素淑翠春菊月凤金成碧光泽书";
/// Second characters, women born before 1965.
pub const WOMEN_OLD_2: &str = "兰英芳珍琼华芬蓉清容香群莲仙梅秀";
/// First characters, men born 1965–1995.
pub const MEN_MID_1: &str = "建志海晓小云立永少国文俊家利红大";
/// Second characters, men born 1965–1995.
pub const MEN_MID_2: &str = "军勇伟强超涛斌波刚平辉东林峰鹏亮";
/// First characters, women born 1965–1995.
pub const WOMEN_MID_1: &str = "晓小丽红艳雪海秋春美婷文慧永国玉";
/// Second characters, women born 1965–1995.
pub const WOMEN_MID_2: &str = "丽敏燕霞娟静梅琴英莉蓉芳萍玲云红";
/// Given names of one character, 1965–1995, men.
pub const MEN_SINGLE: &str = "军勇伟强超涛斌波刚平辉磊峰鹏亮健";
/// Given names of one character, 1965–1995, women.
pub const WOMEN_SINGLE: &str = "丽敏燕霞娟静梅琴莉蓉芳萍玲倩颖洁";
/// First characters, boys born since 1996.
pub const BOYS_1: &str = "浩子宇梓俊奕沐泽嘉皓一明思承睿景";
/// Second characters, boys born since 1996.
pub const BOYS_2: &str = "然轩航宇豪涵辰阳霖宸睿晨杰熙博远";
/// First characters, girls born since 1996.
pub const GIRLS_1: &str = "梓欣雨思诗语若佳可一沐子嘉芷晨静";
/// Second characters, girls born since 1996.
pub const GIRLS_2: &str = "涵怡彤琪妍萱瑶悦桐宁晴雯汐璇语菲";

/// Long names whose parts are joined by a middle dot: mother tongues of the hills.
pub const DOTTED: [&str; 16] = [
    "吉克·阿依·木果",
    "沙马·拉作·尔呷",
    "阿说·尔古·木呷惹",
    "泽仁·旺姆",
    "洛桑·泽仁·多吉",
    "扎西·邓珠·曲批",
    "次仁·央宗",
    "阿苏·有合·史洛莫",
    "吉觉·伍呷",
    "多吉·尼玛·扎堆",
    "格桑·卓玛措",
    "马海·日古·尔坡",
    "俄底·么色·阿牛",
    "降央·泽郎",
    "仁真·旺姆·拉初",
    "木乃·阿果·呷呷嫫",
];

/// Characters beyond the common sets, one of them outside the basic plane.
pub const RARE: [&str; 6] = ["䶮", "𬱖", "堃", "喆", "翀", "昇"];
