//! Kinds, states and presence of visits in the reader's words.

use caravan_domain::visits::record::{ActionKind, Presence, VisitKind, VisitState};
use leptos::prelude::*;

use crate::ui::{Badge, Tone};

#[derive(Clone, Copy)]
pub(crate) struct VisitKindNames([Signal<String>; 6]);

/// To be called while a component is being built, as everything here.
impl VisitKindNames {
    pub(crate) fn new() -> Self {
        Self([
            tr!(visits.kind_regular),
            tr!(visits.kind_first),
            tr!(visits.kind_service),
            tr!(visits.kind_stock),
            tr!(visits.kind_collection),
            tr!(visits.kind_survey),
        ])
    }

    pub(crate) fn name(self, kind: VisitKind) -> String {
        let place = VisitKind::ALL.iter().position(|known| *known == kind);
        place.map(|place| self.0[place].get()).unwrap_or_default()
    }

    pub(crate) fn options(self) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            VisitKind::ALL
                .iter()
                .map(|kind| (kind.word().to_owned(), self.name(*kind)))
                .collect()
        })
    }
}

pub(crate) fn action_name(kind: ActionKind) -> Signal<String> {
    match kind {
        ActionKind::Note => tr!(visits.action_note),
        ActionKind::Photo => tr!(visits.action_photo),
        ActionKind::StockCount => tr!(visits.action_stock),
        ActionKind::CompetitorNote => tr!(visits.action_competitor),
        ActionKind::Order => tr!(visits.action_order),
        ActionKind::Survey => tr!(visits.action_survey),
    }
}

/// Where a visit stands, and once begun, how far its check-in can be trusted.
#[component]
pub(crate) fn VisitStateBadge(state: VisitState, presence: Option<Presence>) -> impl IntoView {
    let (label, tone) = match (state, presence) {
        (VisitState::Planned, _) => (tr!(visits.planned), Tone::Neutral),
        (VisitState::Cancelled, _) => (tr!(visits.cancelled), Tone::Neutral),
        (VisitState::UnderWay, _) => (tr!(visits.under_way), Tone::Info),
        (VisitState::Done, Some(Presence::Verified)) => (tr!(visits.verified), Tone::Good),
        (VisitState::Done, Some(Presence::Invalid)) => (tr!(visits.invalid), Tone::Bad),
        (VisitState::Done, _) => (tr!(visits.unverified), Tone::Warning),
    };
    view! { <Badge label tone /> }
}
