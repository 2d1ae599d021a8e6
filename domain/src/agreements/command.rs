//! What people do about agreements.

use serde::{Deserialize, Serialize};

use crate::agreements::decision::{AgreementDecision, Terms};
use crate::agreements::text::{Agreement, AgreementDraft, VersionDigest, Wording, version_map};
use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::decision::{Decision, Refusal};
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::id::{AgreementId, DeviceId, PersonId};
use crate::value::{Map, Value, map_of};

/// In characters.
pub const TITLE_MAX: usize = 200;
/// In characters.
pub const TEXT_MAX: usize = 40_000;
/// In characters.
pub const NOTE_MAX: usize = 500;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum AgreementCommand {
    /// Nobody is asked for it yet.
    Add(AgreementDraft),
    /// Writes what differs of the draft. The kind stays.
    Change {
        agreement: AgreementId,
        before: AgreementDraft,
        after: AgreementDraft,
    },
    /// Makes a version of the draft as it is stored.
    Publish { agreement: AgreementId },
    /// Not shown any more. One that somebody is asked for cannot be.
    SetArchived {
        agreement: AgreementId,
        archived: bool,
    },
    Require {
        agreement: AgreementId,
        version: VersionDigest,
        terms: Terms,
    },
    Sign {
        agreement: AgreementId,
        version: VersionDigest,
        /// As typed beneath the text.
        name: String,
        /// This one.
        device: DeviceId,
    },
    Countersign {
        agreement: AgreementId,
        person: PersonId,
        version: VersionDigest,
        name: String,
    },
}

impl AgreementCommand {
    #[must_use]
    pub fn reads(&self) -> Vec<DocumentId> {
        match self {
            Self::Add(_) | Self::Countersign { .. } => Vec::new(),
            _ => vec![DocumentId::COMPANY],
        }
    }

    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        match self {
            Self::Add(draft) => add(&draft, cx),
            Self::Change {
                agreement,
                before,
                after,
            } => change(agreement, &before, &after, cx),
            Self::Publish { agreement } => publish(agreement, cx),
            Self::SetArchived {
                agreement,
                archived,
            } => set_archived(agreement, archived, cx),
            Self::Require {
                agreement,
                version,
                terms,
            } => {
                let known = stored(agreement, cx)?;
                let number = known.version(version).ok_or(CommandError::NotFound)?.number;
                Ok(decided(AgreementDecision::Require {
                    agreement,
                    version,
                    number,
                    terms,
                }))
            }
            Self::Sign {
                agreement,
                version,
                name,
                device,
            } => {
                // What is not here cannot have been read.
                let known = stored(agreement, cx)?;
                known.version(version).ok_or(CommandError::NotFound)?;
                Ok(decided(AgreementDecision::Sign {
                    agreement,
                    version,
                    name: signed_name(&name)?,
                    signed_at: cx.now,
                    device,
                }))
            }
            Self::Countersign {
                agreement,
                person,
                version,
                name,
            } => Ok(decided(AgreementDecision::Countersign {
                agreement,
                person,
                version,
                name: signed_name(&name)?,
            })),
        }
    }
}

fn decided(decision: AgreementDecision) -> Outcome {
    Outcome {
        decisions: vec![Decision::Agreement(decision)],
        ..Outcome::default()
    }
}

fn signed_name(name: &str) -> Result<String, CommandError> {
    crate::people::decision::checked_name(name).map_err(|_| CommandError::blank(Field::Name))
}

fn put(agreement: AgreementId, steps: &[&str], value: impl Into<Value>) -> Edit {
    let id = agreement.to_string();
    let path: Vec<_> = ["agreements", &id].iter().chain(steps).copied().collect();
    Edit::put(DocumentId::COMPANY, &path, value)
}

fn add(draft: &AgreementDraft, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    check(draft)?;
    if draft.zh.is_blank() && draft.en.is_blank() {
        return Err(CommandError::blank(Field::Title));
    }
    let agreement = AgreementId(cx.ids.mint());
    let fields = fields(draft).map(|(field, text)| (field, Some(Value::Prose(text.to_owned()))));
    let entry = map_of([
        ("kind", Some(draft.kind.word().into())),
        ("draft", Some(map_of(fields).into())),
        ("versions", Some(Map::new().into())),
        ("created_by", Some(cx.me.to_string().into())),
        ("created_at", Some(cx.now.into())),
    ]);
    Ok(Outcome {
        created: Some(RecordRef::Agreement(agreement)),
        ..Outcome::of([put(agreement, &[], entry)])
    })
}

fn change(
    agreement: AgreementId,
    before: &AgreementDraft,
    after: &AgreementDraft,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    check(after)?;
    stored(agreement, cx)?;
    let pairs = fields(before).into_iter().zip(fields(after));
    let edits = pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|(_, (field, text))| {
            let text = Value::Prose(text.to_owned());
            put(agreement, &["draft", field], text)
        });
    Ok(Outcome::of(edits))
}

fn publish(agreement: AgreementId, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    let known = stored(agreement, cx)?;
    let draft = &known.draft;
    for wording in [&draft.zh, &draft.en] {
        if !wording.is_blank() && !wording.is_whole() {
            return Err(CommandError::blank(Field::Title));
        }
    }
    if draft.zh.is_blank() && draft.en.is_blank() {
        return Err(CommandError::blank(Field::Title));
    }
    if !known.has_news() {
        return Err(CommandError::AlreadyDone);
    }
    let number = known.versions.last().map_or(0, |last| last.number);
    let version = version_map(number.saturating_add(1), draft, cx.me, cx.now);
    let id = cx.ids.mint().to_string();
    // The next version has changes of its own to tell of.
    let note = Value::Prose(String::new());
    Ok(Outcome::of([
        put(agreement, &["versions", &id], version),
        put(agreement, &["draft", "note"], note),
    ]))
}

fn set_archived(
    agreement: AgreementId,
    archived: bool,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    stored(agreement, cx)?;
    let requirement = cx.facts.requirements.get(&agreement);
    if archived && requirement.is_some_and(|it| !it.terms.required_of.is_empty()) {
        return Err(Refusal::UnderWay.into());
    }
    let id = agreement.to_string();
    let at = archived.then_some(cx.now);
    Ok(Outcome::of([Edit::set(
        DocumentId::COMPANY,
        &["agreements", &id, "archived_at"],
        at,
    )]))
}

fn stored(agreement: AgreementId, cx: &Context<'_>) -> Result<Agreement, CommandError> {
    let tree = cx.document(DocumentId::COMPANY)?;
    Agreement::find(agreement, tree).ok_or(CommandError::NotFound)
}

/// By the places at which they are stored.
fn fields(draft: &AgreementDraft) -> [(&'static str, &str); 5] {
    [
        ("zh_title", draft.zh.title.trim()),
        ("zh_text", draft.zh.text.trim()),
        ("en_title", draft.en.title.trim()),
        ("en_text", draft.en.text.trim()),
        ("note", draft.note.trim()),
    ]
}

fn check(draft: &AgreementDraft) -> Result<(), CommandError> {
    let length = |text: &str, field, max| match text.chars().count() > max {
        true => Err(CommandError::too_long(field, max)),
        false => Ok(()),
    };
    for Wording { title, text } in [&draft.zh, &draft.en] {
        length(title, Field::Title, TITLE_MAX)?;
        length(text, Field::Note, TEXT_MAX)?;
    }
    length(&draft.note, Field::Reason, NOTE_MAX)
}
