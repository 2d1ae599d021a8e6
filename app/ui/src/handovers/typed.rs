//! What stands in the form, and the command it comes to.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::{
    handovers::{
        capsule::Why,
        command::HandoverDraft,
        view::{GivenTask, HandoverView},
    },
    id::{ClientId, PersonId},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) why: Why,
    /// By the client's id: the successor's. A client that is not named stays.
    pub(super) clients: BTreeMap<String, String>,
    /// Who goes on with what is about none of the clients that go.
    pub(super) tasks: String,
    pub(super) note: String,
    /// By the client's id.
    pub(super) notes: BTreeMap<String, String>,
}

impl Typed {
    pub(super) fn leaves(&self) -> bool {
        self.why == Why::Leaving
    }

    /// Clients that are still the giver's, with a successor who can still take them.
    pub(super) fn chosen(&self, view: &HandoverView) -> BTreeMap<ClientId, PersonId> {
        let takers: BTreeSet<_> = view.takers.iter().map(|taker| taker.person).collect();
        let chosen = view.clients.iter().filter_map(|line| {
            let to = self.clients.get(&line.client.to_string())?.parse().ok()?;
            takers.contains(&to).then_some((line.client, to))
        });
        chosen.collect()
    }

    /// How many clients were chosen here that are not the giver's any more.
    pub(super) fn gone(&self, view: &HandoverView) -> usize {
        let here: BTreeSet<_> = view
            .clients
            .iter()
            .map(|line| line.client.to_string())
            .collect();
        self.clients
            .keys()
            .filter(|key| !here.contains(*key))
            .count()
    }

    /// Clients without a successor, though the giver leaves.
    pub(super) fn missing(&self, view: &HandoverView) -> usize {
        match self.leaves() {
            true => view.clients.len() - self.chosen(view).len(),
            false => 0,
        }
    }

    /// Tasks that need a successor of their own: of no client, and, when the giver leaves, whatever else is left.
    pub(super) fn others<'a>(&self, view: &'a HandoverView) -> Vec<&'a GivenTask> {
        let tasks = view.tasks.iter();
        tasks.filter(|task| task.client.is_none()).collect()
    }

    /// Whether everything that has to be chosen is.
    pub(super) fn is_whole(&self, view: &HandoverView) -> bool {
        let draft = self.draft(view);
        let left = self.leaves() && draft.tasks.len() < view.tasks.len();
        let nothing = draft.clients.is_empty() && draft.tasks.is_empty() && !self.leaves();
        self.missing(view) == 0 && !left && !nothing
    }

    pub(super) fn draft(&self, view: &HandoverView) -> HandoverDraft {
        let clients = self.chosen(view);
        let others = self.tasks.parse::<PersonId>().ok();
        let others = others.filter(|to| view.takers.iter().any(|taker| taker.person == *to));
        let tasks = view.tasks.iter().filter_map(|task| {
            let to = match task.client {
                Some(client) => clients.get(&client).copied(),
                None => others,
            };
            Some((task.task, to?))
        });
        let notes = clients.keys().filter_map(|client| {
            let note = self.notes.get(&client.to_string())?;
            Some((*client, note.clone()))
        });
        HandoverDraft {
            from: view.from,
            tasks: tasks.collect(),
            why: self.why,
            note: self.note.clone(),
            notes: notes.collect(),
            clients,
        }
    }
}
