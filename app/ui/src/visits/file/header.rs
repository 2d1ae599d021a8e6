use caravan_domain::visits::list::VisitFile;
use leptos::prelude::*;

use crate::{
    format::use_format,
    ui::{Badge, Show, SyncMark, Tone},
    visits::words::{VisitKindNames, VisitStateBadge},
};

/// What, when, who, and how far it is.
#[component]
pub(super) fn Header(file: Memo<Option<VisitFile>>) -> impl IntoView {
    let kinds = VisitKindNames::new();
    let format = use_format();
    let with = tr!(visits.with);
    let what = move || {
        file.with(|file| {
            let visit = &file.as_ref()?.visit;
            let when = format.day(visit.planned_on);
            Some(match visit.planned_at.is_empty() {
                true => format!("{} · {when}", kinds.name(visit.kind)),
                false => format!("{} · {when} {}", kinds.name(visit.kind), visit.planned_at),
            })
        })
    };
    let who = move || {
        file.with(|file| {
            let file = file.as_ref()?;
            let others: Vec<&str> = file
                .with_names
                .iter()
                .map(|(_, name)| name.as_str())
                .collect();
            Some(match others.is_empty() {
                true => file.by_name.clone(),
                false => format!("{} · {} {}", file.by_name, with.get(), others.join("、")),
            })
        })
    };
    let purpose = Memo::new(move |_| {
        file.with(|file| {
            file.as_ref()
                .map(|file| file.visit.purpose.clone())
                .unwrap_or_default()
        })
    });
    let cancelled = Memo::new(move |_| {
        file.with(|file| {
            let visit = &file.as_ref()?.visit;
            visit.cancelled_at.map(|_| visit.cancel_reason.clone())
        })
    });
    let state = Memo::new(move |_| {
        file.with(|file| {
            let visit = &file.as_ref()?.visit;
            Some((
                visit.state(),
                visit.check_in.as_ref().map(|check| check.presence),
            ))
        })
    });
    let mark = Signal::derive(move || {
        file.with(|file| file.as_ref().map(|file| file.mark).unwrap_or_default())
    });
    view! {
        <div class="flex flex-col gap-1 px-4 pb-3">
            <p>
                <bdi>{what}</bdi>
            </p>
            <p class="text-muted">
                <bdi>{who}</bdi>
            </p>
            <Show when=move || !purpose.with(String::is_empty)>
                <p class="pt-1">
                    <bdi>{purpose}</bdi>
                </p>
            </Show>
            <div class="flex flex-wrap gap-x-4">
                {move || state.get().map(|(state, presence)| view! { <VisitStateBadge state presence /> })}
                <SyncMark mark />
            </div>
            {move || {
                cancelled
                    .get()
                    .filter(|reason| !reason.is_empty())
                    .map(|reason| view! { <Badge label=reason tone=Tone::Neutral /> })
            }}
        </div>
    }
}
