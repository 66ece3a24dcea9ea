//! Notices of communities.

use super::Scene;
use crate::dice::Dice;
use crate::id::Id;

/// A notice.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Document id.
    pub id: Id,
    /// Index of the post-holder who published it.
    pub author: usize,
    /// Title.
    pub title: &'static str,
    /// Text.
    pub body: &'static str,
    /// `normal` or `urgent`.
    pub level: &'static str,
    /// Index of the community it is for.
    pub community: usize,
    /// Published when.
    pub at: i64,
    /// No longer shown after.
    pub until: Option<i64>,
}

/// Days ago, days shown, level, title, text.
const NOTICES: [(i64, i64, &str, &str, &str); 6] = [
    (
        150,
        10,
        "normal",
        "汛期值守安排",
        "本周起汛期值守,夜里有雨请把手机音量开大。听到喇叭先下楼,再问情况。",
    ),
    (
        118,
        7,
        "normal",
        "周六义诊",
        "周六上午九点在党群服务中心义诊,量血压、看眼睛,不用带证件。走不动的请楼栋长说一声。",
    ),
    (
        76,
        5,
        "normal",
        "停水通知",
        "明天上午九点到下午四点检修管道停水,请提前接水。独居老人家里请网格员问一声。",
    ),
    (
        40,
        20,
        "normal",
        "电动车请到棚里充",
        "新车棚已通电,充一晚一块钱。楼道里不要再充,拉线的自己收一下。",
    ),
    (
        12,
        30,
        "normal",
        "冬季用气提醒",
        "天冷关窗,灶上离了人要关火。热水器排烟管堵了会中毒,拿不准就打电话问。",
    ),
    (
        1,
        5,
        "urgent",
        "大风降温,请看看独居老人",
        "明天夜里大风降温,请在今天之内看一眼独居和行动不便的老人:门窗关好没有,被子够不够。花盆收进屋。",
    ),
];

pub(super) fn build(scene: &Scene) -> Vec<Notice> {
    let county = scene.county;
    let mut dice = Dice::new(county.seed, "notices", 0);
    let mut notices = Vec::new();
    for community in 0..county.org.communities.len() {
        for (ago, shown, level, title, body) in NOTICES {
            let at = county.today.plus(-ago).at(16, dice.range(0, 59), 0);
            notices.push(Notice {
                id: Id::new(at, &mut dice),
                author: county.chief(community),
                title,
                body,
                level,
                community,
                at,
                until: Some(county.today.plus(shown - ago).at(23, 59, 0)),
            });
        }
    }
    notices.sort_by_key(|n| (n.at, n.id));
    notices
}
