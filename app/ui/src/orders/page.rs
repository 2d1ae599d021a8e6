use caravan_domain::{
    id::{ClientId, Id, OrderId},
    orders::{
        decision::{OrderStanding, OrderState},
        draft::LineDraft,
        list::OrderFile,
        record::{OrderLine, OrderVersion},
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{hooks::use_params_map, params::ParamsMap};

use super::{
    decide::Decide,
    more::More,
    payments::Payments,
    words::{StateBadge, channel_name, reason_name},
};
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{Badge, EmptyState, Page, SectionTitle, Show, SyncMark, Tone},
};

/// The ids in `/orders/:client/:order`; what cannot be read is nobody's.
pub(super) fn order_of(params: &ParamsMap) -> (ClientId, OrderId) {
    let id = |name: &str| params.get(name).unwrap_or_default();
    (
        id("client").parse().unwrap_or(ClientId(Id::ZERO)),
        id("order").parse().unwrap_or(OrderId(Id::ZERO)),
    )
}

#[component]
pub(super) fn OrderPage() -> impl IntoView {
    let params = use_params_map();
    let ids = Memo::new(move |_| params.with(order_of));
    let answer = use_engine().order(move || ids.get());
    let known = Memo::new(move |_| answer.with(|answer| answer.as_ref().map(Option::is_some)));
    let file = Memo::new(move |_| answer.get().flatten().map(|file| *file));
    let title = Signal::derive(move || {
        file.with(|file| file.as_ref().map(|file| file.order.client_name.clone()))
            .unwrap_or_default()
    });
    view! {
        <Page
            title
            known_as=tr!(orders.order)
            back="/orders"
            actions=move || view! { <More ids file /> }
            main_action=move || view! { <Decide ids file /> }
        >
            {move || match known.get() {
                None => ().into_any(),
                Some(false) => {
                    view! { <EmptyState icon=icons::LuSearchX title=tr!(orders.missing) body=tr!(orders.missing_body) /> }
                        .into_any()
                }
                Some(true) => {
                    view! {
                        {move || file.get().map(|file| view! { <Opened file /> })}
                        <Payments ids file />
                    }
                        .into_any()
                }
            }}
        </Page>
    }
}

#[component]
fn Opened(file: OrderFile) -> impl IntoView {
    let version = file.order.latest().cloned();
    let standing = file.state.standing.clone();
    let earlier = file.order.versions[..file.order.versions.len().saturating_sub(1)].to_vec();
    let provisional = file.state.provisional && standing.is_some();
    view! {
        <div class="flex flex-wrap gap-x-4 px-4 pb-2">
            <StateBadge state=file.state.clone() />
            {provisional.then(|| view! { <Badge label=tr!(orders.provisional) tone=Tone::Warning /> })}
            <SyncMark mark=Signal::stored(file.mark) />
        </div>
        <Notes file=file.clone() />
        {version.map(|version| view! { <WhatWasOrdered version /> })}
        <Facts file />
        <Show when={
            let several = !earlier.is_empty();
            move || several
        }>
            <Earlier versions=earlier.clone() />
        </Show>
    }
}

/// What somebody has to know before anything else.
#[component]
fn Notes(file: OrderFile) -> impl IntoView {
    let reason = match file.state.standing.as_ref().map(|standing| standing.state) {
        Some(OrderState::TurnedDown(reason)) => Some(reason_name(reason)),
        _ => None,
    };
    let replies = file.order.replies.clone();
    let format = use_format();
    view! {
        <div class="flex flex-col gap-1 px-4 pb-3 empty:hidden">
            {reason
                .map(|reason| {
                    view! { <p class="text-error">{tr!(orders.turned_down_for, reason = reason.get())}</p> }
                })}
            {replies
                .into_iter()
                .map(|reply| {
                    let at = reply.at;
                    view! {
                        <p class="whitespace-pre-line">
                            <bdi>{reply.text}</bdi>
                            <span class="ps-2 text-sm text-muted">{move || format.moment(at)}</span>
                        </p>
                    }
                })
                .collect_view()}
            {file.state.changed_since.then(|| view! { <p class="text-warning">{tr!(orders.changed_since)}</p> })}
            {(!file.as_accepted).then(|| view! { <p class="text-error">{tr!(orders.not_as_accepted)}</p> })}
            {file.may.not_separate.then(|| view! { <p class="text-muted">{tr!(orders.not_separate)}</p> })}
        </div>
    }
}

#[component]
fn WhatWasOrdered(version: OrderVersion) -> impl IntoView {
    let format = use_format();
    let total = version.total();
    view! {
        <SectionTitle label=tr!(orders.lines) />
        <ul class="divide-y divide-line border-y border-line">
            {version.lines.into_iter().map(|line| view! { <Line line /> }).collect_view()}
        </ul>
        <p class="flex items-baseline justify-between px-4 py-3">
            <span class="text-muted">{tr!(orders.total)}</span>
            <span class="text-xl font-semibold tabular-nums">{move || format.money(total)}</span>
        </p>
    }
}

#[component]
fn Line(line: OrderLine) -> impl IntoView {
    let format = use_format();
    let amount = line.amount();
    let typed = LineDraft::of(&line);
    let (quantity, price, off) = (typed.quantity, line.price, typed.discount);
    let how = move || {
        let times = format!("{quantity} × {}", format.money(price));
        match off.is_empty() {
            true => times,
            false => format!("{times} − {off}%"),
        }
    };
    view! {
        <li class="flex min-h-11 items-center gap-4 px-4 py-2">
            <span class="flex min-w-0 flex-1 flex-col">
                <bdi>{line.product}</bdi>
                <span class="text-sm text-muted tabular-nums">{how}</span>
            </span>
            <span class="shrink-0 tabular-nums">{move || format.money(amount)}</span>
        </li>
    }
}

#[component]
fn Facts(file: OrderFile) -> impl IntoView {
    let format = use_format();
    let version = file.order.latest().cloned();
    let client = file.order.client;
    let href = file.holds_client.then(|| format!("/clients/{client}"));
    let who_and_when =
        move |name: String, at| Signal::derive(move || format!("{name} · {}", format.moment(at)));
    let standing = file.state.standing.clone();
    let decided = standing.clone().filter(is_decided);
    let (submitter, decider) = (file.submitted_by_name, file.decided_by_name);
    view! {
        <dl class="divide-y divide-line border-y border-line">
            <Fact label=tr!(orders.client) text=Signal::stored(file.order.client_name) href />
            <Fact label=tr!(orders.representative) text=Signal::stored(file.representative_name) />
            <Fact label=tr!(orders.created_by) text=who_and_when(file.created_by_name, file.order.created_at) />
            {standing
                .map(|it| view! { <Fact label=tr!(orders.submitted_by) text=who_and_when(submitter, it.submitted_at) /> })}
            {decided.map(|it| view! { <Fact label=tr!(orders.decided_by) text=who_and_when(decider, it.at) /> })}
            {version
                .map(|version| {
                    let on = version.ordered_on;
                    view! {
                        <Fact label=tr!(orders.channel) text=channel_name(version.channel) />
                        <Fact label=tr!(orders.ordered_on) text=Signal::derive(move || format.day(on)) />
                        {(!version.note.is_empty())
                            .then(|| view! { <Fact label=tr!(orders.note) text=Signal::stored(version.note) /> })}
                    }
                })}
        </dl>
    }
}

fn is_decided(standing: &OrderStanding) -> bool {
    standing.state != OrderState::Submitted
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
        None => view! { <bdi class="whitespace-pre-line">{text}</bdi> }.into_any(),
    };
    view! {
        <div class="flex items-center gap-4 px-4 py-2">
            <dt class="w-24 shrink-0 text-muted">{label}</dt>
            <dd class="min-w-0 flex-1">{value}</dd>
        </div>
    }
}

/// What stood there before it was corrected, the latest first.
#[component]
fn Earlier(versions: Vec<OrderVersion>) -> impl IntoView {
    let format = use_format();
    view! {
        <details class="border-b border-line">
            <summary class="flex min-h-11 cursor-pointer items-center px-4 text-primary">{tr!(orders.versions)}</summary>
            {versions
                .into_iter()
                .rev()
                .map(|version| {
                    let at = version.at;
                    view! {
                        <p class="px-4 pt-2 text-sm text-muted">{move || format.moment(at)}</p>
                        <WhatWasOrdered version />
                    }
                })
                .collect_view()}
        </details>
    }
}
