//! Words of reported problems, by category.

use super::cases::Picture;

/// What people report, and how they put it.
pub(super) struct Trouble {
    /// Category code.
    pub(super) category: &'static str,
    /// Urgency of the category, 1–4.
    pub(super) urgency: usize,
    /// How often, against others of the same urgency.
    pub(super) weight: u32,
    /// Building leads report it, too.
    pub(super) leads: bool,
    /// What a photo of it shows.
    pub(super) photo: Option<Picture>,
    /// Ways to put it; `{b}` is the building, `{e}` the estate.
    pub(super) words: &'static [&'static str],
}

const fn trouble(
    category: &'static str,
    urgency: usize,
    weight: u32,
    leads: bool,
    photo: Option<Picture>,
    words: &'static [&'static str],
) -> Trouble {
    Trouble {
        category,
        urgency,
        weight,
        leads,
        photo,
        words,
    }
}

const DARK: Option<Picture> = Some(Picture::DarkStreet);
const STAIRS: Option<Picture> = Some(Picture::Stairwell);
const WATER: Option<Picture> = Some(Picture::Water);
const HOLE: Option<Picture> = Some(Picture::Hole);
const BINS: Option<Picture> = Some(Picture::Rubbish);

/// The table, a line for each category.
#[rustfmt::skip]
pub(super) const TROUBLES: [Trouble; 70] = [
    trouble("0301", 1, 10, true, HOLE, &["{e}门口井盖破了一半,先用木板盖着,要快来。", "{b}旁边井盖不见了,摆了个凳子提醒。"]),
    trouble("0305", 1, 10, true, None, &["{b}整栋停电,电表箱有焦味。", "{e}外电线垂下来了,离地一人高,已拉绳子挡住。"]),
    trouble("0306", 1, 5, true, None, &["{b}楼道有煤气味,已开窗,人都下楼了。"]),
    trouble("0402", 1, 4, true, None, &["{b}山墙新裂了一条缝,手指能伸进去。"]),
    trouble("0403", 1, 8, true, None, &["{b}外墙瓷砖掉下来两块,楼下拉了线。", "{b}六楼空调架子松了,风一吹就晃。"]),
    trouble("0404", 1, 7, true, None, &["{b}电梯停在四楼,里面有人,已打急修电话。"]),
    trouble("0505", 1, 4, true, None, &["{b}后面草坡冒烟,灭火器已经拿去了。"]),
    trouble("0601", 1, 3, true, WATER, &["河水涨到{e}后面第三级台阶了。"]),
    trouble("0602", 1, 3, true, None, &["{e}后坡有碎石往下滚,树歪了两棵。"]),
    trouble("0603", 1, 8, true, WATER, &["{b}前面积水到小腿,车进不来。", "{e}车库口进水了,正在往里灌。"]),
    trouble("0802", 1, 4, true, None, &["{b}一位老人正要给人转账,劝住了,请派出所来讲一下。"]),
    trouble("0804", 1, 4, true, None, &["{b}一位老人早上出门没回,家里人找了半天。"]),
    trouble("0901", 1, 7, true, None, &["{b}独居老人两天没开门,电话没人接。"]),
    trouble("1003", 1, 3, true, None, &["{b}自来水发黄,有味道,几家都这样。"]),
    trouble("0105", 2, 24, true, None, &["{e}广场舞音响太大,孩子在家上网课。", "{b}装修中午不停,老人睡不着。", "{e}旁边KTV半夜还在唱。"]),
    trouble("0106", 2, 14, true, None, &["{e}有条大狗没拴绳,吓到小孩。", "{b}楼道里狗叫一晚上。"]),
    trouble("0203", 2, 16, true, None, &["{e}门口车堵着消防口,打不通电话。", "{b}单元门被一辆面包车堵了。"]),
    trouble("0204", 2, 10, true, None, &["{e}门口烧烤摊的烟往楼里灌。"]), trouble( "0304", 2, 20, true, WATER, &["{b}水管爆了,水往路上流。", "{b}从早上起没水,楼上都没有。"]),
    trouble("0401", 2, 10, true, None, &["{b}楼顶在搭棚子,材料已经吊上去了。", "{e}有人在绿地上砌墙。"]),
    trouble("0501", 2, 16, true, STAIRS, &["{b}消防通道堆了旧家具,过不去人。", "{e}消防车道停满了车。"]),
    trouble("0502", 2, 18, true, STAIRS, &["{b}有人从三楼飞线下来充电。", "{b}一楼楼道停了四辆电瓶车,在充电。"]),
    trouble("0506", 2, 6, true, None, &["{b}一楼门店用气瓶做饭,离灶台太近。"]),
    trouble("0606", 2, 4, true, None, &["大风把{e}门口的树吹断了,压着路。"]),
    trouble("0704", 2, 5, true, None, &["{e}旁边工地几个工人说工钱没结,想问怎么办。"]),
    trouble("0801", 2, 3, true, None, &["{b}这几天有陌生人挨家看门锁。"]), trouble( "0904", 2, 2, true, None, &["{b}有个五六岁的孩子一个人在家哭。"]),
    trouble("0906", 2, 3, true, None, &["{e}门口有个流浪的人,天冷了没地方去。"]),
    trouble("1102", 2, 8, true, None, &["{e}后面有人烧垃圾,烟大。"]), trouble("1201", 2, 5, true, None, &["{b}楼下小店卖的豆干过期了。"]), trouble( "1204", 2, 7, true, None, &["{e}门口有人给老人发鸡蛋,让去听课买保健品。"]),
    trouble("0101", 3, 50, true, BINS, &["{b}垃圾桶满了没人收,有味道。", "{e}后门堆了一堆生活垃圾。", "{b}旁边垃圾袋被狗扒开,满地都是。"]),
    trouble("0102", 3, 22, true, WATER, &["{e}门口面馆往路上倒油水,滑。", "{b}旁边污水从沟里漫出来。"]),
    trouble("0103", 3, 26, true, None, &["{b}楼下堆了装修建渣,半个月了。", "{e}围墙边堆了旧沙发床垫。"]),
    trouble("0107", 3, 14, true, None, &["{b}前面绿地被人挖了种菜。"]), trouble( "0201", 3, 26, true, None, &["{e}门口水果摊摆到人行道上,轮椅过不去。", "{b}楼下店铺桌椅摆到路中间。"]),
    trouble("0202", 3, 24, true, None, &["{e}门口电瓶车乱停,门都推不开。", "共享单车倒了一排,在{b}前面。"]),
    trouble("0302", 3, 44, true, DARK, &["{b}前面路灯不亮,老人晚上看不见台阶。", "{e}到大门口三盏灯都黑着。", "{b}拐角路灯一闪一闪的。"]),
    trouble("0303", 3, 26, true, HOLE, &["{e}门口路面坑洼,下雨积水。", "{b}前面地砖翘起来,绊了人。"]),
    trouble("0307", 3, 24, true, WATER, &["{b}下水道堵了,一楼反水。", "{b}化粪池满了往外冒。"]),
    trouble("0309", 3, 12, true, None, &["{b}网断了两天,老人打不了视频电话。"]),
    trouble("0405", 3, 20, true, None, &["{b}楼道一个月没人扫。", "{e}大门门禁坏了,谁都能进。"]),
    trouble("0407", 3, 8, true, None, &["{b}一套房隔了八间出租,人来人往。"]),
    trouble("0503", 3, 30, true, STAIRS, &["{b}三楼楼道堆了纸箱和旧柜子。", "{b}楼梯间放了腌菜坛子和自行车。"]),
    trouble("0504", 3, 16, true, None, &["{b}二楼灭火器压力不够,指针在红格。", "{e}消火栓门打不开。"]),
    trouble("0701", 3, 22, true, None, &["{b}楼上漏水到楼下,两家吵起来了,先劝开了。", "{b}两家为晒被子的地方拌嘴,说和了一半。"]),
    trouble("0702", 3, 3, true, None, &["{b}一对夫妻吵得厉害,想请人来说和。"]),
    trouble("0703", 3, 8, true, None, &["{e}业主说维修资金没公示,要个说法。"]),
    trouble("0705", 3, 3, true, None, &["{e}几户问过渡费哪天到。"]), trouble("0706", 3, 4, true, None, &["{b}住户说健身卡退不了费。"]), trouble( "0903", 3, 10, true, None, &["{b}卧床老人,家里人换不了身,想找护理。"]),
    trouble("0907", 3, 10, true, None, &["{b}老人忘了交电费,快停了,帮着问一下。"]),
    trouble("1004", 3, 10, true, None, &["{e}垃圾房老鼠多,白天都看得见。"]),
    trouble("1103", 3, 10, true, None, &["{b}楼下饭馆油烟直接排到窗户下。"]),
    trouble("1104", 3, 10, true, None, &["{e}旁边工地晚上十一点还在打桩。"]),
    trouble("1105", 3, 6, true, None, &["{e}后面河边倒了一车渣土。"]), trouble("1203", 3, 4, true, None, &["{b}楼下卖早餐的没挂证。"]), trouble( "0104", 4, 30, true, None, &["{b}楼道贴满开锁小广告。", "{e}围墙上喷了电话号码。"]),
    trouble("0205", 4, 8, true, None, &["{e}门口有人占道洗车,水流一路。"]),
    trouble("0308", 4, 24, true, None, &["{e}健身器材的踏板断了一根。", "{b}前面长椅断了条腿。"]),
    trouble("0406", 4, 22, true, None, &["{b}顶楼下雨就漏,墙皮都掉了。", "{b}下水立管裂了,渗到墙里。"]),
    trouble("0905", 4, 6, true, None, &["{b}老人助听器坏了,问哪里能修。"]),
    trouble("1005", 4, 14, true, None, &["{b}老人腿脚不便,想请家庭医生上门量血压。", "{b}孩子该打疫苗了,问哪天能打。"]),
    trouble("1202", 4, 6, true, None, &["{e}门口菜摊的秤不准。"]), trouble( "1301", 4, 26, true, None, &["{b}老人不会在手机上认证,想请人代办。", "{b}想请帮忙取一次慢病药。"]),
    trouble("1302", 4, 24, true, None, &["{b}住户问低保怎么申请,要什么材料。", "{b}住户问异地看病怎么报销。"]),
    trouble("1303", 4, 26, true, None, &["{e}好多人想加装电梯,请来讲讲怎么办。", "{e}停车位不够,想在空地划几个。"]),
    trouble("1304", 4, 12, true, None, &["{b}一位退休电工愿意帮邻居修灯。"]),
    trouble("1305", 4, 12, true, None, &["{b}阿姨说谢谢帮她找到钥匙的小伙子。"]),
    trouble("1306", 4, 10, true, None, &["名单又要重填一遍,上个月刚填过,能不能少一遍?"]),
];

#[cfg(test)]
mod tests {
    use linli_model::reference;

    use super::TROUBLES;

    #[test]
    fn the_table_agrees_with_the_reference_data() {
        for trouble in &TROUBLES {
            let item = reference::events().item(trouble.category).unwrap();
            assert_eq!(
                usize::from(item.urgency),
                trouble.urgency,
                "{}",
                trouble.category
            );
            assert_eq!(
                item.building_lead_can_report, trouble.leads,
                "{}",
                trouble.category
            );
        }
    }
}
