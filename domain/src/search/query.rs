//! A search as typed, run against haystacks.

use memchr::memmem::Finder;

use super::haystack::{END_OF_NAME, PART, digits};
use crate::fold::plain;

/// Words that must all be found, in any order.
#[derive(Debug, Clone)]
pub struct Query {
    words: Vec<Word>,
}

/// One word as it was typed and, when it looks like a number, its digits.
#[derive(Debug, Clone)]
struct Word {
    typed: Needle,
    digits: Option<Needle>,
}

#[derive(Debug, Clone)]
struct Needle(Finder<'static>);

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
        let mut typed = plain(typed).to_lowercase();
        // Haystacks keep these for themselves.
        typed.retain(|c| c != PART && c != END_OF_NAME);
        let words: Vec<_> = typed.split_whitespace().map(Word::new).collect();
        (!words.is_empty()).then_some(Self { words })
    }

    #[must_use]
    pub fn matches(&self, haystack: &str) -> bool {
        let text = haystack.as_bytes();
        self.words.iter().all(|word| word.matches(text))
    }

    /// Whether everything that this finds `former` finds too: the same words, with letters added.
    #[must_use]
    pub fn narrows(&self, former: &Self) -> bool {
        self.words.len() == former.words.len()
            && self
                .words
                .iter()
                .zip(&former.words)
                .all(|(word, former)| word.narrows(former))
    }

    /// What alone is looked for; `None` when there is more.
    pub(super) fn needle(&self) -> Option<&Finder<'static>> {
        match self.words.as_slice() {
            [word] if word.digits.is_none() => Some(&word.typed.0),
            _ => None,
        }
    }

    /// `None` when a word is missing.
    #[must_use]
    pub fn rank(&self, haystack: &str) -> Option<Rank> {
        let text = haystack.as_bytes();
        self.words
            .iter()
            .map(|word| word.rank(text))
            .try_fold(Rank::Prefix, |worst, rank| Some(worst.max(rank?)))
    }
}

/// A number typed with hyphens is looked for as digits, too: so phones are kept, and names are not.
fn number(word: &str) -> Option<String> {
    let number = word.len() > 1
        && word.bytes().any(|b| b.is_ascii_digit())
        && word
            .bytes()
            .all(|b| b.is_ascii_digit() || b"-+()".contains(&b));
    let digits = number.then(|| digits(word))?;
    (digits != word).then_some(digits)
}

impl Word {
    fn new(word: &str) -> Self {
        Self {
            typed: Needle::new(word),
            digits: number(word).map(|digits| Needle::new(&digits)),
        }
    }

    fn needles(&self) -> impl Iterator<Item = &Needle> {
        [&self.typed].into_iter().chain(&self.digits)
    }

    fn matches(&self, text: &[u8]) -> bool {
        let mut needles = self.needles();
        needles.any(|needle| needle.0.find(text).is_some())
    }

    /// A number that is looked for as digits may be found where what was typed is not.
    fn narrows(&self, former: &Self) -> bool {
        self.digits.is_none() && self.typed.0.needle().starts_with(former.typed.0.needle())
    }

    fn rank(&self, text: &[u8]) -> Option<Rank> {
        self.needles().filter_map(|needle| needle.rank(text)).min()
    }
}

impl Needle {
    fn new(word: &str) -> Self {
        Self(Finder::new(word.as_bytes()).into_owned())
    }

    /// What stands before it says what it begins. The name comes first in a haystack.
    fn rank(&self, text: &[u8]) -> Option<Rank> {
        let first = self.0.find(text)?;
        let name_ends = memchr::memchr(END_OF_NAME as u8, text).unwrap_or(text.len());
        let mut rank = Rank::Within;
        let mut next = Some(first);
        while let Some(at) = next {
            match text[..at].last() {
                Some(&before) if before == PART as u8 && at < name_ends => {
                    return Some(Rank::Prefix);
                }
                Some(&before) if before == PART as u8 || before == b' ' => rank = Rank::Word,
                _ => {}
            }
            if rank == Rank::Word && at > name_ends {
                break;
            }
            let from = at + 1;
            next = self.0.find(&text[from..]).map(|found| from + found);
        }
        Some(rank)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::HaystackBuilder;
    use super::*;

    fn client() -> String {
        let mut haystack = HaystackBuilder::new();
        haystack.name("重庆创汇网络有限公司");
        haystack.name("张三");
        haystack.phone("+86 189-0911-1146");
        haystack.phone("0755-73171691-867");
        haystack.tag("续约");
        haystack.text("91330106D608URJ9WG");
        haystack.text("Unit 5 Baker Street");
        haystack.finish()
    }

    fn rank(typed: &str) -> Option<Rank> {
        Query::parse(typed).unwrap().rank(&client())
    }

    #[test]
    fn found_by_text_pinyin_initials_phone_tag_and_code() {
        for typed in [
            "创汇",
            "chuanghui",
            "CHONGQING",
            "cqch",
            "张三",
            "zhangsan",
            "zs",
            "0911",
            "1891146",
            "189-0911",
            "73171691",
            "续约",
            "xuyue",
            "91330106d6",
            "ｃｑｃｈ",
            "  zs   1146 ",
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
                let mut haystack = HaystackBuilder::new();
                haystack.name(&name);
                let haystack = haystack.finish();
                prop_assert!(query.matches(&haystack));
                prop_assert!(query.rank(&haystack).is_some());
            }
        }

        #[test]
        fn what_narrows_finds_nothing_else(name in "[a-c0-2 ()-]{0,12}", phone in "[0-2-]{0,8}", former in "[a-c0-2 ()-]{0,4}", added in "[a-c0-2 ()-]{0,3}") {
            let mut haystack = HaystackBuilder::new();
            haystack.name(&name);
            haystack.phone(&phone);
            let haystack = haystack.finish();
            if let (Some(former), Some(query)) = (Query::parse(&former), Query::parse(&format!("{former}{added}")))
                && query.narrows(&former)
                && query.matches(&haystack)
            {
                prop_assert!(former.matches(&haystack));
            }
        }

        #[test]
        fn ranking_agrees_with_matching(name in "\\PC{0,16}", typed in "\\PC{0,6}") {
            let mut haystack = HaystackBuilder::new();
            haystack.name(&name);
            haystack.tag(&typed);
            haystack.phone(&name);
            let haystack = haystack.finish();
            if let Some(query) = Query::parse(&typed) {
                prop_assert_eq!(query.rank(&haystack).is_some(), query.matches(&haystack));
            }
        }
    }
}
