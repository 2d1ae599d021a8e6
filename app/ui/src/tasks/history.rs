use caravan_domain::{
    id::{PersonId, TaskId},
    tasks::{event::TaskEventKind, list::TaskEventLine},
};
use leptos::prelude::*;

use crate::{
    engine::use_engine,
    format::use_format,
    ui::{SectionTitle, Timeline, TimelineEntry},
};

/// The whole of it, whoever has had the task; the latest first.
#[component]
pub(super) fn History(ids: Memo<(PersonId, TaskId)>) -> impl IntoView {
    let lines = use_engine().task_history(move || ids.get());
    view! {
        <SectionTitle label=tr!(tasks.history) />
        <Timeline label=tr!(tasks.history)>
            {move || {
                let lines = lines.get().unwrap_or_default().into_iter().rev();
                lines.map(|line| view! { <Entry line /> }).collect_view()
            }}
        </Timeline>
    }
}

#[component]
fn Entry(line: TaskEventLine) -> impl IntoView {
    let format = use_format();
    let TaskEventLine {
        event,
        by_name,
        to_name,
    } = line;
    let title = match event.what {
        TaskEventKind::Created => tr!(tasks.event_created),
        TaskEventKind::Logged(minutes) => tr!(tasks.event_logged, minutes = minutes),
        TaskEventKind::AskedForHelp(_) => tr!(tasks.event_asked),
        TaskEventKind::Settled(_) => tr!(tasks.event_settled),
        TaskEventKind::HandedOver { .. } => tr!(tasks.event_handed, name = to_name.clone()),
    };
    let at = event.at;
    let attribution = tr!(
        tasks.event_by,
        name = by_name.clone(),
        at = format.moment(at)
    );
    view! {
        <TimelineEntry title attribution>
            <bdi>{event.words}</bdi>
        </TimelineEntry>
    }
}
