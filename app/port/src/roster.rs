//! A list of clients for whoever searches in it: the interface holds one while somebody types, and shows what a letter
//! finds in the very frame that shows the letter (decision 0023).

use caravan_domain::clients::list::{ClientLine, ClientList, ClientPage, ClientSort};
use caravan_domain::search::{Haystacks, Query, Rank};
use serde::{Deserialize, Serialize};

use crate::codec;

/// All clients that pass a filter, in the list's order. What is not shown is not unpacked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Roster {
    /// Without a search, as [`ClientList::whole`] makes it.
    list: ClientList,
    /// Without its lines.
    page: ClientPage,
    lines: Packed,
    haystacks: Haystacks,
}

/// What a search found in a [`Roster`]. Who types another letter is shown fewer of the same.
#[derive(Debug, Clone)]
pub struct Found {
    query: Query,
    /// Places in the roster, in its order.
    places: Vec<u32>,
}

impl Roster {
    /// `each` is told every line with its haystack and returns the rest of the page, as
    /// [`caravan_domain::clients::answer::roster`] does.
    #[must_use]
    pub fn of(
        list: &ClientList,
        each: impl FnOnce(&mut dyn FnMut(&ClientLine, &str)) -> ClientPage,
    ) -> Self {
        let (mut lines, mut haystacks) = (Packed::default(), Haystacks::default());
        let page = each(&mut |line, haystack| {
            // A line holds nothing that cannot be written.
            lines.push(&codec::write(line).unwrap_or_default());
            haystacks.push(haystack);
        });
        Self {
            list: list.whole(),
            page,
            lines,
            haystacks,
        }
    }

    /// What the engine answers, as long as nothing has changed since this was made; `None` for another list. `found` is
    /// what the last search found, and becomes what this one finds.
    #[must_use]
    pub fn page(&self, list: &ClientList, found: &mut Option<Found>) -> Option<ClientPage> {
        if self.list != list.whole() {
            return None;
        }
        let mut ranked = self.search(&list.filter.search, found);
        // The best match comes first in a list of names only.
        if list.sort == ClientSort::Name {
            ranked.sort_by_key(|(rank, _)| *rank);
        }
        let shown = ranked.iter().skip(list.offset as usize);
        let line = |(_, place): &(Rank, u32)| codec::read(self.lines.get(*place)?).ok();
        Some(ClientPage {
            total: u32::try_from(ranked.len()).unwrap_or(u32::MAX),
            offset: list.offset,
            lines: shown
                .take(list.limit as usize)
                .map(line)
                .collect::<Option<_>>()?,
            ..self.page.clone()
        })
    }

    /// In the list's order.
    fn search(&self, typed: &str, found: &mut Option<Found>) -> Vec<(Rank, u32)> {
        let former = found.take();
        let Some(query) = Query::parse(typed) else {
            let all = self.haystacks.places();
            return all.map(|place| (Rank::Prefix, place)).collect();
        };
        let former = former.filter(|former| query.narrows(&former.query));
        let among = former.as_ref().map(|former| former.places.as_slice());
        let ranked = self.haystacks.search(&query, among);
        let places = ranked.iter().map(|(_, place)| *place).collect();
        *found = Some(Found { query, places });
        ranked
    }
}

/// Byte strings, one after the other.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct Packed {
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Packed {
    fn push(&mut self, part: &[u8]) {
        self.bytes.extend(part);
        // Wasm has no more than 4 GB.
        self.ends.push(self.bytes.len() as u32);
    }

    fn get(&self, place: u32) -> Option<&[u8]> {
        let place = place as usize;
        let end = *self.ends.get(place)?;
        let start = match place.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.bytes.get(start as usize..end as usize)
    }
}
