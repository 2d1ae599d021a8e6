use caravan_domain::{
    goals::{list::GoalLine, place::GoalRef},
    mark::Mark,
};
use leptos::prelude::*;

use super::{
    address,
    words::{MetricNames, agreement_badge, place_name, standing_badge},
};
use crate::{
    format::use_format,
    ui::{Badge, Each, List, SyncMark, Tone, live},
};

/// Goals one below the other. A row stays its goal's while the list around it moves, so that no tap goes astray.
#[component]
pub(crate) fn GoalRows(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] lines: Signal<Vec<GoalLine>>,
    /// The address that is open, to mark its row.
    #[prop(optional, into)]
    path: Signal<String>,
) -> impl IntoView {
    let goals = move || lines.with(|lines| lines.iter().map(|line| line.goal).collect::<Vec<_>>());
    let row = move |goal: GoalRef| {
        let line = Memo::new(move |_| {
            lines.with(|lines| lines.iter().find(|line| line.goal == goal).cloned())
        });
        let id = goal.goal.to_string();
        let current = Signal::derive(move || path.with(|path| path.contains(&id)));
        live(move || line.get().map(|line| view! { <GoalRow line current /> }))
    };
    view! {
        <List label>
            <Each each=goals key=|goal| *goal let:goal>
                {row(goal)}
            </Each>
        </List>
    }
}

/// One goal: whose, what, how far.
#[component]
pub(super) fn GoalRow(
    line: GoalLine,
    #[prop(optional, into)] current: Signal<bool>,
) -> impl IntoView {
    let (format, metrics) = (use_format(), MetricNames::new());
    let whose = place_name(line.goal.place, line.place_name.clone());
    let (standing, tone) = standing_badge(line.progress.standing);
    let agreement = agreement_badge(&line);
    let due = line.update_due.then(|| tr!(goals.update_due));
    let (href, mark, what) = (address::page(line.goal), line.mark, line.what.clone());
    let (actual, target) = (line.progress.actual, line.target);
    let about = move || {
        let parts = [whose.get(), format.period(line.period), metrics.of(&line)];
        parts.join(" · ")
    };
    view! {
        <li>
            <a class="row items-start" href=href aria-current=move || current.get().then_some("true")>
                <span class="flex min-w-0 flex-1 flex-col">
                    <bdi class="line-clamp-2">{what.clone()}</bdi>
                    <bdi class="text-sm text-muted">{about}</bdi>
                    <progress
                        class="progress progress-primary mt-2 h-1.5"
                        max=target
                        value=actual.min(target)
                        aria-label=what
                    ></progress>
                </span>
                <span class="flex shrink-0 flex-col items-end">
                    <span class="tabular-nums">
                        {tr!(
                            goals.actual_of, actual = format.count(actual.into()), target = format.count(target.into())
                        )}
                    </span>
                    <Badge label=standing tone />
                    {agreement.map(|(label, tone)| view! { <Badge label tone /> })}
                    {due.map(|label| view! { <Badge label tone=Tone::Info /> })}
                    {(!matches!(mark, Mark::Received(_))).then(|| view! { <SyncMark mark=Signal::stored(mark) /> })}
                </span>
            </a>
        </li>
    }
}
