use caravan_domain::{
    calendar::{Period, Span},
    pay::view::{PayFile, PostLine},
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    format::use_format,
    ui::{Each, Icon, SectionTitle, Show},
};

/// The latest months.
const SHOWN: usize = 3;

/// Whom the team has congratulated (R44).
#[component]
pub(super) fn Posts(file: Signal<Option<Option<Box<PayFile>>>>) -> impl IntoView {
    let posts = Memo::new(move |_| {
        file.with(|file| {
            let posts = file.as_ref()?.as_ref()?.posts.iter();
            Some(posts.take(SHOWN).cloned().collect::<Vec<_>>())
        })
        .unwrap_or_default()
    });
    view! {
        <Show when=move || !posts.with(Vec::is_empty)>
            <SectionTitle label=tr!(pay.recognition) />
            <ul class="divide-y divide-line">
                <Each each=move || posts.get() key=|line| line.post.id let:line>
                    <Post line />
                </Each>
            </ul>
        </Show>
    }
}

#[component]
fn Post(line: PostLine) -> impl IntoView {
    let format = use_format();
    let month = line.post.month;
    let best = tr!(
        pay.best_of,
        month = format.period(Period::of(Span::Month, month))
    );
    let (by, at, team) = (line.by_name, line.post.at, line.team_name);
    view! {
        <li class="flex gap-3 px-4 py-3">
            <Icon icon=icons::LuAward class="mt-0.5 size-5 shrink-0 text-primary" />
            <div class="flex min-w-0 flex-1 flex-col">
                <p>
                    <bdi class="font-medium">{line.name}</bdi>
                    <span class="ps-2 text-sm text-muted">{best}</span>
                </p>
                <bdi class="whitespace-pre-line">{line.post.words}</bdi>
                <p class="text-sm text-muted">
                    <bdi>{by}</bdi>
                    " · "
                    <bdi>{team}</bdi>
                    " · "
                    {move || format.moment(at)}
                </p>
            </div>
        </li>
    }
}
