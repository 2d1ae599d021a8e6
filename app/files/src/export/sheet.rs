//! Clients as rows of cells, one per client: what CSV and XLSX have in common.

use caravan_domain::birthday::{self, Birthday};
use caravan_domain::calendar::local_minute;
use caravan_domain::clients::record::{ContactDraft, Stage};
use caravan_domain::phone::{self, PhoneKind};

use super::{ExportClient, ExportWords};
use crate::field::Field;

/// Parts tags and numbers within a cell, as an import reads them.
const SEPARATOR: &str = ";";

pub(super) fn heading(words: &ExportWords) -> Vec<String> {
    Field::ALL
        .iter()
        .map(|field| {
            let heading = words.headings.iter().find(|(known, _)| known == field);
            heading.map_or_else(String::new, |(_, word)| word.clone())
        })
        .chain([words.other_contacts.clone()])
        .collect()
}

pub(super) fn cells(client: &ExportClient, words: &ExportWords) -> Vec<String> {
    let contacts = client.draft.contacts.as_slice();
    let (first, others) = match contacts.split_first() {
        Some((first, others)) => (Some(first), others),
        None => (None, contacts),
    };
    let others: Vec<_> = others.iter().map(contact_line).collect();
    Field::ALL
        .iter()
        .map(|field| cell(*field, client, first, words))
        .chain([others.join("\n")])
        .collect()
}

fn cell(
    field: Field,
    client: &ExportClient,
    contact: Option<&ContactDraft>,
    words: &ExportWords,
) -> String {
    let draft = &client.draft;
    let of = |part: fn(&ContactDraft) -> &String| contact.map(part).cloned().unwrap_or_default();
    match field {
        Field::Name => draft.name.clone(),
        Field::Code => draft.code.clone(),
        Field::Contact => of(|it| &it.name),
        Field::Title => of(|it| &it.title),
        Field::Mobile => phones(contact, |kind| kind != PhoneKind::Landline),
        Field::Landline => phones(contact, |kind| kind == PhoneKind::Landline),
        Field::Email => of(|it| &it.email),
        Field::Wechat => of(|it| &it.wechat),
        Field::Region => draft.region.clone(),
        Field::Address => draft.address.clone(),
        Field::Grade => draft.grade.word().to_owned(),
        Field::Stage => stage(draft.stage, words),
        Field::Birthday => birthday(&of(|it| &it.birthday), words),
        Field::Source => draft.source.clone(),
        Field::Owner => client.owner.clone(),
        Field::Tags => draft
            .tags
            .iter()
            .cloned()
            .collect::<Vec<_>>()
            .join(SEPARATOR),
        Field::Note => draft.note.clone(),
        Field::LastFollowUp => client.followed_up_at.map(local_minute).unwrap_or_default(),
    }
}

fn phones(contact: Option<&ContactDraft>, wanted: impl Fn(PhoneKind) -> bool) -> String {
    let phones = contact.map(|it| it.phones.as_slice()).unwrap_or_default();
    let kind = |text: &str| phone::normalize(text).map_or(PhoneKind::Mobile, |it| it.kind());
    let wanted: Vec<_> = phones
        .iter()
        .filter(|it| wanted(kind(it)))
        .map(String::as_str)
        .collect();
    wanted.join(SEPARATOR)
}

fn stage(stage: Stage, words: &ExportWords) -> String {
    let word = words.stages.iter().find(|(known, _)| *known == stage);
    word.map_or_else(|| stage.word().to_owned(), |(_, word)| word.clone())
}

/// `1983-02-07`, or `农历08-15`; both are read back by an import.
fn birthday(stored: &str, words: &ExportWords) -> String {
    match birthday::parse(stored) {
        Ok(read @ Birthday::Solar { .. }) => read.to_string().replacen("solar:", "", 1),
        Ok(read @ Birthday::Lunar { .. }) => read.to_string().replacen("lunar:", &words.lunar, 1),
        Err(_) => stored.to_owned(),
    }
}

fn contact_line(contact: &ContactDraft) -> String {
    let parts = [&contact.name, &contact.title]
        .into_iter()
        .chain(&contact.phones);
    let filled: Vec<_> = parts
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect();
    filled.join(" ")
}
