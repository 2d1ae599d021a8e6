//! Importing a batch of clients, safe to repeat, and undoing it.

use std::collections::BTreeMap;

use crate::clients::change::{ARCHIVED_AT, UNDONE_AT, new_client, take_out};
use crate::clients::command::ImportedClient;
use crate::clients::ownership::{CLIENTS_MAX, OwnershipDecision};
use crate::clients::record::Client;
use crate::command::{CommandError, Context, Outcome};
use crate::decision::Decision;
use crate::edit::Edit;
use crate::id::{BatchId, ClientId, PersonId};

pub(super) fn import(
    batch: BatchId,
    clients: &[ImportedClient],
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    if clients.len() > CLIENTS_MAX {
        return Err(CommandError::TooMany);
    }
    let mut outcome = Outcome::default();
    let mut given_away: BTreeMap<PersonId, Vec<ClientId>> = BTreeMap::new();
    for imported in clients {
        // The list may still name one that was erased since: it stays erased.
        if cx.facts.is_erased(imported.client.into()) {
            continue;
        }
        if is_here(imported.client, cx) {
            outcome.edits.extend(brought_back(imported.client, cx)?);
            continue;
        }
        outcome.edits.extend(edits(batch, imported, cx)?);
        if let Some(owner) = imported.owner.filter(|owner| *owner != cx.me) {
            given_away.entry(owner).or_default().push(imported.client);
        }
    }
    outcome.decisions = given_away
        .into_iter()
        .map(|(owner, clients)| Decision::Ownership(OwnershipDecision::Assign { clients, owner }))
        .collect();
    Ok(outcome)
}

pub(super) fn undo(
    batch: BatchId,
    clients: &[ClientId],
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    let mut edits = Vec::new();
    for client in clients {
        let read = Client::read(*client, cx.document(*client)?);
        if read.batch != Some(batch) {
            return Err(CommandError::NotFound);
        }
        if read.archived_at.is_none() {
            edits.push(Edit::put(*client, &ARCHIVED_AT, cx.now));
            edits.push(Edit::put(*client, &UNDONE_AT, cx.now));
        }
    }
    Ok(Outcome::of(edits))
}

/// What an undone import took away comes back as it is; what a person archived stays archived.
fn brought_back(client: ClientId, cx: &Context<'_>) -> Result<Vec<Edit>, CommandError> {
    let tree = cx.document(client)?;
    let undone = Client::read(client, tree).undone;
    Ok(if undone {
        take_out(client, tree)
    } else {
        Vec::new()
    })
}

/// A document may be open and empty: whoever writes a client down signs it.
fn is_here(client: ClientId, cx: &Context<'_>) -> bool {
    cx.document(client)
        .is_ok_and(|tree| tree.at(&["profile", "created_by"]).is_some())
}

fn edits(
    batch: BatchId,
    imported: &ImportedClient,
    cx: &mut Context<'_>,
) -> Result<Vec<Edit>, CommandError> {
    let client = imported.client;
    let mut edits = new_client(client, &imported.draft, cx)?;
    edits.push(Edit::put(client, &["profile", "batch"], batch.to_string()));
    if let Some(at) = imported.followed_up_at {
        edits.push(Edit::put(client, &["profile", "followed_up_at"], at));
    }
    Ok(edits)
}
