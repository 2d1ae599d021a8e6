//! Characters that people and companies are called by and that are read in more than one way.
//! The usual reading in names comes first: it is the one that names are compared by.

/// The readings of `c`, or none when it has only one that matters.
pub(super) fn readings(c: char) -> &'static [&'static str] {
    TABLE
        .binary_search_by_key(&c, |(it, _)| *it)
        .map_or(&[], |at| TABLE[at].1)
}

/// In the order of the characters' code points.
static TABLE: &[(char, &[&str])] = &[
    ('万', &["wan", "mo"]),
    ('么', &["me", "yao"]),
    ('乐', &["le", "yue"]),
    ('乜', &["mie", "nie"]),
    ('仇', &["qiu", "chou"]),
    ('会', &["hui", "kuai"]),
    ('传', &["chuan", "zhuan"]),
    ('佛', &["fo", "fu"]),
    ('俞', &["yu", "shu"]),
    ('劲', &["jin", "jing"]),
    ('区', &["qu", "ou"]),
    ('单', &["shan", "dan"]),
    ('卡', &["ka", "qia"]),
    ('厦', &["xia", "sha"]),
    ('参', &["can", "shen"]),
    ('召', &["zhao", "shao"]),
    ('吕', &["lv", "lu"]),
    ('员', &["yuan", "yun"]),
    ('咖', &["ka", "ga"]),
    ('埔', &["pu", "bu"]),
    ('堡', &["bao", "pu"]),
    ('大', &["da", "dai"]),
    ('奇', &["qi", "ji"]),
    ('女', &["nv", "nu"]),
    ('宓', &["mi", "fu"]),
    ('宿', &["su", "xiu"]),
    ('尉', &["wei", "yu"]),
    ('差', &["cha", "chai"]),
    ('巷', &["xiang", "hang"]),
    ('度', &["du", "duo"]),
    ('弹', &["dan", "tan"]),
    ('强', &["qiang", "jiang"]),
    ('律', &["lv", "lu"]),
    ('得', &["de", "dei"]),
    ('折', &["zhe", "she"]),
    ('拓', &["tuo", "ta"]),
    ('提', &["ti", "di"]),
    ('旅', &["lv", "lu"]),
    ('曾', &["zeng", "ceng"]),
    ('朝', &["chao", "zhao"]),
    ('朴', &["pu", "piao"]),
    ('柏', &["bai", "bo"]),
    ('查', &["cha", "zha"]),
    ('校', &["xiao", "jiao"]),
    ('模', &["mo", "mu"]),
    ('沈', &["shen", "chen"]),
    ('泊', &["bo", "po"]),
    ('涌', &["yong", "chong"]),
    ('漯', &["luo", "ta"]),
    ('率', &["lv", "shuai"]),
    ('番', &["fan", "pan"]),
    ('盖', &["gai", "ge"]),
    ('盛', &["sheng", "cheng"]),
    ('省', &["sheng", "xing"]),
    ('石', &["shi", "dan"]),
    ('祭', &["ji", "zhai"]),
    ('种', &["zhong", "chong"]),
    ('秘', &["mi", "bi"]),
    ('粘', &["nian", "zhan"]),
    ('系', &["xi", "ji"]),
    ('纤', &["xian", "qian"]),
    ('绿', &["lv", "lu"]),
    ('缪', &["miao", "mou"]),
    ('翟', &["zhai", "di"]),
    ('能', &["neng", "nai"]),
    ('莘', &["shen", "xin"]),
    ('落', &["luo", "la"]),
    ('薄', &["bo", "bao"]),
    ('藏', &["cang", "zang"]),
    ('行', &["hang", "xing"]),
    ('覃', &["qin", "tan"]),
    ('角', &["jiao", "jue"]),
    ('解', &["jie", "xie"]),
    ('调', &["tiao", "diao"]),
    ('贲', &["ben", "bi"]),
    ('贾', &["jia", "gu"]),
    ('车', &["che", "ju"]),
    ('都', &["du", "dou"]),
    ('重', &["chong", "zhong"]),
    ('铅', &["qian", "yan"]),
    ('铝', &["lv", "lu"]),
    ('长', &["chang", "zhang"]),
    ('阿', &["a", "e"]),
    ('隗', &["wei", "kui"]),
    ('露', &["lu", "lou"]),
    ('黑', &["hei", "he"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_searched() {
        assert!(TABLE.is_sorted_by(|(a, _), (b, _)| a < b));
        assert_eq!(readings('行'), ["hang", "xing"]);
        assert!(readings('张').is_empty());
    }
}
