use caravan_domain::{
    id::{ClientId, VisitId},
    visits::{list::VisitFile, record::ActionKind},
};
use leptos::prelude::*;

use super::{actions::TextAction, note::NoteField, order::OrderStep, photos::Photos};
use crate::ui::{Each, SectionTitle};

/// The plan's actions for this kind of visit, in its order; each is one tap away. A note, photos and an order are always possible.
#[component]
pub(super) fn Steps(
    client: ClientId,
    visit: VisitId,
    file: Memo<Option<VisitFile>>,
) -> impl IntoView {
    let kinds =
        Memo::new(move |_| file.with(|file| file.as_ref().map(offered).unwrap_or_default()));
    view! {
        <SectionTitle label=tr!(visits.actions) />
        <div class="divide-y divide-line">
            <Each each=move || kinds.get() key=|kind| *kind let:kind>
                {match kind {
                    ActionKind::Note => view! { <NoteField client visit file /> }.into_any(),
                    ActionKind::Photo => view! { <Photos client visit file /> }.into_any(),
                    ActionKind::Order => view! { <OrderStep client visit file /> }.into_any(),
                    _ => view! { <TextAction client visit kind file /> }.into_any(),
                }}
            </Each>
        </div>
    }
}

fn offered(file: &VisitFile) -> Vec<ActionKind> {
    let mut kinds = file.actions.clone();
    let others = file.visit.actions.keys().copied();
    for kind in others.chain([ActionKind::Note, ActionKind::Photo, ActionKind::Order]) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}
