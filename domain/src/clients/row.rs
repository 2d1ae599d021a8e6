//! What lists and search need of a client, small enough that ten thousand stay in memory.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::clients::record::{Client, ContactDraft, Grade, Stage};
use crate::id::{BatchId, ClientId, PersonId};
use crate::search;
use crate::time::{Day, Instant};
use crate::value::Value;
use crate::visits::record::{Visit, VisitState};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClientRow {
    pub id: ClientId,
    pub name: String,
    /// Pinyin of a Chinese name, any other name in lower case: the order people look names up in.
    pub sort_name: String,
    pub code: String,
    pub grade: Grade,
    pub stage: Stage,
    pub region: String,
    pub address: String,
    pub position: String,
    pub source: String,
    pub tags: BTreeSet<String>,
    /// Name and first phone of the first contact.
    pub contact: String,
    pub phone: String,
    /// Every phone, as stored.
    pub phones: Vec<String>,
    pub birthdays: Vec<ContactBirthday>,
    /// The last interaction, visit or imported follow-up.
    pub touched_at: Option<Instant>,
    pub created_at: Instant,
    pub created_by: Option<PersonId>,
    /// The earliest next step a finished visit left open.
    #[serde(with = "crate::calendar::written::optional")]
    pub next_on: Option<Day>,
    pub next_step: String,
    pub archived: bool,
    pub batch: Option<BatchId>,
    /// See [`Client::undone`].
    pub undone: bool,
    /// Fields on which people disagree ([`crate::query`] opens them).
    pub conflicts: u32,
    /// What search scans ([`crate::search`]).
    pub haystack: String,
    /// What similar names share ([`crate::search`]).
    pub similarity: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactBirthday {
    pub contact: String,
    /// The contact's first; empty when there is none.
    pub phone: String,
    /// As [`crate::birthday`] writes it.
    pub birthday: String,
}

#[must_use]
pub fn row(id: ClientId, tree: &Value, conflicts: u32) -> ClientRow {
    let client = Client::read(id, tree);
    let visits = Visit::read_all(id, tree);
    let phones: Vec<String> = client
        .draft
        .contacts
        .iter()
        .flat_map(|contact| contact.phones.iter().cloned())
        .collect();
    let first = client.draft.contacts.first();
    let next = next_step(&visits);
    ClientRow {
        id,
        contact: first
            .map(|contact| contact.name.clone())
            .unwrap_or_default(),
        phone: phones.first().cloned().unwrap_or_default(),
        birthdays: client
            .draft
            .contacts
            .iter()
            .filter_map(birthday_of)
            .collect(),
        touched_at: touched_at(&client, &visits),
        created_at: client.created_at(),
        created_by: client.created_by,
        next_on: next.and_then(|visit| visit.next_on),
        next_step: next
            .map(|visit| visit.next_step.clone())
            .unwrap_or_default(),
        archived: client.archived_at.is_some(),
        batch: client.batch,
        undone: client.undone,
        conflicts,
        haystack: haystack(&client, &phones),
        similarity: search::similarity_key(&client.draft.name),
        sort_name: search::sort_key(&client.draft.name),
        phones,
        name: client.draft.name,
        code: client.draft.code,
        grade: client.draft.grade,
        stage: client.draft.stage,
        region: client.draft.region,
        address: client.draft.address,
        position: client.draft.position,
        source: client.draft.source,
        tags: client.draft.tags,
    }
}

fn birthday_of(contact: &ContactDraft) -> Option<ContactBirthday> {
    (!contact.birthday.is_empty()).then(|| ContactBirthday {
        contact: contact.name.clone(),
        phone: contact.phones.first().cloned().unwrap_or_default(),
        birthday: contact.birthday.clone(),
    })
}

fn touched_at(client: &Client, visits: &[Visit]) -> Option<Instant> {
    let talked = client.interactions.iter().map(|entry| entry.happened_at);
    let met = visits
        .iter()
        .filter_map(|visit| visit.check_in.as_ref().map(|check| check.at));
    talked.chain(met).chain(client.followed_up_at).max()
}

/// A later finished visit settles the next step of an earlier one.
fn next_step(visits: &[Visit]) -> Option<&Visit> {
    visits
        .iter()
        .filter(|visit| visit.state() == VisitState::Done)
        .max_by_key(|visit| visit.check_out.as_ref().map(|check| check.at))
        .filter(|visit| visit.next_on.is_some())
}

fn haystack(client: &Client, phones: &[String]) -> String {
    let draft = &client.draft;
    let mut search = search::HaystackBuilder::new();
    search.name(&draft.name);
    for contact in &draft.contacts {
        search.name(&contact.name);
    }
    for phone in phones {
        search.phone(phone);
    }
    for tag in &draft.tags {
        search.tag(tag);
    }
    search.text(&draft.code);
    search.text(&draft.region);
    search.text(&draft.address);
    search.finish()
}
