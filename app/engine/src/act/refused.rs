//! What the relay refused: read, written once more, taken off the list.

use caravan_documents::words;
use caravan_domain::command::Outcome;
use caravan_domain::document::DocumentKind;
use caravan_domain::edit::{Edit, Operation};
use caravan_domain::id::PersonId;
use caravan_domain::policy;
use caravan_domain::value::Value;
use caravan_port::act::Done;
use caravan_port::view::{RefusedWord, RefusedWords};
use caravan_sync::envelope::Payload;
use caravan_sync::frame::Rejection;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::open::Opened;
use crate::platform::Platform;
use crate::stage::Stage;
use crate::storage::Storage;
use crate::stored::Attention;

impl<S: Storage, P: Platform> Engine<S, P> {
    /// # Errors
    /// `NotFound` when it is off the list.
    pub(crate) async fn refused(&self, sequence: u64) -> Result<RefusedWords, EngineError> {
        let attention = self.attention(sequence)?;
        let Payload::Change(change) = &attention.outgoing.envelope.payload else {
            return Ok(RefusedWords::default());
        };
        let Some((opened, edits)) = self.would_write(&attention).await? else {
            let words = words(change).into_iter();
            let words = words.filter(|(place, _)| !NOT_WORDS.contains(&place.as_str()));
            return Ok(RefusedWords {
                words: words
                    .map(|(place, text)| RefusedWord { place, text })
                    .collect(),
                can_write_again: false,
            });
        };
        Ok(RefusedWords {
            can_write_again: self.may_write_again(&opened, &edits)?,
            words: edits.iter().flat_map(read).collect(),
        })
    }

    /// The change behind a line of what needs attention; for whoever compares with the log.
    #[must_use]
    pub fn refused_change(&self, sequence: u64) -> Option<caravan_sync::envelope::Hash> {
        let attention = self.attention(sequence).ok()?;
        attention.outgoing.envelope.payload.hash().ok()
    }

    pub(super) async fn write_again(&self, sequence: u64) -> Result<Done, EngineError> {
        let attention = self.attention(sequence)?;
        let written = self.would_write(&attention).await?;
        let (_, edits) = written.ok_or(EngineError::NotFound)?;
        match self.write_edits(&attention, edits).await? {
            true => Ok(Done::Nothing),
            false => Err(EngineError::NotFound),
        }
    }

    /// In the order in which it was written; what cannot be stays on the list.
    pub(super) async fn write_all_again(&self) -> Result<Done, EngineError> {
        let all: Vec<_> = self.state.borrow().attention.values().cloned().collect();
        let mut planned = Vec::with_capacity(all.len());
        // One may rest on another: what each of them writes is found out before the first is gone.
        for attention in all {
            let written = self.would_write(&attention).await?;
            planned.extend(written.map(|(_, edits)| (attention, edits)));
        }
        for (attention, edits) in planned {
            self.write_edits(&attention, edits).await?;
        }
        Ok(Done::Nothing)
    }

    /// On top of what is there now; whether the person still may.
    async fn write_edits(
        &self,
        attention: &Attention,
        edits: Vec<Edit>,
    ) -> Result<bool, EngineError> {
        let _writer = self.writer().await;
        // Somebody may have been quicker since it was read.
        let sequence = attention.outgoing.envelope.sequence;
        if !self.state.borrow().attention.contains_key(&sequence) {
            return Ok(false);
        }
        let Some(opened) = self.to_write(attention).await? else {
            return Ok(false);
        };
        if !self.may_write_again(&opened, &edits)? {
            return Ok(false);
        }
        let outgoing = &attention.outgoing;
        let outcome = Outcome {
            edits,
            ..Outcome::default()
        };
        let mut stage = Stage::default();
        let documents = [(outgoing.envelope.document, opened)].into();
        self.stage_outcome(&mut stage, outgoing.label, outcome, documents)
            .await?;
        stage.dismissed.push(sequence);
        self.commit(stage).await?;
        Ok(true)
    }

    pub(super) async fn dismiss(&self, sequence: u64) -> Result<Done, EngineError> {
        let _writer = self.writer().await;
        self.attention(sequence)?;
        let mut stage = Stage::default();
        stage.dismissed.push(sequence);
        self.commit(stage).await?;
        Ok(Done::Nothing)
    }

    fn attention(&self, sequence: u64) -> Result<Attention, EngineError> {
        let state = self.state.borrow();
        let known = state.attention.get(&sequence).cloned();
        known.ok_or(EngineError::NotFound)
    }

    /// The document as it is, with what the change would write in it; `None` when either is not
    /// here any more.
    async fn would_write(
        &self,
        attention: &Attention,
    ) -> Result<Option<(Opened, Vec<Edit>)>, EngineError> {
        let envelope = &attention.outgoing.envelope;
        let Payload::Change(change) = &envelope.payload else {
            return Ok(None);
        };
        let Some(opened) = self.to_write(attention).await? else {
            return Ok(None);
        };
        let mut side = opened.document.clone();
        for earlier in self.left_before(attention) {
            let mut grown = side.clone();
            if grown.apply(&earlier).is_ok() {
                side = grown;
            }
        }
        let edits = side.would_write(change).ok();
        Ok(edits.map(|edits| (opened, edits)))
    }

    /// The document that it would be written in.
    async fn to_write(&self, attention: &Attention) -> Result<Option<Opened>, EngineError> {
        let document = attention.outgoing.envelope.document;
        if self.state.borrow().holds(document) {
            return self.open(document).await;
        }
        Ok(self.began_here(attention).then(|| Opened::new(document)))
    }

    /// Changes of the same document that a copy of this device wrote before this one, which may
    /// rest on them.
    fn left_before(&self, attention: &Attention) -> Vec<Vec<u8>> {
        let envelope = &attention.outgoing.envelope;
        let state = self.state.borrow();
        let earlier = state.attention.range(..envelope.sequence);
        let earlier = earlier
            .map(|(_, known)| known)
            .filter(|known| known.reason == Rejection::Forked)
            .map(|known| &known.outgoing.envelope)
            .filter(|known| known.document == envelope.document);
        earlier
            .map(|known| known.payload.bytes().to_vec())
            .collect()
    }

    /// A client that only this device ever wrote down, before it turned out to be a copy.
    fn began_here(&self, attention: &Attention) -> bool {
        let document = attention.outgoing.envelope.document;
        let unknown = !self.state.borrow().facts.grants.contains_key(&document);
        attention.reason == Rejection::Forked && document.kind == DocumentKind::Client && unknown
    }

    fn may_write_again(&self, opened: &Opened, edits: &[Edit]) -> Result<bool, EngineError> {
        let state = self.state.borrow();
        let me = state.identity()?.person;
        let tree = opened.document.tree()?;
        let may = edits.iter().all(|edit| {
            let path: Vec<&str> = edit.path.iter().map(String::as_str).collect();
            policy::may_write(me, edit.document, &state.facts)
                && policy::is_place_of(me, edit.document, &edit.path, &state.facts)
                && policy::may_put(edit.document.kind, &edit.path, tree.at(&path).is_some())
                && may_claim(edit, me)
                && policy::may_say(me, edit, Some(&tree), &state.facts)
        });
        Ok(may && !edits.is_empty())
    }
}

fn may_claim(edit: &Edit, me: PersonId) -> bool {
    match &edit.operation {
        Operation::Put(written) => policy::may_claim(edit.document.kind, &edit.path, written, me),
        Operation::Delete => true,
    }
}

/// What a person would know again: words and numbers, not ids and times.
fn read(edit: &Edit) -> Vec<RefusedWord> {
    let place = edit.path.last().cloned().unwrap_or_default();
    match &edit.operation {
        Operation::Delete => vec![RefusedWord {
            place,
            text: String::new(),
        }],
        Operation::Put(value) => {
            let mut words = Vec::new();
            gather(&place, value, &mut words);
            words
        }
    }
}

/// Beside a person's words: who, of which kind, out of which batch.
const NOT_WORDS: [&str; 12] = [
    "by",
    "created_by",
    "kind",
    "batch",
    "hash",
    "metric",
    "period",
    "deadline",
    "parent",
    "after",
    "version",
    "round",
];

fn gather(place: &str, value: &Value, words: &mut Vec<RefusedWord>) {
    match value {
        _ if NOT_WORDS.contains(&place) => {}
        Value::Text(text) | Value::Prose(text) => words.push(RefusedWord {
            place: place.to_owned(),
            text: text.clone(),
        }),
        Value::Map(map) => {
            for (place, value) in map {
                gather(place, value, words);
            }
        }
        // A tag, or a co-visitor: the place itself says what it is.
        Value::Bool(true) => words.push(RefusedWord {
            place: String::new(),
            text: place.to_owned(),
        }),
        Value::Null | Value::Bool(false) | Value::Int(_) | Value::Float(_) | Value::Bytes(_) => {}
    }
}
