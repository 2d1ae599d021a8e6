use caravan_domain::{agreements::view::AgreementLine, today::view::TodayView};
use leptos::prelude::*;

use crate::{
    agreements::AgreementRow,
    ui::{List, SectionTitle, Show},
};

/// What the reader has to sign, before everything else: without it there may be no clients at all. Below it, for those who
/// sign for the company, what others have signed.
#[component]
pub(super) fn Agreements(today: Memo<Option<TodayView>>) -> impl IntoView {
    let lines = move |read: fn(&TodayView) -> &[AgreementLine]| {
        Memo::new(move |_| {
            let lines = today.with(|today| today.as_ref().map(|today| read(today).to_vec()));
            lines.unwrap_or_default()
        })
    };
    let to_sign = lines(|today| &today.agreements);
    let to_countersign = lines(|today| &today.to_countersign);
    let waits = Memo::new(move |_| {
        today.with(|today| {
            today
                .as_ref()
                .is_some_and(|today| today.waits_for_signature)
        })
    });
    let (first, other) = (tr!(agreements.sign_first), tr!(agreements.to_sign));
    let heading = Signal::derive(move || match waits.get() {
        true => first.get(),
        false => other.get(),
    });
    view! {
        <Lines heading lines=to_sign />
        <Lines heading=tr!(agreements.to_countersign_title) lines=to_countersign />
    }
}

#[component]
fn Lines(heading: Signal<String>, lines: Memo<Vec<AgreementLine>>) -> impl IntoView {
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=heading />
            <List label=heading>
                {move || lines.get().into_iter().map(|line| view! { <AgreementRow line /> }).collect_view()}
            </List>
        </Show>
    }
}
