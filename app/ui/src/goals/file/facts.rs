use caravan_domain::goals::list::GoalFile;
use leptos::prelude::*;

use crate::{
    format::use_format,
    goals::{
        address,
        words::{MetricNames, place_name},
    },
    ui::SectionTitle,
};

/// What is agreed, in the order in which it was asked.
#[component]
pub(super) fn Facts(file: GoalFile) -> impl IntoView {
    let (format, about) = (use_format(), MetricNames::explained());
    let line = file.line;
    let (period, deadline, metric) = (line.period, line.deadline, line.metric);
    let every = file
        .versions
        .iter()
        .find(|version| version.in_force)
        .or(file.versions.first())
        .map_or(0, |version| version.version.terms.update_every);
    let reminder = match every {
        0 => tr!(goals.no_updates),
        _ => tr!(goals.every_days, days = every.to_string()),
    };
    let parent = file.parent.map(|parent| match parent.line {
        Some(line) => (Signal::stored(line.what), Some(address::page(parent.goal))),
        None => (tr!(goals.not_here), None),
    });
    view! {
        <SectionTitle label=tr!(goals.facts) />
        <dl class="divide-y divide-line border-y border-line">
            <Fact label=tr!(goals.place) text=place_name(line.goal.place, line.place_name) />
            <Fact label=tr!(goals.metric) text=Signal::derive(move || about.name(metric)) />
            <Fact label=tr!(goals.period) text=Signal::derive(move || format.period(period)) />
            <Fact label=tr!(goals.deadline) text=Signal::derive(move || format.day(deadline)) />
            <Fact label=tr!(goals.updates) text=reminder />
            {parent.map(|(text, href)| view! { <Fact label=tr!(goals.parent) text href /> })}
        </dl>
    }
}

#[component]
fn Fact(
    label: Signal<String>,
    text: Signal<String>,
    #[prop(optional_no_strip)] href: Option<String>,
) -> impl IntoView {
    let value = match href {
        Some(href) => view! {
            <a class="flex min-h-11 items-center text-primary underline underline-offset-4" href=href>
                <bdi>{text}</bdi>
            </a>
        }
        .into_any(),
        None => view! { <bdi>{text}</bdi> }.into_any(),
    };
    view! {
        <div class="flex items-center gap-4 px-4 py-2">
            <dt class="w-24 shrink-0 text-muted">{label}</dt>
            <dd class="min-w-0 flex-1">{value}</dd>
        </div>
    }
}
