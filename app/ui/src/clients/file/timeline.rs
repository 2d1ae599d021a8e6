use caravan_domain::{
    clients::{
        file::{ClientFile, TimelineEntry as Entry, TimelineSubject},
        record::InteractionKind,
    },
    id::InteractionId,
    mark::Mark,
};
use leptos::prelude::*;

use crate::{
    clients::words::interaction_name,
    format::use_format,
    ui::{Button, ButtonKind, EmptyState, SectionTitle, Show, SyncMark, Timeline, TimelineEntry},
    visits::{VisitKindNames, VisitStateBadge},
};

/// Entries shown at first, and with each step back: years of history must not make a page slow to draw.
const AT_ONCE: usize = 30;

/// Everything that happened, the latest first. Nothing here can be changed; what was wrong is corrected by a new entry
/// that points at the old (R56).
#[component]
pub(super) fn ClientTimeline(
    file: Memo<Option<ClientFile>>,
    #[prop(into)] on_correct: Callback<InteractionId>,
) -> impl IntoView {
    let shown = RwSignal::new(AT_ONCE);
    let entries = Memo::new(move |_| {
        let shown = shown.get();
        file.with(|file| {
            let timeline = file.as_ref().map(|file| &file.timeline);
            let latest = timeline.into_iter().flatten().take(shown);
            latest.cloned().collect::<Vec<_>>()
        })
    });
    let older = Memo::new(move |_| {
        let all = file.with(|file| file.as_ref().map_or(0, |file| file.timeline.len()));
        all.saturating_sub(shown.get())
    });
    view! {
        <SectionTitle label=tr!(clients.timeline) />
        <Show
            when=move || !entries.with(Vec::is_empty)
            fallback=|| {
                view! {
                    <EmptyState
                        icon=icondata_lu::LuMessagesSquare
                        title=tr!(clients.no_history)
                        body=tr!(clients.no_history_body)
                    />
                }
            }
        >
            <Timeline label=tr!(clients.timeline)>
                {move || {
                    entries.get().into_iter().map(|entry| view! { <OneEntry entry on_correct /> }).collect_view()
                }}
            </Timeline>
            <Show when=move || { older.get() > 0 }>
                <div class="px-4 py-2">
                    <Button
                        label=tr!(clients.older, count = older.get())
                        kind=ButtonKind::Quiet
                        wide=true
                        on_press=move || shown.update(|shown| *shown += AT_ONCE)
                    />
                </div>
            </Show>
        </Show>
    }
}

#[component]
fn OneEntry(entry: Entry, on_correct: Callback<InteractionId>) -> impl IntoView {
    let format = use_format();
    let (by, at, received) = (entry.by_name.clone(), entry.happened_at, entry.received_at);
    let late = tr!(
        clients.received_at,
        time = received.map(|at| format.moment(at)).unwrap_or_default()
    );
    // The relay's own time stands beside the phone's where they differ by more than a work break.
    let shows_receipt = received.is_some_and(|received| {
        received.millis().abs_diff(entry.written_at.millis()) > 60 * 60 * 1000
    });
    let attribution = Signal::derive(move || {
        let words = format!("{by} · {}", format.moment(at));
        match shows_receipt {
            true => format!("{words} · {}", late.get()),
            false => words,
        }
    });
    let title = title_of(&entry.subject);
    let text = entry.text.clone();
    let mark = entry.mark;
    view! {
        <TimelineEntry title attribution>
            <bdi>{text}</bdi>
            {match entry.subject {
                TimelineSubject::Visit(line) => {
                    view! {
                        <a class="flex min-h-11 items-center gap-2" href=format!("/visits/{}/{}", line.row.client, line.row.id)>
                            <VisitStateBadge state=line.row.state presence=line.row.presence />
                            <span class="text-primary underline underline-offset-4">{tr!(clients.open_visit)}</span>
                        </a>
                    }
                        .into_any()
                }
                TimelineSubject::Interaction { id, kind, corrected_by, .. } => {
                    let correctable = corrected_by.is_none() && kind != InteractionKind::Correction;
                    view! {
                        <Show when=move || corrected_by.is_some()>
                            <p class="text-sm text-warning">{tr!(clients.corrected)}</p>
                        </Show>
                        <Show when=move || correctable>
                            <Button
                                label=tr!(clients.correct)
                                kind=ButtonKind::Quiet
                                on_press=move || on_correct.run(id)
                            />
                        </Show>
                    }
                        .into_any()
                }
                TimelineSubject::Created => ().into_any(),
            }}
            {match mark {
                Mark::Received(_) => None,
                mark => Some(view! { <SyncMark mark=Signal::stored(mark) /> }),
            }}
        </TimelineEntry>
    }
}

fn title_of(subject: &TimelineSubject) -> Signal<String> {
    match subject {
        TimelineSubject::Interaction { kind, .. } => interaction_name(*kind),
        TimelineSubject::Visit(line) => {
            let (names, kind) = (VisitKindNames::new(), line.row.kind);
            Signal::derive(move || names.name(kind))
        }
        TimelineSubject::Created => tr!(clients.created),
    }
}
