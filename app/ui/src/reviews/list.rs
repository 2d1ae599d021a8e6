use caravan_domain::{
    calendar::Span,
    reviews::{
        command::ReviewRef,
        list::{ReviewLine, ReviewList, ReviewPage},
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    address,
    points::points_or_dash,
    words::{role_name, stage_badge},
};
use crate::{
    engine::use_engine,
    format::{now, use_format},
    ui::{
        Badge, Bound, Each, EmptyState, LinkButton, List, Page, PeriodStepper, SegmentedControl,
        Show, Split, SyncMark, Tone, live,
    },
};

/// Whom the reader reviews and the reader, in one period; what waits for them first.
#[component]
pub(super) fn ReviewsPage() -> impl IntoView {
    let engine = use_engine();
    let me = engine.me();
    let span = RwSignal::new(Span::Quarter);
    let on = RwSignal::new(untrack(now).day());
    let page = engine.reviews(move || ReviewList {
        span: span.get(),
        on: on.get(),
    });
    let reviews = Memo::new(move |_| page.with(|page| page.as_ref().is_some_and(|it| it.reviews)));
    let own = move || {
        let me = me.with(|me| me.as_ref().map(|me| me.person));
        me.map(address::history).unwrap_or_default()
    };
    view! {
        <Split base="/reviews">
            <Page title=tr!(reviews.title)>
                <div class="flex flex-col gap-2 px-4 pb-2">
                    <SpanSwitch span />
                </div>
                <PeriodStepper span on />
                <Lines page />
                <div class="flex flex-wrap gap-2 px-4 py-4">
                    <LinkButton label=tr!(reviews.plans) href="/reviews/plans" icon=icons::LuScale />
                    <Show when=move || reviews.get()>
                        <LinkButton
                            label=tr!(reviews.calibration)
                            href="/reviews/calibration"
                            icon=icons::LuChartNoAxesColumn
                        />
                    </Show>
                    {move || view! { <LinkButton label=tr!(reviews.my_history) href=own() icon=icons::LuChartLine /> }}
                </div>
            </Page>
        </Split>
    }
}

#[component]
fn SpanSwitch(span: RwSignal<Span>) -> impl IntoView {
    let names = [
        tr!(reviews.span_month),
        tr!(reviews.span_quarter),
        tr!(reviews.span_year),
    ];
    const SPANS: [Span; 3] = [Span::Month, Span::Quarter, Span::Year];
    let options = Signal::derive(move || {
        let named = SPANS.iter().zip(names);
        named
            .map(|(span, name)| (span.months().to_string(), name.get()))
            .collect::<Vec<_>>()
    });
    let bind = Bound {
        value: Signal::derive(move || span.get().months().to_string()),
        set: Callback::new(move |word: String| {
            if let Some(chosen) = SPANS.iter().find(|it| it.months().to_string() == word) {
                span.set(*chosen);
            }
        }),
    };
    view! { <SegmentedControl label=tr!(reviews.span) bind options /> }
}

#[component]
fn Lines(page: Signal<Option<ReviewPage>>) -> impl IntoView {
    let path = use_location().pathname;
    let lines = Memo::new(move |_| {
        let lines = page.with(|page| page.as_ref().map(|page| page.lines.clone()));
        lines.unwrap_or_default()
    });
    let none = Memo::new(move |_| {
        page.with(|page| page.as_ref().is_some_and(|page| page.lines.is_empty()))
    });
    let reviews =
        move || lines.with(|lines| lines.iter().map(|line| line.review).collect::<Vec<_>>());
    let row = move |review: ReviewRef| {
        let line = Memo::new(move |_| {
            lines.with(|lines| lines.iter().find(|line| line.review == review).cloned())
        });
        let href = address::page(review);
        let current = Signal::derive(move || path.with(|path| path.starts_with(&href)));
        live(move || line.get().map(|line| view! { <Row line current /> }))
    };
    view! {
        <List label=tr!(reviews.title)>
            <Each each=reviews key=|review| *review let:review>
                {row(review)}
            </Each>
        </List>
        <Show when=move || none.get()>
            <EmptyState icon=icons::LuClipboardCheck title=tr!(reviews.none) body=tr!(reviews.none_body) />
        </Show>
    }
}

#[component]
fn Row(line: ReviewLine, current: Signal<bool>) -> impl IntoView {
    let format = use_format();
    let role = role_name(line.role);
    let (stage, tone) = stage_badge(line.stage);
    let (name, due, total, mark) = (line.name, line.due, line.total, line.mark);
    let due = due.map(|due| tr!(reviews.due_on, day = format.near_day(due)));
    let about = move || {
        let due = due.map(|due| due.get());
        let parts = [Some(role.get()), due].into_iter().flatten();
        parts.collect::<Vec<_>>().join(" · ")
    };
    let grade = line.grade.clone();
    let shown = match grade.is_empty() {
        true => points_or_dash(total),
        false => format!("{} · {grade}", points_or_dash(total)),
    };
    let (provisional, awaits) = (line.provisional, line.awaits_me);
    view! {
        <li>
            <a class="row" href=address::page(line.review) aria-current=move || current.get().then_some("true")>
                <span class="flex min-w-0 flex-1 flex-col">
                    <bdi class="truncate">{name}</bdi>
                    <span class="text-sm text-muted">{about}</span>
                </span>
                <span class="flex shrink-0 flex-col items-end">
                    <bdi class="tabular-nums">{shown}</bdi>
                    <Badge label=stage tone />
                    {awaits.then(|| view! { <Badge label=tr!(reviews.awaits_you) tone=Tone::Warning /> })}
                    {provisional.then(|| view! { <Badge label=tr!(reviews.provisional) tone=Tone::Warning /> })}
                    {matches!(mark, caravan_domain::mark::Mark::NeedsAttention)
                        .then(|| view! { <SyncMark mark=Signal::stored(mark) /> })}
                </span>
            </a>
        </li>
    }
}

/// Beside the list on a desk while no review is open.
#[component]
pub(super) fn NoReviewOpen() -> impl IntoView {
    view! { <EmptyState icon=icons::LuMousePointerClick title=tr!(reviews.pick_one) /> }
}
