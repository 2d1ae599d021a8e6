use caravan_domain::{tasks::list::TaskLine, today::view::TodayView};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::ui::{Icon, List, ListRow, SectionTitle, Show};

/// Who of the team wants help, and how much of its work takes too long. Nothing while all is well.
#[component]
pub(super) fn Calls(today: Memo<Option<TodayView>>) -> impl IntoView {
    let calls = Memo::new(move |_| {
        today.with(|today| {
            today
                .as_ref()
                .map(|today| today.calls.clone())
                .unwrap_or_default()
        })
    });
    let overruns =
        Memo::new(move |_| today.with(|today| today.as_ref().map_or(0, |today| today.overruns)));
    view! {
        <Show when=move || !calls.with(Vec::is_empty)>
            <SectionTitle label=tr!(today.calls) />
            <List label=tr!(today.calls)>
                {move || calls.get().into_iter().map(|line| view! { <Call line /> }).collect_view()}
            </List>
        </Show>
        <Show when=move || { overruns.get() > 0 }>
            <List>
                <ListRow
                    title=tr!(today.overruns, count = overruns.get())
                    href="/work/load"
                    lead=ViewFnOnce::from(|| {
                        view! { <Icon icon=icons::LuAlarmClock class="size-5 shrink-0 text-warning" /> }
                    })
                />
            </List>
        </Show>
    }
}

#[component]
fn Call(line: TaskLine) -> impl IntoView {
    let task = line.task;
    let words = task.help.map(|call| call.words).unwrap_or_default();
    let name = line.assignee_name;
    let detail = match words.is_empty() {
        true => Signal::stored(name),
        false => tr!(today.call_by, name = name.clone(), words = words.clone()),
    };
    view! {
        <ListRow
            title=Signal::stored(task.draft.title)
            detail
            href=format!("/tasks/{}/{}", task.draft.assignee, task.id)
            lead=ViewFnOnce::from(|| {
                view! { <Icon icon=icons::LuHandHelping class="size-5 shrink-0 text-error" /> }
            })
        />
    }
}
