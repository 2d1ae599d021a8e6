use caravan_domain::pay::{approval::StatementState, view::StatementFile};
use leptos::prelude::*;

use crate::format::use_format;

/// What somebody has to know before they believe the number.
#[component]
pub(super) fn Notes(file: StatementFile) -> impl IntoView {
    let format = use_format();
    let open = file.summary.standing.is_none();
    let now = file.reckoned_now.as_ref().map(|now| now.total);
    let said = tr!(
        pay.reckoned_now,
        amount = format.money(now.unwrap_or_default())
    );
    let sent_back = file
        .summary
        .standing
        .as_ref()
        .is_some_and(|it| it.state == StatementState::SentBack);
    view! {
        <div class="flex flex-col gap-1 px-4 pb-2 text-sm empty:hidden">
            {(open && file.summary.so_far).then(|| view! { <p class="text-muted">{tr!(pay.so_far_note)}</p> })}
            {file.partial.then(|| view! { <p class="text-muted">{tr!(pay.partial_note)}</p> })}
            {sent_back.then(|| view! { <p class="text-warning">{tr!(pay.sent_back_note)}</p> })}
            {file.under_way.then(|| view! { <p class="text-warning">{tr!(pay.under_way_note)}</p> })}
            {now.map(|_| view! { <p class="text-warning">{said}</p> })}
            {(file.as_drawn == Some(false)).then(|| view! { <p class="text-error">{tr!(pay.not_as_drawn)}</p> })}
            {file.summary.may.not_separate.then(|| view! { <p class="text-muted">{tr!(pay.not_separate)}</p> })}
        </div>
    }
}

/// Who drew it up, who approved it, who locked it, and the hash.
#[component]
pub(super) fn Facts(file: StatementFile) -> impl IntoView {
    let format = use_format();
    let standing = file.summary.standing.clone();
    let who_and_when =
        move |name: String, at| Signal::derive(move || format!("{name} · {}", format.moment(at)));
    standing.map(|standing| {
        let locked = standing.state == StatementState::Locked;
        let drawn = who_and_when(file.drawn_by_name, standing.drawn_at);
        let approved = standing.approved_by.map(|_| file.approved_by_name);
        let by = locked.then(|| who_and_when(file.by_name, standing.at));
        let digest = standing.drawn.digest.to_string();
        view! {
            <dl class="mt-4 divide-y divide-line border-y border-line">
                <Fact label=tr!(pay.drawn_by) text=drawn />
                {approved.map(|name| view! { <Fact label=tr!(pay.approved_by) text=Signal::stored(name) /> })}
                {by.map(|text| view! { <Fact label=tr!(pay.locked_by) text /> })}
                <Fact label=tr!(pay.hash) text=Signal::stored(digest) />
            </dl>
        }
    })
}

#[component]
fn Fact(label: Signal<String>, text: Signal<String>) -> impl IntoView {
    view! {
        <div class="flex items-center gap-4 px-4 py-2">
            <dt class="w-24 shrink-0 text-muted">{label}</dt>
            <dd class="min-w-0 flex-1">
                <bdi>{text}</bdi>
            </dd>
        </div>
    }
}
