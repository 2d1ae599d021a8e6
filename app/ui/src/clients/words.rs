//! Grades, stages and kinds of interaction in the reader's words.

use caravan_domain::clients::record::{Grade, InteractionKind, Stage};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(crate) struct StageNames([Signal<String>; 6]);

/// To be called while a component is being built, as everything here.
impl StageNames {
    pub(crate) fn new() -> Self {
        Self([
            tr!(clients.stage_lead),
            tr!(clients.stage_contacted),
            tr!(clients.stage_negotiating),
            tr!(clients.stage_customer),
            tr!(clients.stage_dormant),
            tr!(clients.stage_lost),
        ])
    }

    pub(crate) fn name(self, stage: Stage) -> String {
        let place = Stage::ALL.iter().position(|known| *known == stage);
        place.map(|place| self.0[place].get()).unwrap_or_default()
    }

    pub(crate) fn options(self) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            Stage::ALL
                .iter()
                .map(|stage| (stage.word().to_owned(), self.name(*stage)))
                .collect()
        })
    }
}

#[derive(Clone, Copy)]
pub(crate) struct GradeNames(Signal<String>);

impl GradeNames {
    pub(crate) fn new() -> Self {
        Self(tr!(clients.grade))
    }

    /// A级 · Grade A, for those who hear the letter without its place.
    pub(crate) fn spoken(self, grade: Grade) -> String {
        format!("{} {}", self.0.get(), grade.word())
    }

    pub(crate) fn options() -> Vec<(String, String)> {
        Grade::ALL
            .iter()
            .map(|grade| (grade.word().to_owned(), grade.word().to_owned()))
            .collect()
    }
}

pub(crate) fn interaction_name(kind: InteractionKind) -> Signal<String> {
    match kind {
        InteractionKind::Note => tr!(clients.did_note),
        InteractionKind::Call => tr!(clients.did_call),
        InteractionKind::Message => tr!(clients.did_message),
        InteractionKind::Meeting => tr!(clients.did_meeting),
        InteractionKind::Visit => tr!(clients.did_visit),
        InteractionKind::Correction => tr!(clients.did_correct),
        InteractionKind::Imported => tr!(clients.did_import),
    }
}

/// What a person can log by hand.
pub(super) const LOGGED: [InteractionKind; 4] = [
    InteractionKind::Note,
    InteractionKind::Call,
    InteractionKind::Message,
    InteractionKind::Meeting,
];
