//! Names that sound alike (撞单). Every row keeps its [`similarity_key`]; a new name is compared
//! with them all, which for 10,000 keys takes a few milliseconds.

use super::company::core_name;
use super::spelling::syllable;
use crate::fold::plain;

/// Below this many syllables a name is too short for one letter to be a slip: 王丽 is not 王毅.
const SYLLABLES_FOR_ONE_SLIP: usize = 3;
const SYLLABLES_FOR_TWO_SLIPS: usize = 5;

/// The toneless pinyin of what is distinctive in a name, syllables parted by spaces: `chuang hui`
/// for 北京创汇网络科技有限公司. Equal keys sound the same. Empty when nothing can be compared.
#[must_use]
pub fn similarity_key(name: &str) -> String {
    let mut key = String::new();
    let mut within_word = false;
    for c in core_name(&plain(name).to_lowercase()).chars() {
        let mut letter = [0; 4];
        let (spoken, word) = match syllable(c) {
            Some(syllable) => (syllable, false),
            None => (&*c.encode_utf8(&mut letter), c.is_ascii()),
        };
        let continues = word && within_word;
        if !key.is_empty() && !continues {
            key.push(' ');
        }
        key.push_str(spoken);
        within_word = word;
    }
    key
}

/// Whether two [`similarity_key`]s are the same, or a letter or two apart in a name long enough.
#[must_use]
pub fn alike(one: &str, other: &str) -> bool {
    if one.is_empty() || other.is_empty() {
        return false;
    }
    one == other
        || within(
            one.as_bytes(),
            other.as_bytes(),
            slips(one).min(slips(other)),
        )
}

fn slips(key: &str) -> usize {
    let syllables = memchr::memchr_iter(b' ', key.as_bytes()).count() + 1;
    match syllables {
        SYLLABLES_FOR_TWO_SLIPS.. => 2,
        SYLLABLES_FOR_ONE_SLIP.. => 1,
        _ => 0,
    }
}

/// Whether at most `slips` letters need to be added, dropped or replaced.
fn within(one: &[u8], other: &[u8], slips: usize) -> bool {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    let (Some((_, one_rest)), Some((_, other_rest))) = (one.split_first(), other.split_first())
    else {
        return one.len().max(other.len()) <= slips;
    };
    slips > 0
        && one.len().abs_diff(other.len()) <= slips
        && (within(one_rest, other_rest, slips - 1)
            || within(one_rest, other, slips - 1)
            || within(one, other_rest, slips - 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names_alike(one: &str, other: &str) -> bool {
        alike(&similarity_key(one), &similarity_key(other))
    }

    #[test]
    fn keys_are_the_sound_of_the_core() {
        assert_eq!(similarity_key("北京创汇网络科技有限公司"), "chuang hui");
        assert_eq!(similarity_key("MBP软件科技有限公司"), "mbp");
        assert_eq!(similarity_key("MBP 3号楼"), "mbp3 hao lou");
        assert_eq!(similarity_key("——"), "");
    }

    #[test]
    fn same_sound_or_a_slip_is_alike() {
        assert!(names_alike("创汇网络有限公司", "北京创慧科技有限公司"));
        assert!(names_alike("商软冠联信息有限公司", "商软管联网络有限公司"));
        assert!(names_alike("网新恒天传媒有限公司", "王新恒天传媒"));
        assert!(!names_alike("创汇网络有限公司", "创维网络有限公司"));
        assert!(!names_alike("王丽", "王毅"));
        assert!(!names_alike("", "——"));
    }

    proptest! {
        #[test]
        fn likeness_goes_both_ways(one in "[a-c ]{0,12}", other in "[a-c ]{0,12}") {
            prop_assert_eq!(alike(&one, &other), alike(&other, &one));
        }

        #[test]
        fn one_dropped_letter_is_within_one_slip(key in "[a-d]{1,12}", at in 0usize..12) {
            let mut shorter = key.clone();
            shorter.remove(at % key.len());
            prop_assert!(within(key.as_bytes(), shorter.as_bytes(), 1));
            prop_assert!(!within(key.as_bytes(), shorter.as_bytes(), 0));
        }

        #[test]
        fn any_name_has_a_key(name in "\\PC{0,24}") {
            let key = similarity_key(&name);
            prop_assert_eq!(alike(&key, &key), !key.is_empty());
        }
    }
}
