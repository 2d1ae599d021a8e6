use caravan_domain::{conflict::Contestable, today::view::TodayView};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::ui::{Icon, List, ListRow, Show};

/// What the relay refused, and where people disagree. Nothing while all is well.
#[component]
pub(super) fn Attention(today: Memo<Option<TodayView>>) -> impl IntoView {
    let refused = Memo::new(move |_| {
        today.with(|today| today.as_ref().map_or(0, |today| today.needs_attention))
    });
    let conflicts = Memo::new(move |_| {
        today.with(|today| {
            today
                .as_ref()
                .map(|today| today.conflicts.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <Show when=move || { refused.get() > 0 || !conflicts.with(Vec::is_empty) }>
            <List>
                <Show when=move || { refused.get() > 0 }>
                    <ListRow
                        title=tr!(today.attention, count = refused.get())
                        href="/sync"
                        lead=ViewFnOnce::from(|| {
                            view! { <Icon icon=icons::LuCircleAlert class="size-5 shrink-0 text-error" /> }
                        })
                    />
                </Show>
                {move || {
                    conflicts
                        .get()
                        .into_iter()
                        .map(|(record, name)| {
                            view! {
                                <ListRow
                                    title=Signal::stored(name)
                                    detail=tr!(today.conflict)
                                    href=page_of(record)
                                    lead=ViewFnOnce::from(|| {
                                        view! { <Icon icon=icons::LuGitMerge class="size-5 shrink-0 text-warning" /> }
                                    })
                                />
                            }
                        })
                        .collect_view()
                }}
            </List>
        </Show>
    }
}

fn page_of(record: Contestable) -> String {
    match record {
        Contestable::Client(client) => format!("/clients/{client}"),
        Contestable::Visit(client, visit) => format!("/visits/{client}/{visit}"),
        Contestable::Task(assignee, task) => format!("/tasks/{assignee}/{task}"),
        Contestable::Course(course) => format!("/training/{course}"),
        Contestable::Entry(entry) => format!("/training/library/{entry}"),
    }
}
