use caravan_domain::{mark::Mark, time::Day, visits::list::VisitLine};
use leptos::prelude::*;

use super::words::{VisitKindNames, VisitStateBadge};
use crate::{
    format::use_format,
    ui::{List, SyncMark},
};

/// One visit in a list: when, to whom, for what; marked only where it is not received.
#[component]
pub(crate) fn VisitRow(
    line: VisitLine,
    /// The day the list is about; a visit of another day says which.
    day: Day,
    #[prop(optional, into)] current: Signal<bool>,
    /// Whose visit it is, where the list shows several people's.
    #[prop(optional)]
    names: bool,
) -> impl IntoView {
    let kinds = VisitKindNames::new();
    let (kind, by, purpose) = (
        line.row.kind,
        line.by_name.clone(),
        line.row.purpose.clone(),
    );
    let about = move || {
        let parts = [
            names.then(|| by.clone()),
            Some(kinds.name(kind)),
            Some(purpose.clone()),
        ];
        let filled: Vec<String> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        filled.join(" · ")
    };
    let (state, presence, mark) = (line.row.state, line.row.presence, line.mark);
    view! {
        <li>
            <a
                class="row"
                href=format!("/visits/{}/{}", line.row.client, line.row.id)
                aria-current=move || current.get().then_some("true")
            >
                <span class="w-18 shrink-0 tabular-nums">
                    <VisitWhen line=line.clone() day />
                </span>
                <span class="flex min-w-0 flex-1 flex-col">
                    <bdi class="truncate">{line.client_name.clone()}</bdi>
                    <bdi class="truncate text-sm text-muted">{about}</bdi>
                </span>
                <span class="flex shrink-0 flex-col items-end">
                    <VisitStateBadge state presence />
                    {(!matches!(mark, Mark::Received(_))).then(|| view! { <SyncMark mark=Signal::stored(mark) /> })}
                </span>
            </a>
        </li>
    }
}

/// The hour it began at, else the hour it is planned for; a visit of another day says the day.
#[component]
pub(crate) fn VisitWhen(line: VisitLine, day: Day) -> impl IntoView {
    let format = use_format();
    let any_time = tr!(visits.any_time);
    let row = line.row;
    let hour = {
        let row = row.clone();
        move || match row.checked_in_at {
            Some(at) => (at.day() == day).then(|| format.time(at)),
            None => (row.planned_on == day && !row.planned_at.is_empty())
                .then(|| row.planned_at.clone()),
        }
    };
    let otherwise = move || match row.checked_in_at.map_or(row.planned_on, |at| at.day()) {
        on if on == day => any_time.get(),
        on => format.near_day(on),
    };
    view! {
        {hour.clone()}
        {move || hour().is_none().then(|| view! { <span class="text-sm text-muted">{otherwise()}</span> })}
    }
}

/// Several visits as one list.
#[component]
pub(super) fn VisitRows(
    #[prop(into)] label: Signal<String>,
    lines: Signal<Vec<VisitLine>>,
    day: Signal<Day>,
    #[prop(into)] open_path: Signal<String>,
    #[prop(into)] names: Signal<bool>,
) -> impl IntoView {
    view! {
        <List label>
            {move || {
                let (day, names) = (day.get(), names.get());
                lines
                    .get()
                    .into_iter()
                    .map(|line| {
                        let id = line.row.id.to_string();
                        let current = Signal::derive(move || open_path.with(|path| path.contains(&id)));
                        view! { <VisitRow line day current names /> }
                    })
                    .collect_view()
            }}
        </List>
    }
}
