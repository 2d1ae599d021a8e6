//! What a person does to a client. A command writes only the fields it changes.

use serde::{Deserialize, Serialize};

use crate::clients::erasure::EraseClient;
use crate::clients::ownership::OwnershipDecision;
use crate::clients::record::{ClientDraft, InteractionDraft};
use crate::clients::{change, import, timeline};
use crate::command::{CommandError, Context, Outcome};
use crate::decision::Decision;
use crate::document::DocumentId;
use crate::id::{BatchId, ClientId, PersonId};
use crate::time::Instant;

/// Names of clients, in characters; longer ones are refused at the form.
pub const NAME_MAX: usize = 200;
/// Any other single-line field.
pub const FIELD_MAX: usize = 500;
/// Notes and timeline entries.
pub const PROSE_MAX: usize = 20_000;

// A 32-bit build is below the lint's threshold.
#[cfg_attr(
    target_pointer_width = "64",
    expect(
        clippy::large_enum_variant,
        reason = "one at a time is on its way from a form to the engine"
    )
)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ClientCommand {
    Create(ClientDraft),
    /// Writes what differs between the two drafts: `before` is what the form was opened with, so
    /// that a field somebody else has changed meanwhile is left alone.
    Change {
        client: ClientId,
        before: ClientDraft,
        after: ClientDraft,
    },
    LogInteraction {
        client: ClientId,
        draft: InteractionDraft,
    },
    /// Takes the client out of every list; nothing is removed.
    Archive(ClientId),
    Restore(ClientId),
    Assign {
        clients: Vec<ClientId>,
        owner: PersonId,
    },
    Share {
        client: ClientId,
        with: PersonId,
    },
    Unshare {
        client: ClientId,
        with: PersonId,
    },
    /// At most [`CLIENTS_MAX`] at once; the import screen sends several. Clients that are here
    /// already are left as they are, so that an import can be repeated; those of an import that was
    /// undone come back.
    ///
    /// [`CLIENTS_MAX`]: crate::clients::ownership::CLIENTS_MAX
    Import {
        batch: BatchId,
        clients: Vec<ImportedClient>,
    },
    /// Archives these clients of a batch; each must carry the batch's id.
    UndoImport {
        batch: BatchId,
        clients: Vec<ClientId>,
    },
    /// For good, on every device and at the relay.
    Erase(EraseClient),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportedClient {
    /// Made from the importer and the row, so that a repeated import is the same client.
    pub client: ClientId,
    pub draft: ClientDraft,
    pub owner: Option<PersonId>,
    pub followed_up_at: Option<Instant>,
}

impl ClientCommand {
    /// The documents it reads.
    #[must_use]
    pub fn reads(&self) -> Vec<DocumentId> {
        match self {
            Self::Create(_) | Self::Assign { .. } | Self::Erase(_) => Vec::new(),
            Self::Change { client, .. }
            | Self::LogInteraction { client, .. }
            | Self::Archive(client)
            | Self::Restore(client)
            | Self::Share { client, .. }
            | Self::Unshare { client, .. } => vec![(*client).into()],
            Self::Import { clients, .. } => clients.iter().map(|row| row.client.into()).collect(),
            Self::UndoImport { clients, .. } => clients.iter().map(|id| (*id).into()).collect(),
        }
    }

    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        match self {
            Self::Create(draft) => change::create(&draft, cx),
            Self::Change {
                client,
                before,
                after,
            } => change::change(client, &before, &after, cx),
            Self::LogInteraction { client, draft } => timeline::log(client, &draft, cx),
            Self::Archive(client) => change::archive(client, cx),
            Self::Restore(client) => change::restore(client, cx),
            Self::Assign { clients, owner } => {
                Ok(decided(OwnershipDecision::Assign { clients, owner }))
            }
            Self::Share { client, with } => Ok(decided(OwnershipDecision::Share { client, with })),
            Self::Unshare { client, with } => {
                Ok(decided(OwnershipDecision::Unshare { client, with }))
            }
            Self::Import { batch, clients } => import::import(batch, &clients, cx),
            Self::UndoImport { batch, clients } => import::undo(batch, &clients, cx),
            Self::Erase(decision) => Ok(Outcome {
                decisions: vec![Decision::Erase(decision)],
                ..Outcome::default()
            }),
        }
    }
}

fn decided(decision: OwnershipDecision) -> Outcome {
    Outcome {
        decisions: vec![Decision::Ownership(decision)],
        ..Outcome::default()
    }
}
