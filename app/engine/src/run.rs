//! A command, from the person's intention to what is durable on this device.

use std::collections::BTreeMap;

use caravan_documents::Document;
use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::row::ClientRow;
use caravan_domain::command::{Command, Context, Documents, Outcome};
use caravan_domain::decision::Decision;
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::id::ClientId;
use caravan_domain::label::CommandLabel;
use caravan_domain::policy;
use caravan_domain::time::Instant;
use caravan_domain::value::Value;
use caravan_domain::visits::command::VisitCommand;
use caravan_port::message::{Ran, RunError};
use caravan_sync::envelope::{Envelope, Payload, Signature};
use futures_util::future::try_join_all;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::open::Opened;
use crate::outbox::decided_about;
use crate::platform::{Ids, Platform};
use crate::stage::Stage;
use crate::state::State;
use crate::storage::Storage;
use crate::stored::{Chain, CommandId, Identity, Outgoing, Undoable};
use crate::subject::{record_of, subject};

struct Trees(BTreeMap<DocumentId, Value>);

impl Documents for Trees {
    fn tree(&self, document: DocumentId) -> Option<&Value> {
        self.0.get(&document)
    }
}

impl<S: Storage, P: Platform> Engine<S, P> {
    /// Runs a command; durable when this returns. One with an `id` is run once however often it
    /// is asked for.
    ///
    /// # Errors
    /// Why nothing was done.
    pub async fn run(&self, command: Command, id: Option<CommandId>) -> Result<Ran, RunError> {
        Ok(self.run_once(command, id).await?)
    }

    async fn run_once(&self, command: Command, id: Option<CommandId>) -> Result<Ran, EngineError> {
        let _writer = self.writer().await;
        if let Some(ran) = id.and_then(|id| self.state.borrow().answers.get(id).cloned()) {
            return Ok(ran);
        }
        let label = command.label();
        let picture = picture_of(&command);
        let command = self.without_known_clients(command);
        let me = self.state.borrow().identity()?.person;
        let opened = self.open_all(command.reads(me)).await?;
        let outcome = self.outcome(command, &opened)?;
        let mut stage = Stage::default();
        if let Some((document, hash)) = picture {
            self.name_picture(&mut stage, document, hash);
        }
        let ran = self
            .stage_outcome(&mut stage, label, outcome, opened)
            .await?;
        if let Some(id) = id {
            stage.answered = Some(self.state.borrow().answers.next(id, ran.clone()));
        }
        self.commit(stage).await?;
        Ok(ran)
    }

    /// A repeated import leaves alone what is here already, and has no need to open it.
    fn without_known_clients(&self, command: Command) -> Command {
        match command {
            Command::Client(ClientCommand::Import { batch, mut clients }) => {
                let state = self.state.borrow();
                clients.retain(|imported| !is_known(&state, imported.client));
                Command::Client(ClientCommand::Import { batch, clients })
            }
            other => other,
        }
    }

    fn outcome(
        &self,
        command: Command,
        opened: &BTreeMap<DocumentId, Opened>,
    ) -> Result<Outcome, EngineError> {
        let trees = opened
            .iter()
            .map(|(id, opened)| Ok((*id, opened.document.tree()?)))
            .collect::<Result<_, EngineError>>()?;
        let state = self.state.borrow();
        let mut context = Context {
            me: state.identity()?.person,
            now: self.platform.now(),
            ids: &mut Ids(&self.platform),
            facts: &state.facts,
            documents: &Trees(trees),
        };
        Ok(command.run(&mut context)?)
    }

    /// Edits become one change per document, between the decisions that they rest on and those that follow; all are
    /// chained and signed.
    pub(crate) async fn stage_outcome(
        &self,
        stage: &mut Stage,
        label: CommandLabel,
        outcome: Outcome,
        mut opened: BTreeMap<DocumentId, Opened>,
    ) -> Result<Ran, EngineError> {
        let now = self.platform.now();
        let identity = self.state.borrow().identity()?.clone();
        let decides = !outcome.first.is_empty() || !outcome.decisions.is_empty();
        let undoable = !decides && !is_of_many(label);
        let mut chain = ChainWriter::new(&identity, self.state.borrow().chain, now);
        let mut inverse = Vec::new();
        let mut name = String::new();

        self.chain_decisions(&outcome.first, label, &mut chain)?;
        for (document, edits) in by_document(outcome.edits) {
            let mut copy = match opened.remove(&document) {
                Some(copy) => copy,
                None => self
                    .open(document)
                    .await?
                    .unwrap_or_else(|| Opened::new(document)),
            };
            if undoable {
                inverse.extend(copy.document.inverse(&edits)?);
            }
            let Some(change) = copy.document.commit(identity.device, now, &edits)? else {
                continue;
            };
            let state = self.state.borrow();
            stage.append(&state, copy, &change.bytes, Vec::new())?;
            let record = record_of(document, &edits);
            name = subject(&state, record, stage.rows(document));
            chain.add(
                document,
                Payload::Change(change.bytes),
                label,
                record,
                name.clone(),
            )?;
        }
        self.chain_decisions(&outcome.decisions, label, &mut chain)?;

        let undo = chain.first_sequence();
        let undoable = match label {
            CommandLabel::CreateClient => archive(&mut inverse, now),
            CommandLabel::Undo => false,
            _ => undoable && may_write_back(&inverse),
        };
        let undo = undo.filter(|_| undoable);
        stage.undo = match undo {
            Some(undo) => Some(Undoable {
                undo,
                label,
                subject: name,
                written_at: now,
                left: standing(&inverse, |id| stage.opened(id).map(|it| &it.document))?,
                edits: inverse,
            }),
            None => None,
        };
        self.sign_and_send(stage, chain).await?;
        Ok(Ran {
            created: outcome.created,
            undo,
        })
    }

    fn chain_decisions(
        &self,
        decisions: &[Decision],
        label: CommandLabel,
        chain: &mut ChainWriter<'_>,
    ) -> Result<(), EngineError> {
        for decision in decisions {
            let record = decided_about(decision).first().copied();
            let name = subject(&self.state.borrow(), record, None);
            chain.add(
                DocumentId::WORKSPACE,
                payload(decision),
                label,
                record,
                name,
            )?;
        }
        Ok(())
    }

    async fn sign_and_send(
        &self,
        stage: &mut Stage,
        chain: ChainWriter<'_>,
    ) -> Result<(), EngineError> {
        if chain.unsigned.is_empty() {
            return Ok(());
        }
        stage.chain = Some(chain.chain);
        // The chain is made of hashes, which leave the signatures out: all can be signed at once.
        let signatures = chain
            .unsigned
            .iter()
            .map(|(bytes, _)| self.platform.sign(bytes));
        let signatures = try_join_all(signatures).await?;
        for ((_, mut outgoing), signature) in chain.unsigned.into_iter().zip(signatures) {
            outgoing.envelope.signature = signature;
            stage.send(outgoing);
        }
        Ok(())
    }
}

/// Grows the device's chain of envelopes.
struct ChainWriter<'a> {
    identity: &'a Identity,
    chain: Chain,
    now: Instant,
    /// What is to be signed, and what it will then be.
    unsigned: Vec<(Vec<u8>, Outgoing)>,
}

impl<'a> ChainWriter<'a> {
    fn new(identity: &'a Identity, chain: Chain, now: Instant) -> Self {
        Self {
            identity,
            chain,
            now,
            unsigned: Vec::new(),
        }
    }

    fn add(
        &mut self,
        document: DocumentId,
        payload: Payload,
        label: CommandLabel,
        record: Option<caravan_domain::command::RecordRef>,
        subject: String,
    ) -> Result<(), EngineError> {
        let envelope = Envelope {
            document,
            device: self.identity.device,
            sequence: self.chain.sequence + 1,
            previous: self.chain.previous,
            written_at: self.now,
            payload,
            signature: Signature([0; 64]),
        };
        let signed = envelope.signed_bytes(self.identity.workspace)?;
        self.chain = Chain {
            sequence: envelope.sequence,
            previous: caravan_sync::envelope::Hash::of(&signed),
        };
        let outgoing = Outgoing {
            envelope,
            label,
            record,
            subject,
        };
        self.unsigned.push((signed, outgoing));
        Ok(())
    }

    fn first_sequence(&self) -> Option<u64> {
        self.unsigned
            .first()
            .map(|(_, outgoing)| outgoing.envelope.sequence)
    }
}

/// Whether an import has nothing to do for a client.
pub(crate) fn is_known(state: &State, client: ClientId) -> bool {
    let undone = |row: &ClientRow| row.undone;
    state.holds(client.into()) && !state.rows.clients.get(&client).is_some_and(undone)
}

fn by_document(edits: Vec<Edit>) -> Vec<(DocumentId, Vec<Edit>)> {
    let mut places = BTreeMap::new();
    let mut grouped: Vec<(DocumentId, Vec<Edit>)> = Vec::new();
    for edit in edits {
        let place = *places.entry(edit.document).or_insert_with(|| {
            grouped.push((edit.document, Vec::new()));
            grouped.len() - 1
        });
        grouped[place].1.push(edit);
    }
    grouped
}

fn payload(decision: &Decision) -> Payload {
    let bytes = postcard::to_allocvec(decision);
    Payload::Decision(bytes.expect("decisions hold nothing that postcard cannot write"))
}

fn picture_of(command: &Command) -> Option<(DocumentId, caravan_domain::id::BlobHash)> {
    match command {
        Command::Visit(VisitCommand::AddPhoto { client, photo, .. }) => {
            Some(((*client).into(), photo.hash))
        }
        _ => None,
    }
}

/// Imports have an undo of their own.
fn is_of_many(label: CommandLabel) -> bool {
    matches!(
        label,
        CommandLabel::ImportClients | CommandLabel::UndoImport
    )
}

/// A client that was written down cannot be unwritten: undoing takes it out of the lists.
fn archive(inverse: &mut Vec<Edit>, now: Instant) -> bool {
    let Some(document) = inverse.first().map(|edit| edit.document) else {
        return false;
    };
    let path = ["profile", "archived_at"].map(str::to_owned).to_vec();
    *inverse = vec![Edit {
        document,
        path,
        operation: caravan_domain::edit::Operation::Put(now.into()),
    }];
    true
}

/// What `documents` hold in the places of `edits`, as edits; nothing for a document that is not there.
pub(crate) fn standing<'a>(
    edits: &[Edit],
    documents: impl Fn(DocumentId) -> Option<&'a Document>,
) -> Result<Vec<Edit>, EngineError> {
    let mut standing = Vec::with_capacity(edits.len());
    for edit in edits {
        if let Some(document) = documents(edit.document) {
            standing.extend(document.inverse(std::slice::from_ref(edit))?);
        }
    }
    Ok(standing)
}

fn may_write_back(inverse: &[Edit]) -> bool {
    !inverse.is_empty()
        && inverse
            .iter()
            .all(|edit| policy::may_put(edit.document.kind, &edit.path, true))
}
