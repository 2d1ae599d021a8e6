//! Everything this device holds, as JSON with the pictures in a ZIP: the organisation owns its data.
//! Documents stand in it as they are, with every field that any version of the app has written.

mod json;
mod zip;

use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::value::{Map, Value, map_of};

use self::zip::Archive;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::state::State;
use crate::storage::{Storage, Store};

impl<S: Storage, P: Platform> Engine<S, P> {
    pub(super) async fn export_everything(&self) -> Result<Vec<u8>, EngineError> {
        let now = self.platform.now();
        let mut archive = Archive::new(now);
        let workspace = workspace(&self.state.borrow());
        archive.add("workspace.json", json::write(&workspace).as_bytes());
        for (kind, name) in [
            (DocumentKind::Client, "clients.json"),
            (DocumentKind::Person, "people.json"),
            (DocumentKind::Company, "company.json"),
            (DocumentKind::Team, "teams.json"),
            (DocumentKind::Orders, "orders.json"),
            (DocumentKind::Reviews, "reviews.json"),
            (DocumentKind::Pay, "pay.json"),
        ] {
            let documents = self.trees(kind).await?;
            archive.add(name, json::write(&Value::Map(documents)).as_bytes());
        }
        let pictures: Vec<_> = self.state.borrow().blobs.keys().copied().collect();
        for hash in pictures {
            if let Some(picture) = self.storage.get(Store::Blobs, &hash.0).await? {
                archive.add(&format!("photos/{hash}.jpg"), &picture);
            }
        }
        Ok(archive.finish())
    }

    /// The documents of a kind by their ids, each with its owner.
    async fn trees(&self, kind: DocumentKind) -> Result<Map, EngineError> {
        let documents: Vec<DocumentId> = self.documents();
        let mut trees = Map::new();
        for id in documents.into_iter().filter(|id| id.kind == kind) {
            let Some(opened) = self.open(id).await? else {
                continue;
            };
            let mut tree = opened.document.tree()?;
            if let (Value::Map(map), Some(owner)) = (&mut tree, self.state.borrow().facts.owner(id))
            {
                map.insert("owner".to_owned(), owner.to_string().into());
            }
            trees.insert(id.id.to_string(), tree);
        }
        Ok(trees)
    }
}

/// Who works here, so that the ids in the documents can be read.
fn workspace(state: &State) -> Value {
    let facts = &state.facts;
    let people = facts.people.iter().map(|(id, person)| {
        let person = map_of([
            ("name", Some(person.name.as_str().into())),
            ("phone", Some(person.phone.as_str().into())),
            ("team", person.team.map(|team| team.to_string().into())),
            ("joined_at", Some(person.joined_at.into())),
        ]);
        (id.to_string(), Value::Map(person))
    });
    let teams = facts
        .teams
        .iter()
        .map(|(id, team)| (id.to_string(), team.name.as_str().into()));
    let name = facts
        .workspace
        .as_ref()
        .map(|workspace| workspace.name.as_str().into());
    Value::Map(map_of([
        ("name", name),
        ("people", Some(Value::Map(people.collect()))),
        ("teams", Some(Value::Map(teams.collect()))),
    ]))
}
