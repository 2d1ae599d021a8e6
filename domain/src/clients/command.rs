//! What a person does to a client. A command writes only the fields it changes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::clients::ownership::{CLIENTS_MAX, OwnershipDecision};
use crate::clients::record::{
    Client, ClientDraft, ContactDraft, InteractionDraft, InteractionKind,
};
use crate::command::{CommandError, Context, Field, Outcome};
use crate::decision::Decision;
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::id::{BatchId, ClientId, ContactId, InteractionId, PersonId, VisitId};
use crate::time::Instant;
use crate::value::{Map, Value, filled, map_of};
use crate::{birthday, geo, phone, uscc};

/// Names of clients, in characters; longer ones are refused at the form.
pub const NAME_MAX: usize = 200;
/// Any other single-line field.
pub const FIELD_MAX: usize = 500;
/// Notes and timeline entries.
pub const PROSE_MAX: usize = 20_000;

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
    /// At most [`CLIENTS_MAX`] at once; the import screen sends several.
    Import {
        batch: BatchId,
        clients: Vec<ImportedClient>,
    },
    /// Archives these clients of a batch; each must carry the batch's id.
    UndoImport {
        batch: BatchId,
        clients: Vec<ClientId>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportedClient {
    /// Made from the batch and the row by the importer, so that a repeated import is the same client.
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
            Self::Create(_) | Self::Assign { .. } | Self::Import { .. } => Vec::new(),
            Self::Change { client, .. }
            | Self::LogInteraction { client, .. }
            | Self::Archive(client)
            | Self::Restore(client)
            | Self::Share { client, .. }
            | Self::Unshare { client, .. } => vec![(*client).into()],
            Self::UndoImport { clients, .. } => clients.iter().map(|id| (*id).into()).collect(),
        }
    }

    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        match self {
            Self::Create(draft) => {
                let client = ClientId(cx.ids.mint());
                let mut outcome = Outcome::of(create(client, &draft, cx)?);
                outcome.created = Some(client.into());
                Ok(outcome)
            }
            Self::Change {
                client,
                before,
                after,
            } => change(client, &before, &after, cx),
            Self::LogInteraction { client, draft } => log_interaction(client, &draft, None, cx),
            Self::Archive(client) => archive(client, Some(cx.now), cx),
            Self::Restore(client) => archive(client, None, cx),
            Self::Assign { clients, owner } => {
                Ok(decided(OwnershipDecision::Assign { clients, owner }))
            }
            Self::Share { client, with } => Ok(decided(OwnershipDecision::Share { client, with })),
            Self::Unshare { client, with } => {
                Ok(decided(OwnershipDecision::Unshare { client, with }))
            }
            Self::Import { batch, clients } => import(batch, &clients, cx),
            Self::UndoImport { batch, clients } => undo_import(batch, &clients, cx),
        }
    }
}

fn decided(decision: OwnershipDecision) -> Outcome {
    Outcome {
        decisions: vec![Decision::Ownership(decision)],
        ..Outcome::default()
    }
}

fn create(
    client: ClientId,
    draft: &ClientDraft,
    cx: &mut Context<'_>,
) -> Result<Vec<Edit>, CommandError> {
    let mut edits = vec![Edit::put(
        client,
        &["profile", "created_by"],
        cx.me.to_string(),
    )];
    edits.extend(profile_edits(client, &ClientDraft::default(), draft)?);
    for field in ["grade", "stage"] {
        let word = match field {
            "grade" => draft.grade.word(),
            _ => draft.stage.word(),
        };
        if !edits
            .iter()
            .any(|edit| edit.path.last().is_some_and(|last| last == field))
        {
            edits.push(Edit::put(client, &["profile", field], word));
        }
    }
    edits.extend(tag_edits(client, &BTreeSet::new(), &draft.tags)?);
    for contact in &draft.contacts {
        edits.extend(new_contact(client, contact, cx)?);
    }
    Ok(edits)
}

fn change(
    client: ClientId,
    before: &ClientDraft,
    after: &ClientDraft,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    cx.document(client)?;
    let mut edits = profile_edits(client, before, after)?;
    edits.extend(tag_edits(client, &before.tags, &after.tags)?);
    for contact in &before.contacts {
        let kept = after.contacts.iter().any(|other| other.id == contact.id);
        if let (Some(id), false) = (contact.id, kept) {
            edits.push(Edit::delete(client, &["contacts", &id.to_string()]));
        }
    }
    for contact in &after.contacts {
        let known = before
            .contacts
            .iter()
            .find(|other| other.id.is_some() && other.id == contact.id);
        match known {
            Some(known) => edits.extend(contact_edits(client, known, contact, cx)?),
            None => edits.extend(new_contact(client, contact, cx)?),
        }
    }
    Ok(Outcome::of(edits))
}

fn profile_edits(
    client: ClientId,
    before: &ClientDraft,
    after: &ClientDraft,
) -> Result<Vec<Edit>, CommandError> {
    let name = after.name.trim();
    if name.is_empty() {
        return Err(CommandError::blank(Field::Name));
    }
    if name.chars().count() > NAME_MAX {
        return Err(CommandError::too_long(Field::Name, NAME_MAX));
    }
    if !after.position.trim().is_empty() && after.position.parse::<geo::Position>().is_err() {
        return Err(CommandError::malformed(Field::Position));
    }
    let code = uscc::normalize(&after.code);
    let fields = [
        ("name", &before.name, name.to_owned(), Field::Name),
        ("code", &before.code, code, Field::Code),
        (
            "region",
            &before.region,
            after.region.clone(),
            Field::Region,
        ),
        (
            "address",
            &before.address,
            after.address.clone(),
            Field::Address,
        ),
        (
            "source",
            &before.source,
            after.source.clone(),
            Field::Source,
        ),
        (
            "position",
            &before.position,
            after.position.clone(),
            Field::Position,
        ),
    ];
    let mut edits = Vec::new();
    for (step, was, now, field) in fields {
        if now.chars().count() > FIELD_MAX {
            return Err(CommandError::too_long(field, FIELD_MAX));
        }
        if was.trim() != now.trim() {
            edits.push(Edit::set(client, &["profile", step], filled(&now)));
        }
    }
    if after.note.chars().count() > PROSE_MAX {
        return Err(CommandError::too_long(Field::Note, PROSE_MAX));
    }
    if before.note != after.note {
        let prose = Value::Prose(after.note.clone());
        edits.push(Edit::put(client, &["profile", "note"], prose));
    }
    if before.grade != after.grade {
        edits.push(Edit::put(client, &["profile", "grade"], after.grade.word()));
    }
    if before.stage != after.stage {
        edits.push(Edit::put(client, &["profile", "stage"], after.stage.word()));
    }
    Ok(edits)
}

fn tag_edits(
    client: ClientId,
    before: &BTreeSet<String>,
    after: &BTreeSet<String>,
) -> Result<Vec<Edit>, CommandError> {
    let mut edits = Vec::new();
    for tag in after.difference(before) {
        if tag.chars().count() > NAME_MAX {
            return Err(CommandError::too_long(Field::Tags, NAME_MAX));
        }
        if !tag.trim().is_empty() {
            edits.push(Edit::put(client, &["tags", tag.trim()], true));
        }
    }
    for tag in before.difference(after) {
        edits.push(Edit::delete(client, &["tags", tag]));
    }
    Ok(edits)
}

fn new_contact(
    client: ClientId,
    contact: &ContactDraft,
    cx: &mut Context<'_>,
) -> Result<Option<Edit>, CommandError> {
    if is_blank(contact) {
        return Ok(None);
    }
    let id = ContactId(cx.ids.mint());
    let mut phones = Map::new();
    for phone in stored_phones(&contact.phones)? {
        phones.insert(cx.ids.mint().to_string(), Value::from(phone));
    }
    let mut map = map_of([
        ("name", filled(&contact.name)),
        ("title", filled(&contact.title)),
        ("birthday", filled(&stored_birthday(&contact.birthday)?)),
        ("email", filled(&contact.email)),
        ("wechat", filled(&contact.wechat)),
        ("note", filled(&contact.note)),
    ]);
    map.insert("phones".to_owned(), Value::Map(phones));
    Ok(Some(Edit::put(client, &["contacts", &id.to_string()], map)))
}

fn is_blank(contact: &ContactDraft) -> bool {
    let fields = [
        &contact.name,
        &contact.title,
        &contact.birthday,
        &contact.email,
        &contact.wechat,
        &contact.note,
    ];
    fields.iter().all(|field| field.trim().is_empty())
        && contact.phones.iter().all(|phone| phone.trim().is_empty())
}

fn contact_edits(
    client: ClientId,
    before: &ContactDraft,
    after: &ContactDraft,
    cx: &mut Context<'_>,
) -> Result<Vec<Edit>, CommandError> {
    let Some(id) = before.id.map(|id| id.to_string()) else {
        return Ok(Vec::new());
    };
    let fields = [
        ("name", &before.name, after.name.clone()),
        ("title", &before.title, after.title.clone()),
        (
            "birthday",
            &before.birthday,
            stored_birthday(&after.birthday)?,
        ),
        ("email", &before.email, after.email.clone()),
        ("wechat", &before.wechat, after.wechat.clone()),
        ("note", &before.note, after.note.clone()),
    ];
    let mut edits: Vec<_> = fields
        .into_iter()
        .filter(|(_, was, now)| was.trim() != now.trim())
        .map(|(step, _, now)| Edit::set(client, &["contacts", &id, step], filled(&now)))
        .collect();
    edits.extend(phone_edits(client, &id, before, after, cx)?);
    Ok(edits)
}

fn phone_edits(
    client: ClientId,
    contact: &str,
    before: &ContactDraft,
    after: &ContactDraft,
    cx: &mut Context<'_>,
) -> Result<Vec<Edit>, CommandError> {
    let was = stored_phones(&before.phones).unwrap_or_default();
    let now = stored_phones(&after.phones)?;
    let stored: Vec<_> = cx
        .document(client)?
        .entries(&["contacts", contact, "phones"])
        .filter_map(|(key, phone)| Some((key.to_owned(), phone.text(&[])?.to_owned())))
        .collect();
    let gone = stored
        .iter()
        .filter(|(_, phone)| was.contains(phone) && !now.contains(phone))
        .map(|(key, _)| Edit::delete(client, &["contacts", contact, "phones", key]));
    let mut edits: Vec<_> = gone.collect();
    for phone in now.into_iter().filter(|phone| !was.contains(phone)) {
        let key = cx.ids.mint().to_string();
        edits.push(Edit::put(
            client,
            &["contacts", contact, "phones", &key],
            phone,
        ));
    }
    Ok(edits)
}

fn stored_phones(typed: &[String]) -> Result<Vec<String>, CommandError> {
    let mut stored = Vec::new();
    for phone in typed.iter().filter(|phone| !phone.trim().is_empty()) {
        let phone = phone::normalize(phone).map_err(|_| CommandError::malformed(Field::Phone))?;
        let phone = phone.to_string();
        if !stored.contains(&phone) {
            stored.push(phone);
        }
    }
    Ok(stored)
}

fn stored_birthday(typed: &str) -> Result<String, CommandError> {
    if typed.trim().is_empty() {
        return Ok(String::new());
    }
    birthday::parse(typed)
        .map(|birthday| birthday.to_string())
        .map_err(|_| CommandError::malformed(Field::Birthday))
}

/// Also what a visit writes when it ends.
pub(crate) fn log_interaction(
    client: ClientId,
    draft: &InteractionDraft,
    visit: Option<VisitId>,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let tree = cx.document(client)?;
    let text = draft.text.trim();
    if text.is_empty() {
        return Err(CommandError::blank(Field::Note));
    }
    if text.chars().count() > PROSE_MAX {
        return Err(CommandError::too_long(Field::Note, PROSE_MAX));
    }
    if let Some(corrected) = draft.corrects {
        tree.at(&["interactions", &corrected.to_string()])
            .ok_or(CommandError::NotFound)?;
    }
    let kind = match draft.corrects {
        Some(_) => InteractionKind::Correction,
        None => draft.kind,
    };
    let id = InteractionId(cx.ids.mint());
    let entry = map_of([
        ("kind", Some(kind.word().into())),
        ("text", Some(text.into())),
        ("by", Some(cx.me.to_string().into())),
        ("written_at", Some(cx.now.into())),
        ("happened_at", draft.happened_at.map(Value::from)),
        ("corrects", draft.corrects.map(|id| id.to_string().into())),
        ("visit", visit.map(|id| id.to_string().into())),
    ]);
    Ok(Outcome::of(vec![Edit::put(
        client,
        &["interactions", &id.to_string()],
        entry,
    )]))
}

fn archive(
    client: ClientId,
    at: Option<Instant>,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    cx.document(client)?;
    Ok(Outcome::of(vec![Edit::set(
        client,
        &["profile", "archived_at"],
        at,
    )]))
}

fn import(
    batch: BatchId,
    clients: &[ImportedClient],
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    if clients.len() > CLIENTS_MAX {
        return Err(CommandError::TooMany);
    }
    let mut outcome = Outcome::default();
    for imported in clients {
        let client = imported.client;
        outcome.edits.extend(create(client, &imported.draft, cx)?);
        outcome
            .edits
            .push(Edit::put(client, &["profile", "batch"], batch.to_string()));
        if let Some(at) = imported.followed_up_at {
            outcome
                .edits
                .push(Edit::put(client, &["profile", "followed_up_at"], at));
        }
    }
    let owners: BTreeSet<PersonId> = clients.iter().filter_map(|row| row.owner).collect();
    for owner in owners.into_iter().filter(|owner| *owner != cx.me) {
        let clients = clients
            .iter()
            .filter(|row| row.owner == Some(owner))
            .map(|row| row.client)
            .collect();
        let decision = OwnershipDecision::Assign { clients, owner };
        outcome.decisions.push(Decision::Ownership(decision));
    }
    Ok(outcome)
}

fn undo_import(
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
        edits.push(Edit::put(*client, &["profile", "archived_at"], cx.now));
    }
    Ok(Outcome::of(edits))
}
