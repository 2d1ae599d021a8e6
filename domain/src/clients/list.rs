//! Questions about many clients, and their answers.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::clients::record::{Grade, Stage};
use crate::id::{BatchId, ClientId, PersonId};
use crate::mark::Mark;
use crate::time::{Day, Instant};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ClientFilter {
    pub search: String,
    /// Empty sets let everything pass.
    pub grades: BTreeSet<Grade>,
    pub stages: BTreeSet<Stage>,
    pub owners: BTreeSet<PersonId>,
    pub tags: BTreeSet<String>,
    /// Only those whose next contact is due.
    pub due_only: bool,
    pub archived: bool,
    pub batch: Option<BatchId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ClientSort {
    /// Best match first while searching, else by name.
    #[default]
    Name,
    Grade,
    /// Longest without contact first.
    Neglected,
    /// Next contact due first.
    Due,
    Newest,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ClientList {
    pub filter: ClientFilter,
    pub sort: ClientSort,
    pub descending: bool,
    pub offset: u32,
    pub limit: u32,
}

impl ClientList {
    /// Rows asked for at once: a few screens, so that a flick finds them there.
    pub const WINDOW: u32 = 60;

    /// What the list shows before anybody searches, filters or scrolls.
    #[must_use]
    pub fn first_page() -> Self {
        Self {
            limit: Self::WINDOW,
            ..Self::default()
        }
    }

    /// The same clients in the same order, from the first to the last, whatever is searched for.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self {
            filter: ClientFilter {
                search: String::new(),
                ..self.filter.clone()
            },
            offset: 0,
            limit: u32::MAX,
            ..*self
        }
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ClientPage {
    /// How many pass the filter.
    pub total: u32,
    /// How many there are without any filter but `archived`.
    pub unfiltered: u32,
    pub offset: u32,
    pub lines: Vec<ClientLine>,
    /// Tags in use, the most frequent first, at most 50: for the filter sheet.
    pub tags: Vec<(String, u32)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClientLine {
    pub id: ClientId,
    pub name: String,
    pub grade: Grade,
    pub stage: Stage,
    pub region: String,
    pub contact: String,
    pub phone: String,
    pub tags: Vec<String>,
    pub owner: Option<PersonId>,
    pub owner_name: String,
    pub touched_at: Option<Instant>,
    /// The day the next contact is due by the cadence of its grade, or by an agreed next step.
    #[serde(with = "crate::calendar::written::optional")]
    pub due_on: Option<Day>,
    pub conflicts: u32,
    pub mark: Mark,
}

/// What is being typed into a form, checked against every client on this device (撞单).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SimilarTo {
    pub name: String,
    pub code: String,
    pub phones: Vec<String>,
    /// The client being edited, which is not its own duplicate.
    pub except: Option<ClientId>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SimilarClient {
    pub id: ClientId,
    pub name: String,
    pub owner_name: String,
    pub reason: SimilarReason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SimilarReason {
    SamePhone,
    SameCode,
    SimilarName,
}
