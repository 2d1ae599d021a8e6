use caravan_domain::{
    clients::{list::ClientLine, record::Grade},
    mark::Mark,
};
use leptos::prelude::*;

use super::words::GradeNames;
use crate::{
    format::{today, use_format},
    ui::{Contested, SyncMark},
};

/// One client in a list: grade, name, whom to talk to, when next. Marked only where it is not received.
#[component]
pub(super) fn ClientRow(line: Signal<Option<ClientLine>>, current: Signal<bool>) -> impl IntoView {
    let format = use_format();
    let grades = GradeNames::new();
    let due = tr!(clients.due);
    // What most letters typed into a search leave as it is.
    let grade = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.grade)));
    let contested =
        Memo::new(move |_| line.with(|line| line.as_ref().is_some_and(|line| line.conflicts > 0)));
    let mark = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.mark)));
    let due_on = Memo::new(move |_| line.with(|line| line.as_ref().and_then(|line| line.due_on)));
    let href = move || line.with(|line| line.as_ref().map(|line| format!("/clients/{}", line.id)));
    let read = move |pick: fn(&ClientLine) -> String| {
        Signal::derive(move || line.with(|line| line.as_ref().map(pick).unwrap_or_default()))
    };
    let (name, contact, owner) = (
        read(|line| line.name.clone()),
        read(who),
        read(|line| line.owner_name.clone()),
    );
    let due_words = move || {
        let on = due_on.get()?;
        (on <= today()).then(|| format!("{} {}", due.get(), format.near_day(on)))
    };
    view! {
        <a class="row" href=href aria-current=move || current.get().then_some("true")>
            <span class="w-6 shrink-0 text-center font-semibold text-muted">
                <span aria-hidden="true">{move || grade.get().map(Grade::word)}</span>
                <span class="sr-only">{move || grade.get().map(|grade| grades.spoken(grade))}</span>
            </span>
            <span class="flex min-w-0 flex-1 flex-col">
                <bdi class="truncate">{name}</bdi>
                <span class="flex min-w-0 gap-2 text-sm text-muted">
                    <bdi class="truncate">{contact}</bdi>
                    <bdi class="hidden truncate sm:inline">{owner}</bdi>
                </span>
            </span>
            <span class="flex shrink-0 flex-col items-end text-sm">
                {move || due_words().map(|words| view! { <span class="text-warning">{words}</span> })}
                {move || contested.get().then(|| view! { <Contested /> })}
                {move || match mark.get() {
                    None | Some(Mark::Received(_)) => None,
                    Some(mark) => Some(view! { <SyncMark mark=Signal::stored(mark) /> }),
                }}
            </span>
        </a>
    }
}

fn who(line: &ClientLine) -> String {
    let parts = [&line.contact, &line.phone, &line.region];
    let filled: Vec<&str> = parts
        .iter()
        .map(|part| part.as_str())
        .filter(|part| !part.is_empty())
        .collect();
    filled.join(" · ")
}
