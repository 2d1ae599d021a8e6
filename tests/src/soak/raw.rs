//! What a device sends that runs no engine: nothing looks at it before it is sent.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use caravan_documents::Document;
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::edit::Edit;
use caravan_domain::id::{DeviceId, IdSource, WorkspaceId};
use caravan_relay::store::{LogStore, SqliteStore};
use caravan_sync::envelope::{Envelope, Payload};
use caravan_sync::frame::Verdict;
use caravan_sync::relay::{Limit, LogEntry};

use crate::dice::Dice;
use crate::native::{Device, Ids, now};

const PAGE: Limit = Limit {
    entries: 4096,
    bytes: usize::MAX,
};

/// A client's first change, by `actor`.
pub(super) fn new_name(dice: &Dice, actor: DeviceId, document: DocumentId) -> Result<Payload> {
    let name = format!("商行 {:02x?}", dice.bytes::<4>());
    let edit = Edit::put(document, &["profile", "name"], name.as_str());
    change(actor, document, &[], &[edit])
}

/// One change of a document that stands as `chunks` say.
pub(super) fn change(
    actor: DeviceId,
    document: DocumentId,
    chunks: &[u8],
    edits: &[Edit],
) -> Result<Payload> {
    let mut opened = Document::load(document, chunks)?;
    let change = opened.commit(actor, now(), edits)?;
    let change = change.context("the edits change something")?;
    Ok(Payload::Change(change.bytes))
}

/// What the relay says to each.
pub(super) async fn push(device: &mut Device, envelopes: &[Envelope]) -> Result<Vec<Verdict>> {
    let reply = device.exchange(envelopes.to_vec()).await?;
    let verdicts = reply.receipts.into_iter().map(|it| it.verdict);
    // Behind them may stand what has become of earlier ones.
    let verdicts: Vec<_> = verdicts.take(envelopes.len()).collect();
    let (sent, said) = (envelopes.len(), verdicts.len());
    ensure!(sent == said, "{sent} envelopes got {said} receipts");
    Ok(verdicts)
}

pub(super) fn new_client() -> DocumentId {
    DocumentId {
        kind: DocumentKind::Client,
        id: Ids.mint(),
    }
}

/// The whole log of a workspace, of a relay that does not run.
pub(super) fn log(store: &Path, workspace: WorkspaceId) -> Result<Vec<LogEntry>> {
    let store = SqliteStore::open(store)?;
    let mut log: Vec<LogEntry> = Vec::new();
    loop {
        let after = log.last().map_or(0, |last| last.sequence);
        let page = store.entries(workspace, after, PAGE)?;
        if page.is_empty() {
            return Ok(log);
        }
        log.extend(page);
    }
}
