use caravan_domain::{
    today::view::TodayView,
    visits::{list::VisitLine, record::VisitState},
};
use leptos::prelude::*;

use crate::{
    ui::{List, SectionTitle, Show},
    visits::VisitRow,
};

/// The other visits: first those still to be made, then those made.
#[component]
pub(super) fn RestOfDay(
    today: Memo<Option<TodayView>>,
    next: Memo<Option<VisitLine>>,
) -> impl IntoView {
    let lines = move |done: bool| {
        Memo::new(move |_| {
            let shown_above = next.with(|next| next.as_ref().map(|line| line.row.id));
            today.with(|today| {
                let all = today.iter().flat_map(|today| today.visits.iter());
                all.filter(|line| Some(line.row.id) != shown_above)
                    .filter(|line| (line.row.state == VisitState::Done) == done)
                    .cloned()
                    .collect::<Vec<_>>()
            })
        })
    };
    let done =
        Memo::new(move |_| today.with(|today| today.as_ref().map_or(0, |today| today.visits_done)));
    view! {
        <Section label=tr!(today.then) lines=lines(false) today />
        <Section label=tr!(today.done_count, count = done.get()) lines=lines(true) today />
    }
}

#[component]
fn Section(
    label: Signal<String>,
    lines: Memo<Vec<VisitLine>>,
    today: Memo<Option<TodayView>>,
) -> impl IntoView {
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label />
            <List label>
                {move || {
                    let day = today.with(|today| today.as_ref().map(|today| today.today))?;
                    Some(lines.get().into_iter().map(|line| view! { <VisitRow line day /> }).collect_view())
                }}
            </List>
        </Show>
    }
}
