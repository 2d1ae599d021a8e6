//! Rows: what lists, search and dashboards need, projected from documents, kept in memory and
//! persisted beside the documents so that a cold start opens none of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clients::row::ClientRow;
use crate::document::{DocumentId, DocumentKind};
use crate::id::{ClientId, PersonId, TaskId, VisitId};
use crate::tasks::row::TaskRow;
use crate::value::Value;
use crate::visits::row::VisitRow;
use crate::{clients, tasks, visits};

/// Counts up whenever a row's shape or what goes into it changes: older rows are projected anew.
pub const ROWS_VERSION: u8 = 1;

/// All rows of one document; replaced together.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DocumentRows {
    pub client: Option<ClientRow>,
    pub visits: Vec<VisitRow>,
    pub tasks: Vec<TaskRow>,
}

/// `conflicts` is the number of fields in the document on which people disagree.
#[must_use]
pub fn project(document: DocumentId, tree: &Value, conflicts: u32) -> DocumentRows {
    match document.kind {
        DocumentKind::Workspace => DocumentRows::default(),
        DocumentKind::Client => {
            let client = ClientId(document.id);
            DocumentRows {
                client: Some(clients::row::row(client, tree, conflicts)),
                visits: visits::row::rows(client, tree),
                tasks: Vec::new(),
            }
        }
        DocumentKind::Person => DocumentRows {
            tasks: tasks::row::rows(PersonId(document.id), tree),
            ..DocumentRows::default()
        },
    }
}

/// Every row on this device.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    pub clients: BTreeMap<ClientId, ClientRow>,
    pub visits: BTreeMap<(ClientId, VisitId), VisitRow>,
    pub tasks: BTreeMap<(PersonId, TaskId), TaskRow>,
}

impl Rows {
    pub fn replace(&mut self, document: DocumentId, rows: DocumentRows) {
        self.remove(document);
        if let Some(client) = rows.client {
            self.clients.insert(client.id, client);
        }
        self.visits
            .extend(rows.visits.into_iter().map(|row| ((row.client, row.id), row)));
        self.tasks.extend(
            rows.tasks
                .into_iter()
                .map(|row| ((row.task.draft.assignee, row.task.id), row)),
        );
    }

    pub fn remove(&mut self, document: DocumentId) {
        use crate::id::Id;
        if let Some(client) = document.client() {
            self.clients.remove(&client);
            let held: Vec<_> = self
                .visits
                .range((client, VisitId(Id::ZERO))..=(client, VisitId(Id::MAX)))
                .map(|(key, _)| *key)
                .collect();
            for key in held {
                self.visits.remove(&key);
            }
        }
        if let Some(person) = document.person() {
            let held: Vec<_> = self
                .tasks
                .range((person, TaskId(Id::ZERO))..=(person, TaskId(Id::MAX)))
                .map(|(key, _)| *key)
                .collect();
            for key in held {
                self.tasks.remove(&key);
            }
        }
    }
}
