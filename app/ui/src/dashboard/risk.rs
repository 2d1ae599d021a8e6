use caravan_domain::dashboard::list::Counted;
use leptos::prelude::*;

use super::{address, page::Shown};
use crate::{
    clients::GradeNames,
    today::FollowUp,
    ui::{List, SectionTitle, Show},
};

/// Clients whose next contact is overdue: how many of each grade, and the first of them. One's own are in what is next.
#[component]
pub(super) fn AtRiskClients(shown: Shown) -> impl IntoView {
    let risk = shown.part(|found| (!found.is_mine).then(|| found.at_risk.clone()));
    let place = shown.place();
    let any = Memo::new(move |_| {
        risk.with(|risk| risk.as_ref().is_some_and(|risk| !risk.grades.is_empty()))
    });
    let grades = move || {
        let (place, risk) = (place.get()?, risk.get()?);
        let names = GradeNames::new();
        let links = risk.grades.into_iter().map(|(grade, count)| {
            let month = shown.month.get_untracked();
            let href = address::records(place, month, Counted::Overdue(Some(grade)));
            view! {
                <a class="flex min-h-11 min-w-11 items-baseline gap-1 py-2 text-primary" href=href>
                    <span aria-hidden="true">{grade.word()}</span>
                    <span class="sr-only">{move || names.spoken(grade)}</span>
                    <span class="font-semibold tabular-nums underline underline-offset-4">{count}</span>
                </a>
            }
        });
        Some(links.collect_view())
    };
    let rows = move || {
        let risk = risk.get()?;
        let lines = risk.lines.into_iter();
        Some(lines.map(|line| view! { <FollowUp line /> }).collect_view())
    };
    view! {
        <Show when=move || any.get()>
            <section>
                <SectionTitle label=tr!(dashboard.overdue) />
                <div class="flex gap-4 px-4">{grades}</div>
                <List label=tr!(dashboard.overdue)>{rows}</List>
            </section>
        </Show>
    }
}
