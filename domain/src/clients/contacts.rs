//! Contacts and their phones: maps keyed by id, so that two people can add one each.

use crate::birthday;
use crate::clients::command::FIELD_MAX;
use crate::clients::record::ContactDraft;
use crate::command::{CommandError, Context, Field};
use crate::edit::Edit;
use crate::id::{ClientId, ContactId};
use crate::phone;
use crate::value::{Map, Value, filled, map_of};

/// Contacts left blank are not written.
pub(super) fn add(
    client: ClientId,
    contacts: &[ContactDraft],
    cx: &mut Context<'_>,
) -> Result<Vec<Edit>, CommandError> {
    let written: Vec<_> = contacts
        .iter()
        .filter(|contact| !is_blank(contact))
        .collect();
    let ids = cx.mint_in_order(written.len());
    written
        .into_iter()
        .zip(ids)
        .map(|(contact, id)| {
            let key = ContactId(id).to_string();
            let entry = entry(contact, cx)?;
            Ok(Edit::put(client, &["contacts", &key], entry))
        })
        .collect()
}

pub(super) fn change(
    client: ClientId,
    before: &[ContactDraft],
    after: &[ContactDraft],
    cx: &mut Context<'_>,
) -> Result<Vec<Edit>, CommandError> {
    let mut edits = Vec::new();
    for contact in before {
        let kept = after.iter().any(|other| other.id == contact.id);
        if let (Some(id), false) = (contact.id, kept) {
            edits.push(Edit::delete(client, &["contacts", &id.to_string()]));
        }
    }
    let mut added = Vec::new();
    for contact in after {
        let known = before
            .iter()
            .find_map(|other| Some((other.id.filter(|_| other.id == contact.id)?, other)));
        match known {
            Some((id, known)) => edits.extend(contact_edits(client, id, known, contact, cx)?),
            None => added.push(contact.clone()),
        }
    }
    edits.extend(add(client, &added, cx)?);
    Ok(edits)
}

fn entry(contact: &ContactDraft, cx: &mut Context<'_>) -> Result<Map, CommandError> {
    check_lengths(contact)?;
    let phones = stored_phones(&contact.phones)?;
    let ids = cx.mint_in_order(phones.len());
    let phones: Map = ids
        .into_iter()
        .zip(phones)
        .map(|(id, phone)| (id.to_string(), Value::from(phone)))
        .collect();
    Ok(map_of([
        ("name", filled(&contact.name)),
        ("title", filled(&contact.title)),
        ("birthday", filled(&stored_birthday(&contact.birthday)?)),
        ("email", filled(&contact.email)),
        ("wechat", filled(&contact.wechat)),
        ("note", filled(&contact.note)),
        ("phones", Some(phones.into())),
    ]))
}

fn contact_edits(
    client: ClientId,
    id: ContactId,
    before: &ContactDraft,
    after: &ContactDraft,
    cx: &mut Context<'_>,
) -> Result<Vec<Edit>, CommandError> {
    check_lengths(after)?;
    let key = id.to_string();
    // What was not touched is not read again: it may come from an older version.
    let birthday = if before.birthday == after.birthday {
        before.birthday.clone()
    } else {
        stored_birthday(&after.birthday)?
    };
    let fields = [
        ("name", &before.name, &after.name),
        ("title", &before.title, &after.title),
        ("birthday", &before.birthday, &birthday),
        ("email", &before.email, &after.email),
        ("wechat", &before.wechat, &after.wechat),
        ("note", &before.note, &after.note),
    ];
    let mut edits: Vec<_> = fields
        .into_iter()
        .filter(|(_, was, now)| was.trim() != now.trim())
        .map(|(step, _, now)| Edit::set(client, &["contacts", &key, step], filled(now)))
        .collect();
    edits.extend(phone_edits(client, &key, before, after, cx)?);
    Ok(edits)
}

fn phone_edits(
    client: ClientId,
    contact: &str,
    before: &ContactDraft,
    after: &ContactDraft,
    cx: &mut Context<'_>,
) -> Result<Vec<Edit>, CommandError> {
    let typed: Vec<_> = after
        .phones
        .iter()
        .filter(|phone| !before.phones.contains(phone))
        .cloned()
        .collect();
    let typed = stored_phones(&typed)?;
    let kept = |phone: &String| after.phones.contains(phone) || typed.contains(phone);
    let stored = cx
        .document(client)?
        .entries(&["contacts", contact, "phones"]);
    let mut edits: Vec<_> = stored
        .filter_map(|(key, phone)| Some((key, phone.text(&[])?.to_owned())))
        .filter(|(_, phone)| before.phones.contains(phone) && !kept(phone))
        .map(|(key, _)| Edit::delete(client, &["contacts", contact, "phones", key]))
        .collect();
    let added: Vec<_> = typed
        .into_iter()
        .filter(|phone| !before.phones.contains(phone))
        .collect();
    for (id, phone) in cx.mint_in_order(added.len()).into_iter().zip(added) {
        let path = ["contacts", contact, "phones", &id.to_string()];
        edits.push(Edit::put(client, &path, phone));
    }
    Ok(edits)
}

fn is_blank(contact: &ContactDraft) -> bool {
    fields(contact).all(|(_, text)| text.trim().is_empty())
        && contact.phones.iter().all(|phone| phone.trim().is_empty())
}

fn check_lengths(contact: &ContactDraft) -> Result<(), CommandError> {
    match fields(contact).find(|(_, text)| text.chars().count() > FIELD_MAX) {
        Some((field, _)) => Err(CommandError::too_long(field, FIELD_MAX)),
        None => Ok(()),
    }
}

fn fields(contact: &ContactDraft) -> impl Iterator<Item = (Field, &String)> {
    [
        (Field::Name, &contact.name),
        (Field::Title, &contact.title),
        (Field::Birthday, &contact.birthday),
        (Field::Note, &contact.email),
        (Field::Note, &contact.wechat),
        (Field::Note, &contact.note),
    ]
    .into_iter()
}

/// Each number once, in its stored form.
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
