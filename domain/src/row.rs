//! Rows: what lists, search and dashboards need, projected from documents, kept in memory and
//! persisted beside the documents so that a cold start opens none of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::agreements::row::AgreementRow;
use crate::clients::row::ClientRow;
use crate::conflict::ContestedRow;
use crate::dated::Filing;
use crate::development::row::DevelopmentRow;
use crate::document::{DocumentId, DocumentKind};
use crate::edit::Path;
use crate::edition::Edition;
use crate::goals::row::GoalRow;
use crate::handovers::row::CapsuleRow;
use crate::id::{ClientId, PersonId, TeamId};
use crate::index::Index;
use crate::order::sort_by;
use crate::orders::row::OrderRow;
use crate::packed::Packed;
use crate::pay::row::PayRow;
use crate::recognition::row::PostRow;
use crate::reviews::row::ReviewRow;
use crate::tasks::row::TaskRow;
use crate::training::learned::Learned;
use crate::training::library::record::EntryRow;
use crate::training::needs::record::AnswerRow;
use crate::training::row::CourseRow;
use crate::training::sheets::remarks::RemarksRow;
use crate::value::Value;
use crate::visits::row::VisitRow;
use crate::work::row::WorkRow;
use crate::{
    agreements, clients, conflict, development, goals, handovers, orders, pay, recognition,
    reviews, tasks, training, visits, work,
};

/// Counts up whenever a row's shape or what goes into it changes: older rows are projected anew.
pub const ROWS_VERSION: u8 = 10;

/// All rows of one document; replaced together.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DocumentRows {
    pub client: Option<ClientRow>,
    pub visits: Vec<VisitRow>,
    pub tasks: Vec<TaskRow>,
    pub courses: Vec<CourseRow>,
    pub training: Vec<Learned>,
    /// At most one.
    pub work: Vec<WorkRow>,
    pub goals: Vec<GoalRow>,
    pub orders: Vec<OrderRow>,
    /// At most one.
    pub pay: Vec<PayRow>,
    pub posts: Vec<PostRow>,
    pub reviews: Vec<ReviewRow>,
    pub capsules: Vec<CapsuleRow>,
    pub remarks: Vec<RemarksRow>,
    pub library: Vec<EntryRow>,
    /// At most one.
    pub development: Vec<DevelopmentRow>,
    pub agreements: Vec<AgreementRow>,
    pub answers: Vec<AnswerRow>,
    pub contested: Vec<ContestedRow>,
}

/// `contested` are the fields in the document on which people disagree ([`conflict::contested`]).
#[must_use]
pub fn project(document: DocumentId, tree: &Value, contested: &[Path]) -> DocumentRows {
    let rows = match document.kind {
        DocumentKind::Workspace => DocumentRows::default(),
        DocumentKind::Client => {
            let client = ClientId(document.id);
            let conflicts = u32::try_from(contested.len()).unwrap_or(u32::MAX);
            DocumentRows {
                client: Some(clients::row::row(client, tree, conflicts)),
                visits: visits::row::rows(client, tree),
                capsules: handovers::row::rows(client, tree),
                ..DocumentRows::default()
            }
        }
        DocumentKind::Person => DocumentRows {
            tasks: tasks::row::rows(PersonId(document.id), tree),
            training: training::row::learned(tree),
            work: work::row::rows(tree),
            goals: goals::row::rows(document, tree),
            ..DocumentRows::default()
        },
        DocumentKind::Company => DocumentRows {
            courses: training::row::courses(tree),
            library: training::library::record::rows(tree),
            agreements: agreements::row::rows(tree),
            goals: goals::row::rows(document, tree),
            ..DocumentRows::default()
        },
        DocumentKind::Team => DocumentRows {
            goals: goals::row::rows(document, tree),
            posts: recognition::row::rows(TeamId(document.id), tree),
            ..DocumentRows::default()
        },
        DocumentKind::Orders => DocumentRows {
            orders: orders::row::rows(ClientId(document.id), tree),
            ..DocumentRows::default()
        },
        DocumentKind::Pay => DocumentRows {
            pay: pay::row::rows(PersonId(document.id), tree),
            ..DocumentRows::default()
        },
        DocumentKind::Reviews => DocumentRows {
            reviews: reviews::row::rows(PersonId(document.id), tree),
            remarks: training::sheets::remarks::rows(tree),
            development: development::row::rows(tree),
            answers: training::needs::record::rows(tree),
            ..DocumentRows::default()
        },
    };
    DocumentRows {
        contested: conflict::rows(document, contested),
        ..rows
    }
}

/// Rows of one kind by the document they were projected from.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<R>(BTreeMap<DocumentId, Vec<R>>);

impl<R> Default for Table<R> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<R> Table<R> {
    #[must_use]
    pub fn of(&self, document: DocumentId) -> &[R] {
        self.0.get(&document).map_or(&[], Vec::as_slice)
    }

    pub fn iter(&self) -> impl Iterator<Item = (DocumentId, &R)> {
        let rows = self.0.iter();
        rows.flat_map(|(document, rows)| rows.iter().map(|row| (*document, row)))
    }

    /// Empty documents take no place.
    pub fn replace(&mut self, document: DocumentId, rows: Vec<R>) {
        match rows.is_empty() {
            true => drop(self.0.remove(&document)),
            false => drop(self.0.insert(document, rows)),
        }
    }
}

/// Every row on this device. Written through [`Rows::replace`] and [`Rows::remove`] only, which
/// keep the count of tags and the index.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    pub clients: BTreeMap<ClientId, ClientRow>,
    pub visits: Packed<VisitRow>,
    pub tasks: Packed<TaskRow>,
    pub courses: Table<CourseRow>,
    pub training: Table<Learned>,
    pub work: Table<WorkRow>,
    pub goals: Table<GoalRow>,
    pub orders: Packed<OrderRow>,
    pub pay: Table<PayRow>,
    pub posts: Table<PostRow>,
    pub reviews: Table<ReviewRow>,
    pub capsules: Table<CapsuleRow>,
    pub remarks: Table<RemarksRow>,
    pub library: Table<EntryRow>,
    pub development: Table<DevelopmentRow>,
    pub agreements: Table<AgreementRow>,
    pub answers: Table<AnswerRow>,
    /// Of documents other than clients'.
    pub contested: Table<ContestedRow>,
    /// Of the clients that are not archived.
    tags: BTreeMap<String, u32>,
    /// Of `clients`.
    pub(crate) edition: Edition,
    /// What figures are counted from.
    pub(crate) index: Index,
}

/// Rows as they are read at a start: of different documents, one after the other, none of which is held longer than it
/// takes to file it.
#[derive(Debug, Default)]
pub struct Filling {
    rows: Rows,
    /// A map is built from a sorted list in a fraction of the time that one insertion after the other takes.
    clients: Vec<(ClientId, ClientRow)>,
}

impl Filling {
    pub fn put(&mut self, document: DocumentId, mut rows: DocumentRows) {
        self.rows.index.file(Filing::Put, &rows);
        if let Some(client) = rows.client.take() {
            self.rows.count_tags(&client);
            self.clients.push((client.id, client));
        }
        self.rows.put(document, rows);
    }

    #[must_use]
    pub fn filled(self) -> Rows {
        Rows {
            clients: self.clients.into_iter().collect(),
            ..self.rows
        }
    }
}

/// Of different documents.
impl FromIterator<(DocumentId, DocumentRows)> for Rows {
    fn from_iter<I: IntoIterator<Item = (DocumentId, DocumentRows)>>(documents: I) -> Self {
        let mut filling = Filling::default();
        for (document, rows) in documents {
            filling.put(document, rows);
        }
        filling.filled()
    }
}

impl Rows {
    /// The most frequent tags first, equally frequent ones in their own order.
    #[must_use]
    pub fn most_used_tags(&self, most: usize) -> Vec<(String, u32)> {
        let mut tags: Vec<_> = self.tags.iter().collect();
        sort_by(&mut tags, |(_, one), (_, other)| other.cmp(one));
        tags.into_iter()
            .take(most)
            .map(|(tag, uses)| (tag.clone(), *uses))
            .collect()
    }

    /// Those of one document.
    #[must_use]
    pub fn of(&self, document: DocumentId) -> DocumentRows {
        let mut rows = DocumentRows {
            courses: self.courses.of(document).to_vec(),
            training: self.training.of(document).to_vec(),
            goals: self.goals.of(document).to_vec(),
            pay: self.pay.of(document).to_vec(),
            posts: self.posts.of(document).to_vec(),
            reviews: self.reviews.of(document).to_vec(),
            capsules: self.capsules.of(document).to_vec(),
            remarks: self.remarks.of(document).to_vec(),
            library: self.library.of(document).to_vec(),
            development: self.development.of(document).to_vec(),
            agreements: self.agreements.of(document).to_vec(),
            answers: self.answers.of(document).to_vec(),
            contested: self.contested.of(document).to_vec(),
            ..DocumentRows::default()
        };
        if let Some(client) = document.client() {
            rows.client = self.clients.get(&client).cloned();
            rows.visits = self.visits.range(visits::row::of(client)).collect();
        }
        if let Some(client) = document.orders_of() {
            rows.orders = self.orders.range(orders::row::of(client)).collect();
        }
        if let Some(person) = document.person() {
            rows.tasks = self.tasks.range(tasks::row::of(person)).collect();
            rows.work = self.work.of(document).to_vec();
        }
        rows
    }

    pub fn replace(&mut self, document: DocumentId, mut rows: DocumentRows) {
        self.remove(document);
        self.index.file(Filing::Put, &rows);
        if let Some(client) = rows.client.take() {
            self.count_tags(&client);
            self.clients.insert(client.id, client);
            self.edition.renew();
        }
        self.put(document, rows);
    }

    /// All but the client's, of a document of which there is nothing here.
    fn put(&mut self, document: DocumentId, mut rows: DocumentRows) {
        if let Some(client) = document.client() {
            let visits = core::mem::take(&mut rows.visits);
            self.visits.replace(visits::row::of(client), visits);
        }
        if let Some(client) = document.orders_of() {
            let orders = core::mem::take(&mut rows.orders);
            self.orders.replace(orders::row::of(client), orders);
        }
        if let Some(person) = document.person() {
            let tasks = core::mem::take(&mut rows.tasks);
            self.tasks.replace(tasks::row::of(person), tasks);
        }
        self.replace_tables(document, rows);
    }

    fn replace_tables(&mut self, document: DocumentId, rows: DocumentRows) {
        self.courses.replace(document, rows.courses);
        self.training.replace(document, rows.training);
        self.work.replace(document, rows.work);
        self.goals.replace(document, rows.goals);
        self.pay.replace(document, rows.pay);
        self.posts.replace(document, rows.posts);
        self.reviews.replace(document, rows.reviews);
        self.capsules.replace(document, rows.capsules);
        self.remarks.replace(document, rows.remarks);
        self.library.replace(document, rows.library);
        self.development.replace(document, rows.development);
        self.agreements.replace(document, rows.agreements);
        self.answers.replace(document, rows.answers);
        self.contested.replace(document, rows.contested);
    }

    pub fn remove(&mut self, document: DocumentId) {
        let mut held = DocumentRows::default();
        self.replace_tables(document, DocumentRows::default());
        if let Some(client) = document.client() {
            held.client = self.clients.remove(&client);
            if let Some(row) = &held.client {
                self.edition.renew();
                self.discount_tags(row);
            }
            held.visits = self.visits.replace(visits::row::of(client), Vec::new());
        }
        if let Some(client) = document.orders_of() {
            held.orders = self.orders.replace(orders::row::of(client), Vec::new());
        }
        if let Some(person) = document.person() {
            held.tasks = self.tasks.replace(tasks::row::of(person), Vec::new());
            self.work.replace(document, Vec::new());
        }
        self.index.file(Filing::Take, &held);
    }

    fn count_tags(&mut self, row: &ClientRow) {
        for tag in row.tags.iter().filter(|_| !row.archived) {
            *self.tags.entry(tag.clone()).or_default() += 1;
        }
    }

    fn discount_tags(&mut self, row: &ClientRow) {
        for tag in row.tags.iter().filter(|_| !row.archived) {
            if let Some(uses) = self.tags.get_mut(tag) {
                *uses -= 1;
                if *uses == 0 {
                    self.tags.remove(tag);
                }
            }
        }
    }
}
