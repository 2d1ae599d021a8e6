use caravan_domain::{goals::list::GoalLine, mark::Mark};
use leptos::prelude::*;

use super::{
    address,
    words::{MetricNames, agreement_badge, place_name, standing_badge},
};
use crate::{
    format::use_format,
    ui::{Badge, SyncMark, Tone},
};

/// One goal in a list: whose, what, how far.
#[component]
pub(crate) fn GoalRow(
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
                        {tr!(goals.actual_of, actual = actual.to_string(), target = target.to_string())}
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
