//! What a person does about a visit. Each step stands alone, so that the app can be cut anywhere.

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Context, Outcome};
use crate::document::DocumentId;
use crate::id::{BlobHash, ClientId, VisitId};
use crate::time::Day;
use crate::visits::record::{ActionKind, PositionReading, VisitDraft, VisitKind};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum VisitCommand {
    Plan(VisitDraft),
    /// Writes what differs; only a visit that has not begun.
    Replan {
        visit: VisitId,
        before: VisitDraft,
        after: VisitDraft,
    },
    Cancel {
        client: ClientId,
        visit: VisitId,
        reason: String,
    },
    /// Begins a planned visit.
    CheckIn {
        client: ClientId,
        visit: VisitId,
        reading: PositionReading,
    },
    /// Plans a visit for now and begins it.
    DropIn {
        client: ClientId,
        kind: VisitKind,
        reading: PositionReading,
    },
    CheckOut {
        client: ClientId,
        visit: VisitId,
        reading: PositionReading,
    },
    /// The whole note as it now stands; only the letters that differ from what is stored are written.
    WriteNote {
        client: ClientId,
        visit: VisitId,
        note: String,
    },
    DoAction {
        client: ClientId,
        visit: VisitId,
        action: ActionKind,
        text: String,
    },
    /// The picture itself is already in the device's blob store.
    AddPhoto {
        client: ClientId,
        visit: VisitId,
        photo: NewPhoto,
    },
    SetNext {
        client: ClientId,
        visit: VisitId,
        step: String,
        #[serde(with = "crate::calendar::written::optional")]
        on: Option<Day>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPhoto {
    pub hash: BlobHash,
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
}

impl VisitCommand {
    #[must_use]
    pub fn reads(&self) -> Vec<DocumentId> {
        let client = match self {
            Self::Plan(draft) | Self::Replan { after: draft, .. } => draft.client,
            Self::Cancel { client, .. }
            | Self::CheckIn { client, .. }
            | Self::DropIn { client, .. }
            | Self::CheckOut { client, .. }
            | Self::WriteNote { client, .. }
            | Self::DoAction { client, .. }
            | Self::AddPhoto { client, .. }
            | Self::SetNext { client, .. } => *client,
        };
        vec![client.into()]
    }

    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        super::steps::run(self, cx)
    }
}
