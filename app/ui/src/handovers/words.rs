//! What is said of clients, successors and reasons, in the reader's language.

use caravan_domain::{
    handovers::{
        capsule::Why,
        view::{Because, GivenClient, HandoverView, Taker},
    },
    id::PersonId,
    time::Day,
};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::{
    clients::GradeNames,
    format::{Format, use_format},
    prefs::{Language, use_language},
};

/// Follows the language when used inside a closure of a view.
#[derive(Clone, Copy)]
pub(super) struct Words {
    language: Language,
    format: Format,
    grades: GradeNames,
}

impl Words {
    /// To be called while a component is being built.
    pub(super) fn new() -> Self {
        Self {
            language: use_language(),
            format: use_format(),
            grades: GradeNames::new(),
        }
    }

    /// 李敏 · 12 家客户 · 3 项任务
    pub(super) fn taker(self, taker: &Taker) -> String {
        let language = self.language.get();
        let (name, clients, tasks) = (taker.name.clone(), taker.clients, taker.tasks);
        let line = td_string!(
            language,
            handovers.taker,
            name = name,
            clients = clients,
            tasks = tasks
        );
        match (taker.held_back, taker.waits) {
            (true, _) => format!("{line} · {}", td_string!(language, handovers.held_back)),
            (false, true) => format!("{line} · {}", td_string!(language, handovers.waits)),
            (false, false) => line.to_string(),
        }
    }

    /// What is known of a client, so that a successor can be chosen without opening it.
    pub(super) fn client(self, line: &GivenClient, view: &HandoverView) -> String {
        let language = self.language.get();
        let mut parts = vec![self.grades.spoken(line.grade)];
        if line.archived {
            parts.push(td_string!(language, handovers.archived).to_owned());
        }
        if !line.region.is_empty() {
            parts.push(line.region.clone());
        }
        if line.tasks > 0 {
            parts.push(td_string!(language, handovers.tasks, count = line.tasks).to_string());
        }
        if let Some(on) = line.visit_on {
            let day = self.format.near_day(on);
            parts.push(td_string!(language, handovers.visit_on, day = day).to_string());
        }
        if !line.next_step.is_empty() {
            let step = line.next_step.clone();
            parts.push(td_string!(language, handovers.promised, step = step).to_string());
        }
        if let Some(suggested) = line.suggested {
            let name = name_of(suggested.to, view);
            let because = self.because(suggested.because);
            parts.push(
                td_string!(
                    language,
                    handovers.suggested,
                    name = name,
                    because = because
                )
                .to_string(),
            );
        }
        parts.join(" · ")
    }

    fn because(self, because: Because) -> String {
        let language = self.language.get();
        match because {
            Because::Shares => td_string!(language, handovers.because_shares).to_owned(),
            Because::Nearby(count) => {
                td_string!(language, handovers.because_nearby, count = count).to_string()
            }
            Because::Fewest(count) => {
                td_string!(language, handovers.because_fewest, count = count).to_string()
            }
        }
    }

    /// Nothing for what is due on no day.
    pub(super) fn due(self, due: Option<Day>) -> Option<String> {
        let day = self.format.day(due?);
        Some(td_string!(self.language.get(), handovers.due, day = day).to_string())
    }

    /// 12 家客户 · 3 项任务
    pub(super) fn portion(self, clients: usize, tasks: usize) -> String {
        let language = self.language.get();
        let clients = (clients > 0)
            .then(|| td_string!(language, handovers.clients, count = clients).to_string());
        let tasks =
            (tasks > 0).then(|| td_string!(language, handovers.tasks, count = tasks).to_string());
        let parts: Vec<_> = clients.into_iter().chain(tasks).collect();
        parts.join(" · ")
    }
}

pub(super) fn name_of(person: PersonId, view: &HandoverView) -> String {
    let mut takers = view.takers.iter();
    let known = takers.find(|taker| taker.person == person);
    known.map(|taker| taker.name.clone()).unwrap_or_default()
}

/// To be called while a component is being built.
pub(super) fn why_name(why: Why) -> Signal<String> {
    match why {
        Why::Leaving => tr!(handovers.why_leaving),
        Why::Absence => tr!(handovers.why_absence),
        Why::Region => tr!(handovers.why_region),
        Why::Other => tr!(handovers.why_other),
    }
}
