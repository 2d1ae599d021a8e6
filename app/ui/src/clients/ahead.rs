//! What a search finds before the engine has answered (decision 0023): while somebody searches, the list to search in is
//! here as well.

use std::time::Duration;

use caravan_domain::{
    clients::list::{ClientList, ClientPage},
    query::{Answer, Query},
};
use caravan_port::{
    ask::{Ask, Told},
    roster::{Found, Roster},
};
use leptos::{prelude::*, task::spawn_local};

use crate::engine::{Engine, use_engine};

/// Until what has turned out to be old is asked for again: while a device is being filled, everything changes all the time.
const PAUSE: Duration = Duration::from_secs(1);

#[derive(Clone, Copy)]
pub(super) struct Ahead {
    engine: Engine,
    state: StoredValue<State>,
}

#[derive(Default)]
struct State {
    /// What was asked last.
    list: ClientList,
    searching: bool,
    asking: bool,
    held: Option<(Roster, Option<Found>)>,
}

impl Ahead {
    /// To be called while a component is being built.
    pub(super) fn new() -> Self {
        Self {
            engine: use_engine(),
            state: StoredValue::default(),
        }
    }

    /// The live page of a list that may itself change.
    pub(super) fn clients(
        self,
        list: impl Fn() -> ClientList + Send + Sync + 'static,
    ) -> Signal<Option<ClientPage>> {
        self.engine.watch_foretold(
            move || Ask::Rows(Query::Clients(list())),
            |page| Told::Rows(Answer::Clients(page)),
            move |ask| match ask {
                Ask::Rows(Query::Clients(list)) => self.page(list),
                _ => None,
            },
            move || self.surprised(),
        )
    }

    /// Whether somebody is about to type.
    pub(super) fn searching(self) -> Callback<bool> {
        Callback::new(move |searching| {
            self.state.update_value(|state| {
                state.searching = searching;
                state.held = None;
            });
            self.fetch();
        })
    }

    fn page(self, list: &ClientList) -> Option<ClientPage> {
        let page = self.state.try_update_value(|state| {
            state.list = list.clone();
            let (roster, found) = state.held.as_mut()?;
            roster.page(list, found)
        });
        page.flatten()
    }

    /// The engine says something else than was foretold, or than it said before.
    fn surprised(self) {
        let again = self.state.try_update_value(|state| {
            state.held = None;
            state.searching
        });
        if again == Some(true) {
            set_timeout(move || self.fetch(), PAUSE);
        }
    }

    fn fetch(self) {
        let list = self.state.try_update_value(|state| {
            let wanted = state.searching && state.held.is_none() && !state.asking;
            state.asking |= wanted;
            wanted.then(|| state.list.whole())
        });
        let Some(list) = list.flatten() else { return };
        spawn_local(async move {
            let roster = self.engine.ask(Ask::Roster(list), Told::Roster).await;
            // Whoever asked may have left.
            self.state.try_update_value(|state| {
                state.asking = false;
                state.held = roster
                    .filter(|_| state.searching)
                    .map(|roster| (roster, None));
            });
        });
    }
}
