//! Surnames that are read otherwise than the character usually is.

/// Surname → its readings, syllables of a double surname divided by blanks, the usual one first.
/// Readings not listed here come from the character and follow after these.
const SURNAMES: &[(&str, &[&str])] = &[
    // Two characters. Those that read as usual are here too: they say where the surname ends.
    ("万俟", &["mo qi"]),
    ("上官", &["shang guan"]),
    ("东方", &["dong fang"]),
    ("令狐", &["ling hu"]),
    ("公孙", &["gong sun"]),
    ("公冶", &["gong ye"]),
    ("单于", &["chan yu"]),
    ("南宫", &["nan gong"]),
    ("司徒", &["si tu"]),
    ("司空", &["si kong"]),
    ("司马", &["si ma"]),
    ("呼延", &["hu yan"]),
    ("夏侯", &["xia hou"]),
    ("太史", &["tai shi"]),
    ("完颜", &["wan yan"]),
    ("宇文", &["yu wen"]),
    ("宗政", &["zong zheng"]),
    ("尉迟", &["yu chi"]),
    ("慕容", &["mu rong"]),
    ("拓跋", &["tuo ba"]),
    ("欧阳", &["ou yang"]),
    ("歐陽", &["ou yang"]),
    ("淳于", &["chun yu"]),
    ("澹台", &["tan tai"]),
    ("濮阳", &["pu yang"]),
    ("独孤", &["du gu"]),
    ("申屠", &["shen tu"]),
    ("皇甫", &["huang fu"]),
    ("端木", &["duan mu"]),
    ("第五", &["di wu"]),
    ("纳兰", &["na lan"]),
    ("诸葛", &["zhu ge"]),
    ("赫连", &["he lian"]),
    ("轩辕", &["xuan yuan"]),
    ("钟离", &["zhong li"]),
    ("长孙", &["zhang sun"]),
    ("闻人", &["wen ren"]),
    ("闾丘", &["lv qiu"]),
    ("鲜于", &["xian yu"]),
    // One character.
    ("万", &["wan"]),
    ("么", &["yao"]),
    ("乐", &["yue", "le"]),
    ("乘", &["sheng", "cheng"]),
    ("乜", &["nie"]),
    ("仇", &["qiu"]),
    ("任", &["ren"]),
    ("冼", &["xian"]),
    ("单", &["shan"]),
    ("區", &["ou"]),
    ("华", &["hua"]),
    ("卜", &["bu"]),
    ("区", &["ou"]),
    ("單", &["shan"]),
    ("厍", &["she"]),
    ("句", &["gou"]),
    ("召", &["shao"]),
    ("员", &["yun"]),
    ("哈", &["ha"]),
    ("宁", &["ning"]),
    ("宓", &["mi", "fu"]),
    ("宿", &["su"]),
    ("尉", &["wei", "yu"]),
    ("干", &["gan"]),
    ("应", &["ying"]),
    ("折", &["she"]),
    ("撒", &["sa"]),
    ("曲", &["qu"]),
    ("曾", &["zeng"]),
    ("朴", &["piao"]),
    ("柏", &["bai"]),
    ("查", &["zha"]),
    ("殷", &["yin"]),
    ("沈", &["shen"]),
    ("洗", &["xian"]),
    ("燕", &["yan"]),
    ("牟", &["mu", "mou"]),
    ("盖", &["ge", "gai"]),
    ("盛", &["sheng"]),
    ("相", &["xiang"]),
    ("石", &["shi"]),
    ("祭", &["zhai"]),
    ("秘", &["bi", "mi"]),
    ("种", &["chong"]),
    ("繁", &["po"]),
    ("纪", &["ji"]),
    ("缪", &["miao"]),
    ("繆", &["miao"]),
    ("翟", &["zhai", "di"]),
    ("能", &["nai"]),
    ("臧", &["zang"]),
    ("莘", &["shen", "xin"]),
    ("葛", &["ge"]),
    ("蕃", &["bo"]),
    ("藏", &["zang"]),
    ("行", &["xing"]),
    ("褚", &["chu"]),
    ("覃", &["qin", "tan"]),
    ("解", &["xie"]),
    ("訾", &["zi"]),
    ("谌", &["chen", "shen"]),
    ("谷", &["gu"]),
    ("贠", &["yun"]),
    ("贾", &["jia"]),
    ("费", &["fei", "bi"]),
    ("车", &["che"]),
    ("車", &["che"]),
    ("逄", &["pang"]),
    ("逯", &["lu"]),
    ("過", &["guo"]),
    ("过", &["guo"]),
    ("那", &["na"]),
    ("郇", &["xun", "huan"]),
    ("郗", &["xi", "chi"]),
    ("都", &["du"]),
    ("重", &["chong"]),
    ("钭", &["tou"]),
    ("长", &["chang"]),
    ("阚", &["kan"]),
    ("陆", &["lu"]),
    ("降", &["jiang"]),
    ("隗", &["wei", "kui"]),
    ("齐", &["qi"]),
    ("黑", &["he", "hei"]),
];

/// The readings of a surname, per character the usual one first; nothing for surnames that
/// read as their characters do and have one character.
pub(super) fn surname(text: &str) -> Option<&'static [&'static str]> {
    SURNAMES
        .iter()
        .find(|(name, _)| *name == text)
        .map(|(_, readings)| *readings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::syllables::is_syllable;

    #[test]
    fn each_stands_once_and_reads_as_many_syllables_as_it_has_characters() {
        for (index, (name, readings)) in SURNAMES.iter().enumerate() {
            assert!(
                SURNAMES[..index].iter().all(|(other, _)| other != name),
                "{name} twice"
            );
            for reading in *readings {
                assert_eq!(reading.split(' ').count(), name.chars().count(), "{name}");
                assert!(
                    reading.split(' ').all(is_syllable),
                    "{name} reads {reading}"
                );
            }
        }
    }
}
