//! A file of new clients, held against every client on this device: exact keys through an index,
//! names that sound alike through the syllables they share.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use caravan_domain::clients::list::{SimilarClient, SimilarReason, SimilarTo};
use caravan_domain::clients::row::ClientRow;
use caravan_domain::facts::Facts;
use caravan_domain::id::ClientId;
use caravan_domain::{phone, search, uscc};
use caravan_port::act::{ImportFinding, ImportProbe};

use crate::engine::{Engine, sources};
use crate::error::EngineError;
use crate::platform::Platform;
use crate::run::is_known;
use crate::storage::Storage;

/// More would not be looked at.
const MOST_SHOWN: usize = 10;

impl<S: Storage, P: Platform> Engine<S, P> {
    pub(super) fn check_import(
        &self,
        probes: &[ImportProbe],
    ) -> Result<Vec<ImportFinding>, EngineError> {
        let state = self.state.borrow();
        let from = sources(&state, self.platform.now())?;
        let index = Index::of(from.rows.clients.values().filter(|row| !row.archived));
        let found = probes.iter().map(|probe| ImportFinding {
            already_here: is_known(&state, probe.client),
            similar: index
                .similar(&probe.similar)
                .into_iter()
                .filter(|(row, _)| row.id != probe.client)
                .take(MOST_SHOWN)
                .map(|(row, reason)| SimilarClient {
                    id: row.id,
                    name: row.name.clone(),
                    owner_name: owner_name(from.facts, row.id),
                    reason,
                })
                .collect(),
        });
        Ok(found.collect())
    }
}

fn owner_name(facts: &Facts, client: ClientId) -> String {
    let owner = facts.owner(client.into());
    let person = owner.and_then(|owner| facts.people.get(&owner));
    person.map(|person| person.name.clone()).unwrap_or_default()
}

#[derive(Default)]
struct Index<'a> {
    phones: HashMap<&'a str, Vec<&'a ClientRow>>,
    codes: HashMap<&'a str, Vec<&'a ClientRow>>,
    /// By the sound of the name: those that differ by a slip share at least one syllable.
    syllables: HashMap<&'a str, Vec<&'a ClientRow>>,
}

impl<'a> Index<'a> {
    fn of(rows: impl Iterator<Item = &'a ClientRow>) -> Self {
        let mut index = Self::default();
        for row in rows {
            for phone in &row.phones {
                index.phones.entry(phone).or_default().push(row);
            }
            if !row.code.is_empty() {
                index.codes.entry(&row.code).or_default().push(row);
            }
            for syllable in row.similarity.split(' ') {
                index.syllables.entry(syllable).or_default().push(row);
            }
        }
        index
    }

    /// Each client once, for the strongest reason; those first.
    fn similar(&self, to: &SimilarTo) -> Vec<(&'a ClientRow, SimilarReason)> {
        let mut found: BTreeMap<(SimilarReason, ClientId), &'a ClientRow> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let phones = to
            .phones
            .iter()
            .filter_map(|typed| phone::normalize(typed).ok());
        let same_phone = phones.map(|phone| phone.to_string()).flat_map(|phone| {
            self.phones
                .get(phone.as_str())
                .into_iter()
                .flatten()
                .copied()
        });
        let code = uscc::normalize(&to.code);
        let same_code = self.codes.get(code.as_str()).into_iter().flatten().copied();
        let key = search::similarity_key(&to.name);
        let alike = self
            .candidates(&key)
            .into_iter()
            .filter(|row| search::alike(&key, &row.similarity));
        let all = same_phone
            .map(|row| (row, SimilarReason::SamePhone))
            .chain(same_code.map(|row| (row, SimilarReason::SameCode)))
            .chain(alike.map(|row| (row, SimilarReason::SimilarName)));
        for (row, reason) in all {
            if Some(row.id) != to.except && seen.insert(row.id) {
                found.insert((reason, row.id), row);
            }
        }
        found
            .into_iter()
            .map(|((reason, _), row)| (row, reason))
            .collect()
    }

    fn candidates(&self, key: &str) -> Vec<&'a ClientRow> {
        let mut seen = HashSet::new();
        let mut candidates = Vec::new();
        if key.is_empty() {
            return candidates;
        }
        for syllable in key.split(' ') {
            for row in self.syllables.get(syllable).into_iter().flatten() {
                if seen.insert(row.id) {
                    candidates.push(*row);
                }
            }
        }
        candidates
    }
}
