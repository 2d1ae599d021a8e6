use caravan_domain::{id::Id, mark::Mark, recognition::list::PostLine};
use leptos::prelude::*;

use super::{
    applause::Applause,
    withdraw::WithdrawButton,
    words::{kind_icon, what_for},
};
use crate::{
    format::use_format,
    ui::{Badge, Icon, SyncMark, Tone, live},
};

/// One post. What stands beside it changes in its place, so that whoever has tapped stays where they are.
#[component]
pub(super) fn PostRow(
    post: Id,
    lines: Memo<Vec<PostLine>>,
    /// Posts of several teams stand together.
    teams: Memo<bool>,
) -> impl IntoView {
    let line = Memo::new(move |_| {
        lines.with(|lines| lines.iter().find(|line| line.post.id == post).cloned())
    });
    view! {
        {move || {
            line.with_untracked(Option::clone).map(|first| view! { <Written line=first teams /> })
        }}
        <Beside line />
    }
}

/// What never changes.
#[component]
fn Written(line: PostLine, teams: Memo<bool>) -> impl IntoView {
    let format = use_format();
    let what = what_for(format, line.post.kind, line.post.month);
    let (by, at) = (line.by_name, line.post.at);
    let written = tr!(recognition.by, name = by.clone(), when = format.moment(at));
    let team = line.team_name;
    view! {
        <div class="flex gap-3">
            <Icon icon=kind_icon(line.post.kind) class="mt-1 size-5 shrink-0 text-primary" />
            <div class="flex min-w-0 flex-1 flex-col gap-1">
                <p>
                    <bdi class="font-medium">{line.name}</bdi>
                    <span class="ps-2 text-sm text-muted">{what}</span>
                </p>
                <p class="break-words whitespace-pre-line">
                    <bdi>{line.post.words}</bdi>
                </p>
                <p class="text-sm text-muted">
                    <bdi>{written}</bdi>
                    {move || teams.get().then(|| view! { " · " <bdi>{team.clone()}</bdi> })}
                </p>
            </div>
        </div>
    }
}

#[component]
fn Beside(line: Memo<Option<PostLine>>) -> impl IntoView {
    let place = Memo::new(move |_| {
        line.with(|line| line.as_ref().map(|line| (line.post.team, line.post.id)))
    });
    let may_withdraw =
        Memo::new(move |_| line.with(|line| line.as_ref().is_some_and(|line| line.may_withdraw)));
    // What has arrived needs no word.
    let mark = Memo::new(move |_| {
        let mark = line.with(|line| Some(line.as_ref()?.mark))?;
        (!matches!(mark, Mark::Received(_))).then_some(mark)
    });
    let withdrawn = Memo::new(move |_| line.with(|line| line.as_ref()?.withdrawn_by.clone()));
    let withdraw = live(move || {
        let (team, post) = place.get().filter(|_| may_withdraw.get())?;
        Some(view! { <WithdrawButton team post /> })
    });
    view! {
        <div class="flex flex-wrap items-center justify-between gap-x-3 ps-8">
            {live(move || {
                let by = withdrawn.get()?;
                Some(view! { <Badge label=tr!(recognition.withdrawn_by, name = by.clone()) tone=Tone::Neutral /> })
            })}
            <Applause line />
            <div class="flex flex-wrap items-center gap-3">
                {live(move || {
                    let mark = mark.get()?;
                    Some(view! { <SyncMark mark=Signal::stored(mark) /> })
                })}
                {withdraw}
            </div>
        </div>
    }
}
