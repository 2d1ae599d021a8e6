//! Questions about visits and their answers.

use serde::{Deserialize, Serialize};

use crate::command::RecordRef;
use crate::id::{ClientId, PersonId};
use crate::mark::Mark;
use crate::time::{Day, Instant};
use crate::visits::record::{ActionKind, Visit};
use crate::visits::row::VisitRow;

/// Visits planned or made between two days, both included; the soonest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitList {
    #[serde(with = "crate::calendar::written")]
    pub from: Day,
    #[serde(with = "crate::calendar::written")]
    pub to: Day,
    /// `None` for everybody the asker may see.
    pub by: Option<PersonId>,
    pub client: Option<ClientId>,
    pub offset: u32,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitPage {
    pub total: u32,
    pub offset: u32,
    pub lines: Vec<VisitLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitLine {
    pub row: VisitRow,
    pub client_name: String,
    pub address: String,
    /// RFC 5870, for the map and the distance; empty when unknown.
    pub client_position: String,
    pub by_name: String,
    pub mark: Mark,
}

/// One visit opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitFile {
    pub visit: Visit,
    pub client_name: String,
    pub address: String,
    pub client_position: String,
    pub by_name: String,
    pub with_names: Vec<(PersonId, String)>,
    /// The plan's actions for this kind of visit, done or not.
    pub actions: Vec<ActionKind>,
    /// The relay's time of receipt of the check-in and check-out; `None` while it has not got them.
    pub check_in_received_at: Option<Instant>,
    pub check_out_received_at: Option<Instant>,
    pub may_edit: bool,
    /// Whether the reader may check in, or out: only the visitor, and once.
    pub may_check: bool,
    pub mark: Mark,
}

impl VisitLine {
    #[must_use]
    pub fn record(&self) -> RecordRef {
        RecordRef::Visit(self.row.client, self.row.id)
    }
}
