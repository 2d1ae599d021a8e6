use caravan_domain::clients::record::ClientDraft;
use serde::{Deserialize, Serialize};

/// What was typed, and what the form was opened with: a draft taken up later still knows which fields were changed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) before: ClientDraft,
    pub(super) after: ClientDraft,
}

impl Typed {
    pub(super) fn from(before: ClientDraft) -> Self {
        Self {
            after: before.clone(),
            before,
        }
    }
}
