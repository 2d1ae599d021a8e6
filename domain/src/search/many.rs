//! A search through very many haystacks at once, as fast as somebody types.

use core::ops::Range;

use serde::{Deserialize, Serialize};

use super::haystack::{END_OF_NAME, PART};
use super::query::{Query, Rank};

/// Haystacks one after the other. They are found by their place, from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Haystacks {
    text: String,
    /// Of each its name's end and its own, as places in `text`.
    ends: Vec<(u32, u32)>,
}

impl Haystacks {
    /// What [`super::HaystackBuilder`] made.
    pub fn push(&mut self, haystack: &str) {
        let start = self.text.len();
        let name = haystack.find(END_OF_NAME).unwrap_or(haystack.len());
        self.text.push_str(haystack);
        // A phone has no more than 4 GB.
        self.ends
            .push(((start + name) as u32, self.text.len() as u32));
    }

    #[must_use]
    pub fn places(&self) -> Range<u32> {
        0..self.ends.len() as u32
    }

    /// Those of `among` that match, with how well; `among` are all when there are none.
    #[must_use]
    pub fn search(&self, query: &Query, among: Option<&[u32]>) -> Vec<(Rank, u32)> {
        let rank = |place| Some((query.rank(self.get(place)?)?, place));
        match (among, query.needle()) {
            (Some(among), _) => among.iter().filter_map(|place| rank(*place)).collect(),
            (None, Some(needle)) => self.scan(needle),
            (None, None) => self.places().filter_map(rank).collect(),
        }
    }

    fn get(&self, place: u32) -> Option<&str> {
        let place = place as usize;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before].1);
        self.text
            .get(start as usize..self.ends.get(place)?.1 as usize)
    }

    /// In one go, because to begin anew with each of ten thousand costs more than to look through them. No haystack
    /// contains what another begins with: a needle holds no [`PART`], and each begins with one.
    fn scan(&self, needle: &memchr::memmem::Finder<'_>) -> Vec<(Rank, u32)> {
        let text = self.text.as_bytes();
        let mut found: Vec<(Rank, u32)> = Vec::new();
        let (mut place, mut from) = (0, 0);
        while let Some(at) = text.get(from..).and_then(|rest| needle.find(rest)) {
            let at = from + at;
            while self.ends[place].1 as usize <= at {
                place += 1;
            }
            let (name_end, end) = self.ends[place];
            let in_name = at < name_end as usize;
            let rank = match at.checked_sub(1).map(|before| text[before]) {
                Some(before) if before == PART as u8 && in_name => Rank::Prefix,
                Some(before) if before == PART as u8 || before == b' ' => Rank::Word,
                _ => Rank::Within,
            };
            match found.last_mut() {
                Some((known, last)) if *last == place as u32 => *known = rank.min(*known),
                _ => found.push((rank, place as u32)),
            }
            // Behind the name there is nothing better than a word.
            let is_best = rank == Rank::Prefix || rank == Rank::Word && !in_name;
            from = if is_best { end as usize } else { at + 1 };
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::HaystackBuilder;
    use super::*;

    fn haystack() -> impl Strategy<Value = String> {
        let text = || "[a-c杭州 0-2]{0,8}";
        (text(), text(), "[0-2]{0,6}", text()).prop_map(|(name, contact, phone, tag)| {
            let mut haystack = HaystackBuilder::new();
            haystack.name(&name);
            haystack.name(&contact);
            haystack.phone(&phone);
            haystack.tag(&tag);
            haystack.finish()
        })
    }

    proptest! {
        #[test]
        fn it_finds_what_each_alone_says(
            each in proptest::collection::vec(haystack(), 0..12),
            typed in "[a-chang杭 0-2-]{1,3}",
        ) {
            let mut all = Haystacks::default();
            each.iter().for_each(|haystack| all.push(haystack));
            if let Some(query) = Query::parse(&typed) {
                let expected: Vec<_> = (0..)
                    .zip(&each)
                    .filter_map(|(place, haystack)| Some((query.rank(haystack)?, place)))
                    .collect();
                prop_assert_eq!(&all.search(&query, None), &expected);
                let half: Vec<_> = all.places().step_by(2).collect();
                let expected: Vec<_> = expected.into_iter().filter(|(_, place)| place % 2 == 0).collect();
                prop_assert_eq!(all.search(&query, Some(&half)), expected);
            }
        }
    }
}
