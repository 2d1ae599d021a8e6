//! An answer as a record: `ratings/{answer}{by, round, at, topics: {place: {sure, important}}, wish}` in the person's
//! reviews, beside what others say of their role plays: what one says of oneself. Written once; who thinks again writes
//! another.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{AnswerId, PersonId, RoundId};
use crate::time::Instant;
use crate::training::needs::round::{Answered, TOPICS_MAX};
use crate::value::{Map, Value, filled, map_of};

/// The most that somebody can be sure, and that a topic can matter; the least is 1.
pub const LEVEL_MAX: u8 = 5;

/// What somebody says of one topic, each 1 to [`LEVEL_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mark {
    pub sure: u8,
    /// For the person's own work.
    pub important: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerRow {
    pub id: AnswerId,
    pub round: RoundId,
    /// By the device's clock.
    pub at: Instant,
    /// By the place of the topic in the round; those that nothing is said of are left out.
    pub marks: BTreeMap<u8, Mark>,
    /// What would help most; blank for nothing.
    pub wish: String,
}

impl Mark {
    #[must_use]
    pub fn is_sound(self) -> bool {
        let sound = |level: u8| (1..=LEVEL_MAX).contains(&level);
        sound(self.sure) && sound(self.important)
    }

    fn read(entry: &Value) -> Option<Self> {
        let level = |place| u8::try_from(entry.int(&[place])?).ok();
        let mark = Self {
            sure: level("sure")?,
            important: level("important")?,
        };
        mark.is_sound().then_some(mark)
    }
}

#[must_use]
pub fn rows(tree: &Value) -> Vec<AnswerRow> {
    tree.entries(&["ratings"])
        .filter_map(|(key, entry)| {
            let topics = entry.entries(&["topics"]);
            let marks = topics.filter_map(|(place, mark)| {
                let place: u8 = place.parse().ok()?;
                let mark = Mark::read(mark)?;
                (usize::from(place) < TOPICS_MAX).then_some((place, mark))
            });
            Some(AnswerRow {
                id: key.parse().ok()?,
                round: entry.parsed(&["round"])?,
                at: entry.instant(&["at"])?,
                marks: marks.collect(),
                wish: entry.string(&["wish"]),
            })
        })
        .collect()
}

/// Whether an entry of `ratings` is an answer and not a remark on a role play.
pub(crate) fn is_answer(entry: &Value) -> bool {
    entry.at(&["round"]).is_some()
}

pub(crate) fn entry(
    round: RoundId,
    marks: &BTreeMap<u8, Mark>,
    wish: &str,
    by: PersonId,
    at: Instant,
) -> Map {
    let topics = marks.iter().map(|(place, mark)| {
        let mark = map_of([
            ("sure", Some(i64::from(mark.sure).into())),
            ("important", Some(i64::from(mark.important).into())),
        ]);
        (place.to_string(), Value::Map(mark))
    });
    map_of([
        ("by", Some(by.to_string().into())),
        ("round", Some(round.to_string().into())),
        ("at", Some(at.into())),
        ("topics", Some(topics.collect::<Map>().into())),
        ("wish", filled(wish)),
    ])
}

/// Of what one person has written, what counts in a round: of those that the relay has taken the one that was written
/// last, on whichever of their devices, and whichever of them found a signal first.
#[must_use]
pub fn standing<'a>(
    round: RoundId,
    answered: &Answered,
    rows: &'a [AnswerRow],
) -> Option<&'a AnswerRow> {
    rows.iter()
        .filter(|row| row.round == round && answered.answers.contains(&row.id))
        .max_by_key(|row| (row.at, row.id))
}
