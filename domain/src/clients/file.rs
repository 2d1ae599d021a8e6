//! One client opened: everything about it (R53, R54).

use serde::{Deserialize, Serialize};

use crate::clients::record::{Client, InteractionKind};
use crate::handovers::view::CapsuleFile;
use crate::id::{InteractionId, PersonId, VisitId};
use crate::mark::Mark;
use crate::time::{Day, Instant};
use crate::visits::list::VisitLine;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClientFile {
    pub client: Client,
    pub owner: Option<PersonId>,
    pub owner_name: String,
    /// Ownership decided on this phone and not yet by the relay.
    pub owner_is_provisional: bool,
    pub shared_with: Vec<(PersonId, String)>,
    #[serde(with = "crate::calendar::written::optional")]
    pub due_on: Option<Day>,
    /// Latest first: interactions and visits in one line of time.
    pub timeline: Vec<TimelineEntry>,
    /// Visits planned or under way, the soonest first.
    pub open_visits: Vec<VisitLine>,
    /// What came with the client when it changed hands, the latest first.
    pub capsules: Vec<CapsuleFile>,
    pub may_edit: bool,
    /// Whether the reader may give it to somebody else.
    pub may_assign: bool,
    pub may_share: bool,
    /// Whether the reader may erase it for good.
    pub may_erase: bool,
    pub mark: Mark,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimelineEntry {
    pub subject: TimelineSubject,
    pub happened_at: Instant,
    pub written_at: Instant,
    /// The relay's time of receipt; `None` while it has not got it.
    pub received_at: Option<Instant>,
    pub by: PersonId,
    pub by_name: String,
    pub text: String,
    pub mark: Mark,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TimelineSubject {
    Interaction {
        id: InteractionId,
        kind: InteractionKind,
        corrects: Option<InteractionId>,
        corrected_by: Option<InteractionId>,
    },
    Visit(Box<VisitLine>),
    /// The client was written down.
    Created,
}

impl TimelineSubject {
    #[must_use]
    pub fn visit(&self) -> Option<VisitId> {
        match self {
            Self::Visit(line) => Some(line.row.id),
            _ => None,
        }
    }
}
