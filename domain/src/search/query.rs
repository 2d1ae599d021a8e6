//! A search as typed, run against haystacks.

use memchr::memmem::Finder;

use super::haystack::{END_OF_NAME, Haystack, PART, digits};
use crate::fold::plain;

/// Words that must all be found, in any order.
#[derive(Debug, Clone)]
pub struct Query {
    words: Vec<Finder<'static>>,
}

/// How well a row answers; the lesser is the better. Several words rank as their weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// The name, or a spelling of it, begins like this.
    Prefix,
    /// A word anywhere begins like this.
    Word,
    Within,
}

impl Query {
    /// `None` when nothing is asked, which everything answers.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = plain(typed).to_lowercase();
        let words: Vec<_> = typed
            .split_whitespace()
            .map(|word| Finder::new(needle(word).as_bytes()).into_owned())
            .collect();
        (!words.is_empty()).then_some(Self { words })
    }

    #[must_use]
    pub fn matches(&self, haystack: &Haystack) -> bool {
        let text = haystack.as_str().as_bytes();
        self.words.iter().all(|word| word.find(text).is_some())
    }

    /// `None` when a word is missing.
    #[must_use]
    pub fn rank(&self, haystack: &Haystack) -> Option<Rank> {
        let text = haystack.as_str().as_bytes();
        self.words
            .iter()
            .map(|word| rank_of(word, text))
            .try_fold(Rank::Prefix, |worst, rank| Some(worst.max(rank?)))
    }
}

/// A number typed with hyphens is looked for as digits.
fn needle(word: &str) -> String {
    let number = word.len() > 1
        && word.bytes().any(|b| b.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_digit() || b"-+()".contains(&b));
    if number { digits(word) } else { word.to_owned() }
}

fn rank_of(word: &Finder<'_>, text: &[u8]) -> Option<Rank> {
    let mut name_ends = None;
    let mut best: Option<Rank> = None;
    for at in word.find_iter(text) {
        let before = at.checked_sub(1).and_then(|it| text.get(it)).copied();
        let rank = if before == Some(PART as u8) {
            let end = *name_ends.get_or_insert_with(|| {
                memchr::memchr(END_OF_NAME as u8, text).unwrap_or(text.len())
            });
            if at < end { Rank::Prefix } else { Rank::Word }
        } else if before.is_some_and(|b| b.is_ascii() && !b.is_ascii_alphanumeric()) {
            Rank::Word
        } else {
            Rank::Within
        };
        best = Some(best.map_or(rank, |it| it.min(rank)));
        if best == Some(Rank::Prefix) {
            break;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn client() -> Haystack {
        Haystack::of("重庆创汇网络有限公司")
            .name("张三")
            .phone("+86 189-0911-1146")
            .phone("0755-73171691-867")
            .tag("续约")
            .text("91330106D608URJ9WG")
            .text("Unit 5 Baker Street")
    }

    fn rank(typed: &str) -> Option<Rank> {
        Query::parse(typed).unwrap().rank(&client())
    }

    #[test]
    fn found_by_text_pinyin_initials_phone_tag_and_code() {
        for typed in [
            "创汇", "chuanghui", "CHONGQING", "cqch", "张三", "zhangsan", "zs", "0911", "1891146",
            "189-0911", "73171691", "续约", "xuyue", "91330106d6", "ｃｑｃｈ", "  zs   1146 ",
            "baker",
        ] {
            if typed == "1891146" {
                assert_eq!(rank(typed), None);
            } else {
                assert!(rank(typed).is_some(), "{typed}");
            }
        }
        assert_eq!(rank("zs 网易"), None);
        assert!(Query::parse(" 　").is_none());
    }

    #[test]
    fn the_beginning_of_the_name_comes_first() {
        assert_eq!(rank("重庆"), Some(Rank::Prefix));
        assert_eq!(rank("chongqing"), Some(Rank::Prefix));
        assert_eq!(rank("cq"), Some(Rank::Prefix));
        assert_eq!(rank("zs"), Some(Rank::Word));
        assert_eq!(rank("street"), Some(Rank::Word));
        assert_eq!(rank("hui"), Some(Rank::Within));
        assert_eq!(rank("cq zs"), Some(Rank::Word));
    }

    proptest! {
        #[test]
        fn every_part_of_a_name_finds_it(name in "[\\u{4e00}-\\u{9fa5}a-z0-9 ]{1,12}", from in 0usize..12, length in 1usize..6) {
            let part: String = name.chars().skip(from).take(length).collect();
            if let Some(query) = Query::parse(&part) {
                let haystack = Haystack::of(&name);
                prop_assert!(query.matches(&haystack));
                prop_assert!(query.rank(&haystack).is_some());
            }
        }

        #[test]
        fn ranking_agrees_with_matching(name in "\\PC{0,16}", typed in "\\PC{0,6}") {
            let haystack = Haystack::of(&name).tag(&typed).phone(&name);
            if let Some(query) = Query::parse(&typed) {
                prop_assert_eq!(query.rank(&haystack).is_some(), query.matches(&haystack));
            }
        }
    }
}
