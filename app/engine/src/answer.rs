//! Answers to what the interface watches.

use caravan_domain::agreements::answer as agreements;
use caravan_domain::clients::open::OpenDocument;
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::Facts;
use caravan_domain::id::{BatchId, ClientId, CourseId, VisitId};
use caravan_domain::people::query::Me;
use caravan_domain::{clients, conflict, query, training, visits};
use caravan_port::ask::{Ask, Told};
use caravan_port::roster::Roster;
use caravan_port::view::{
    AttentionLine, ImportedBatch, Session, StorageView, SyncLine, SyncView, UndoLine,
};
use std::collections::BTreeMap;

use crate::engine::{Engine, sources};
use crate::error::EngineError;
use crate::platform::Platform;
use crate::state::State;
use crate::storage::{Storage, Store};

/// Outbox lines shown at once.
const OUTBOX_SHOWN: usize = 200;

impl<S: Storage, P: Platform> Engine<S, P> {
    /// What the frame and the first screens ask, and what a form gives back; `None` for any other question.
    ///
    /// # Errors
    /// `NotJoined`, and that of the storage.
    pub async fn first_answer(&self, ask: &Ask) -> Option<Result<Told, EngineError>> {
        if let Ask::Draft(key) = ask {
            let draft = self.storage.get(Store::Drafts, key.as_bytes()).await;
            return Some(draft.map(Told::Draft).map_err(EngineError::from));
        }
        let state = self.state.borrow();
        let told = match ask {
            Ask::Rows(query) => match sources(&state, self.platform.now()) {
                Ok(from) => Told::Rows(query::first_answer(query, &from)?),
                Err(error) => return Some(Err(error)),
            },
            Ask::Session => Told::Session(session(&state, &state.facts)),
            Ask::SyncLine => Told::SyncLine(sync_line(&state)),
            Ask::Sync => Told::Sync(sync_view(&state)),
            Ask::Storage => Told::Storage(storage_view(&state)),
            Ask::Undo => Told::Undo(undo_lines(&state)),
            Ask::Imports => Told::Imports(imports(&state)),
            Ask::Lock => Told::Lock(crate::lock::view(&state)),
            Ask::Erased(client) => Told::Erased(state.facts.is_erased((*client).into())),
            Ask::Client(_)
            | Ask::Visit(..)
            | Ask::Course(_)
            | Ask::Draft(_)
            | Ask::Refused(_)
            | Ask::Agreement(_)
            | Ask::SignedSheet(..)
            | Ask::Conflicts(_)
            | Ask::Roster(_) => return None,
        };
        Some(Ok(told))
    }

    /// # Errors
    /// `NotJoined`, and what can happen when a document is read.
    pub async fn answer(&self, ask: &Ask) -> Result<Told, EngineError> {
        if let Some(told) = self.first_answer(ask).await {
            return told;
        }
        match ask {
            Ask::Client(client) => self.client(*client).await,
            Ask::Visit(client, visit) => self.visit(*client, *visit).await,
            Ask::Course(course) => self.course(*course).await,
            Ask::Agreement(agreement) => {
                let file = self
                    .with_document(DocumentId::COMPANY, |document, from| {
                        agreements::open(*agreement, document, from)
                    })
                    .await?;
                Ok(Told::Agreement(file.flatten().map(Box::new)))
            }
            Ask::SignedSheet(agreement, person) => {
                let sheet = self
                    .with_document(DocumentId::COMPANY, |document, from| {
                        agreements::sheet(*agreement, *person, document, from)
                    })
                    .await?;
                Ok(Told::SignedSheet(sheet.flatten().map(Box::new)))
            }
            Ask::Conflicts(record) => {
                let found = self
                    .with_document(record.place().0, |document, from| {
                        conflict::open(*record, document, from)
                    })
                    .await?;
                Ok(Told::Conflicts(found.unwrap_or_default()))
            }
            Ask::Roster(list) => {
                let state = self.state.borrow();
                let from = sources(&state, self.platform.now())?;
                let roster = Roster::of(list, |each| clients::answer::roster(list, &from, each));
                Ok(Told::Roster(roster))
            }
            Ask::Refused(sequence) => self.refused(*sequence).await.map(Told::Refused),
            Ask::Rows(query) => self.query(query).map(Told::Rows),
            _ => Err(EngineError::NotFound),
        }
    }

    async fn client(&self, client: ClientId) -> Result<Told, EngineError> {
        let file = self
            .with_document(client.into(), |document, from| {
                clients::open::open(client, document, from)
            })
            .await?;
        Ok(Told::Client(file.map(Box::new)))
    }

    async fn visit(&self, client: ClientId, visit: VisitId) -> Result<Told, EngineError> {
        let file = self
            .with_document(client.into(), |document, from| {
                visits::open::open(client, visit, document, from)
            })
            .await?;
        Ok(Told::Visit(file.flatten().map(Box::new)))
    }

    async fn course(&self, course: CourseId) -> Result<Told, EngineError> {
        let me = self.state.borrow().identity()?.person;
        let mine = match self.open_to_read(me.into()).await? {
            Some(opened) => Some(opened.document.tree()?),
            None => None,
        };
        let file = self
            .with_document(DocumentId::COMPANY, |document, from| {
                training::answer::open(course, document, mine.as_ref(), from)
            })
            .await?;
        Ok(Told::Course(file.flatten().map(Box::new)))
    }

    /// `None` when the document is not on this device.
    async fn with_document<T>(
        &self,
        id: DocumentId,
        read: impl FnOnce(&OpenDocument<'_>, &query::Sources<'_>) -> T,
    ) -> Result<Option<T>, EngineError> {
        if self.state.borrow().facts.is_erased(id) {
            return Ok(None);
        }
        let Some(opened) = self.open_to_read(id).await? else {
            return Ok(None);
        };
        let document = OpenDocument {
            tree: &opened.document.tree()?,
            conflicts: &opened.conflicts()?,
            received_at: &|path| opened.received_at(path),
        };
        let state = self.state.borrow();
        let sources = sources(&state, self.platform.now())?;
        Ok(Some(read(&document, &sources)))
    }
}

pub(crate) fn session(state: &State, facts: &Facts) -> Session {
    let Some(identity) = &state.identity else {
        return match (&state.locked, state.revoked) {
            (Some(locked), _) => Session::Locked(Box::new(locked.view())),
            (None, true) => Session::Revoked,
            (None, false) => Session::New,
        };
    };
    let person = facts.people.get(&identity.person);
    let team = person.and_then(|person| person.team);
    let name_of_team = team.and_then(|team| facts.teams.get(&team));
    let named = facts
        .workspace
        .as_ref()
        .map(|workspace| workspace.name.clone());
    Session::Joined(Box::new(Me {
        workspace: identity.workspace,
        workspace_name: named.unwrap_or_else(|| identity.workspace_name.clone()),
        person: identity.person,
        device: identity.device,
        name: person.map(|person| person.name.clone()).unwrap_or_default(),
        code: identity.person.code(),
        roles: person
            .map(|person| person.roles.clone())
            .unwrap_or_default(),
        team,
        team_name: name_of_team
            .map(|team| team.name.clone())
            .unwrap_or_default(),
    }))
}

fn sync_line(state: &State) -> SyncLine {
    SyncLine {
        connection: state.connection,
        waiting: state.outbox.len(),
        needs_attention: count(state.attention.len()),
        last_received_at: state.progress.last_received_at,
        remaining: state.remaining,
        copied: state.copied,
        lost: state.lost,
    }
}

fn sync_view(state: &State) -> SyncView {
    let sent_through = state.outbox.sent_through;
    let pictures = state
        .blobs
        .values()
        .filter(|note| !note.uploaded && note.document.is_some());
    let attention = state.attention.values().map(|known| AttentionLine {
        sequence: known.outgoing.envelope.sequence,
        label: known.outgoing.label,
        // What has left this device cannot be opened here any more.
        record: known
            .outgoing
            .record
            .filter(|record| state.holds(record.document())),
        subject: known.outgoing.subject.clone(),
        written_at: known.outgoing.envelope.written_at,
        refused_at: known.refused_at,
        reason: known.reason,
    });
    SyncView {
        line: sync_line(state),
        last_contact_at: state.progress.last_contact_at,
        giving_back: state.giving_back(),
        outbox: state
            .outbox
            .iter()
            .take(OUTBOX_SHOWN)
            .map(|it| it.line(sent_through))
            .collect(),
        attention: attention.rev().collect(),
        photos_waiting: count(pictures.clone().count()),
        photo_bytes_waiting: pictures.map(|note| note.bytes).sum(),
        clock_skew_millis: state.progress.clock_skew_millis,
    }
}

fn storage_view(state: &State) -> StorageView {
    let held = state.notes.values().filter(|known| known.note.held);
    let clients = held
        .clone()
        .filter(|known| known.note.document.kind == DocumentKind::Client);
    StorageView {
        persisted: state.persisted,
        used: state.estimate.0,
        quota: state.estimate.1,
        clients: count(clients.count()),
        documents: count(held.count()),
        photos: count(state.blobs.len()),
        photo_bytes: state.blobs.values().map(|note| note.bytes).sum(),
    }
}

fn undo_lines(state: &State) -> Vec<UndoLine> {
    let lines = state.undo.iter().rev().map(|known| UndoLine {
        undo: known.undo,
        label: known.label,
        subject: known.subject.clone(),
        written_at: known.written_at,
    });
    lines.collect()
}

/// The latest first. A batch's id tells when it was imported.
fn imports(state: &State) -> Vec<ImportedBatch> {
    let mut batches: BTreeMap<BatchId, ImportedBatch> = BTreeMap::new();
    for row in state.rows.clients.values() {
        let Some(batch) = row.batch else { continue };
        let counted = batches.entry(batch).or_insert_with(|| ImportedBatch {
            batch,
            clients: 0,
            archived: 0,
            imported_at: batch.0.minted_at(),
        });
        counted.clients += 1;
        counted.archived += u32::from(row.archived);
    }
    batches.into_values().rev().collect()
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
