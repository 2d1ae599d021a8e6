use caravan_domain::{
    calendar::{Period, Span},
    command::Field,
    goals::list::GoalHint,
};
use caravan_port::message::RunError;
use leptos::prelude::*;

use super::{hint::Reach, typed::Typed};
use crate::{
    engine::Failure,
    errors::{Explain, field_of},
    format::{today, use_format},
    forms::use_error_of,
    goals::words::{MetricNames, SpanNames, span_of},
    ui::{
        Bound, DateField, DecimalField, SegmentedControl, SelectField, Show, TextArea, TextField,
    },
};

/// Periods offered from the one that is now.
const AHEAD: i32 = 6;

/// Whose it is, what it is measured by and over which period: what makes the goal and does not change.
#[component]
pub(super) fn AboutFields(
    typed: RwSignal<Typed>,
    hint: Signal<Option<GoalHint>>,
    failure: RwSignal<Option<Failure<RunError>>>,
) -> impl IntoView {
    let (metrics, about) = (MetricNames::new(), MetricNames::explained());
    let explained = Signal::derive(move || Some(about.name(typed.with(|typed| typed.metric))));
    view! {
        <PlaceField typed hint />
        <SelectField
            label=tr!(goals.metric)
            hint=explained
            bind=Bound::word(typed, |typed| typed.metric.word(), |typed| &mut typed.metric)
            options=metrics.options()
        />
        <Show when=move || typed.with(|typed| !typed.metric.is_counted())>
            <TextField
                label=tr!(goals.unit)
                error=use_error_of(failure, Field::Unit)
                bind=Bound::part(typed, |typed| &typed.unit, |typed| &mut typed.unit)
                max=20
            />
        </Show>
        <PeriodFields typed />
    }
}

/// Nothing to choose for somebody who sets goals only for themselves.
#[component]
fn PlaceField(typed: RwSignal<Typed>, hint: Signal<Option<GoalHint>>) -> impl IntoView {
    let company = tr!(goals.company);
    let places = Memo::new(move |_| {
        let places = hint.with(|hint| hint.as_ref().map(|hint| hint.places.clone()));
        places.unwrap_or_default()
    });
    let options = Signal::derive(move || {
        let places = places.get().into_iter();
        let named = places.map(|(place, name)| match name.is_empty() {
            true => (place.to_string(), company.get()),
            false => (place.to_string(), name),
        });
        named.collect()
    });
    let bind = Bound {
        value: Signal::derive(move || {
            let place = typed.with(|typed| typed.place);
            place.map(|place| place.to_string()).unwrap_or_default()
        }),
        set: Callback::new(move |word: String| {
            typed.update(|typed| {
                typed.place = word.parse().ok();
                typed.parent = None;
            });
        }),
    };
    view! {
        <Show when=move || places.with(|places| places.len() > 1)>
            <SelectField label=tr!(goals.place) bind options />
        </Show>
    }
}

#[component]
fn PeriodFields(typed: RwSignal<Typed>) -> impl IntoView {
    let (format, names) = (use_format(), SpanNames::new());
    let spans = Bound {
        value: Signal::derive(move || typed.with(|typed| typed.span.months().to_string())),
        set: Callback::new(move |word: String| {
            typed.update(|typed| {
                typed.span = span_of(&word).unwrap_or(Span::Month);
                typed.parent = None;
            });
        }),
    };
    let options = Signal::derive(move || {
        let first = Period::of(typed.with(|typed| typed.span), today());
        let periods = (0..AHEAD).map(|by| first.moved(by));
        periods
            .map(|period| (period.to_string(), format.period(period)))
            .collect()
    });
    let periods = Bound {
        value: Signal::derive(move || typed.with(|typed| typed.period(today()).to_string())),
        set: Callback::new(move |word: String| {
            typed.update(|typed| {
                typed.period = word.parse().ok();
                typed.parent = None;
            });
        }),
    };
    view! {
        <SegmentedControl
            label=tr!(goals.span)
            bind=spans
            options=Signal::derive(move || names.options())
        />
        <SelectField label=tr!(goals.period) bind=periods options />
    }
}

/// What can be agreed anew.
#[component]
pub(super) fn TermsFields(
    typed: RwSignal<Typed>,
    hint: Signal<Option<GoalHint>>,
    failure: RwSignal<Option<Failure<RunError>>>,
    #[prop(into)] reason: Signal<String>,
) -> impl IntoView {
    let (format, explain) = (use_format(), Explain::new());
    let last = move || typed.with(|typed| typed.period(today()).last());
    let elsewhere = move || {
        let failure = failure.get()?;
        field_of(&failure).is_none().then(|| explain.run(failure))
    };
    view! {
        <TextField
            label=tr!(goals.what)
            hint=tr!(goals.what_hint)
            error=use_error_of(failure, Field::Title)
            bind=Bound::part(typed, |typed| &typed.what, |typed| &mut typed.what)
            required=true
            max=200
        />
        <DecimalField
            label=tr!(goals.target)
            error=use_error_of(failure, Field::Target)
            bind=Bound::part(typed, |typed| &typed.target, |typed| &mut typed.target)
            required=true
            max=9
        />
        <Reach hint typed />
        <DateField
            label=tr!(goals.deadline)
            hint=tr!(goals.deadline_hint, day = format.day(last()))
            error=use_error_of(failure, Field::Due)
            bind=Bound::part(typed, |typed| &typed.deadline, |typed| &mut typed.deadline)
        />
        <ParentField typed hint />
        <TextArea
            label=reason
            error=use_error_of(failure, Field::Reason)
            bind=Bound::part(typed, |typed| &typed.reason, |typed| &mut typed.reason)
            max=2_000
        />
        <More typed failure />
        <p class="text-error empty:hidden" role="alert">
            {elsewhere}
        </p>
    }
}

#[component]
fn ParentField(typed: RwSignal<Typed>, hint: Signal<Option<GoalHint>>) -> impl IntoView {
    let (format, none, company) = (use_format(), tr!(goals.no_parent), tr!(goals.company));
    let parents = Memo::new(move |_| {
        let parents = hint.with(|hint| hint.as_ref().map(|hint| hint.parents.clone()));
        parents.unwrap_or_default()
    });
    let options = Signal::derive(move || {
        let mut options = vec![(String::new(), none.get())];
        options.extend(parents.get().into_iter().map(|line| {
            let whose = match line.place_name.is_empty() {
                true => company.get(),
                false => line.place_name.clone(),
            };
            let words = [whose, format.period(line.period), line.what.clone()];
            (line.goal.to_string(), words.join(" · "))
        }));
        options
    });
    let bind = Bound {
        value: Signal::derive(move || {
            let parent = typed.with(|typed| typed.parent);
            parent.map(|parent| parent.to_string()).unwrap_or_default()
        }),
        set: Callback::new(move |word: String| {
            typed.update(|typed| typed.parent = word.parse().ok());
        }),
    };
    view! {
        <Show when=move || !parents.with(Vec::is_empty)>
            <SelectField label=tr!(goals.parent) bind options />
        </Show>
    }
}

/// Folded away: what stands there suits most goals.
#[component]
fn More(typed: RwSignal<Typed>, failure: RwSignal<Option<Failure<RunError>>>) -> impl IntoView {
    view! {
        <details class="rounded-field border border-line px-3">
            <summary class="flex min-h-11 cursor-pointer items-center">{tr!(goals.more)}</summary>
            <div class="flex flex-col gap-4 pb-3">
                <DecimalField
                    label=tr!(goals.update_every)
                    error=use_error_of(failure, Field::UpdateEvery)
                    bind=Bound::part(typed, |typed| &typed.update_every, |typed| &mut typed.update_every)
                    max=3
                />
                <DecimalField
                    label=tr!(goals.alert_below)
                    error=use_error_of(failure, Field::AlertBelow)
                    bind=Bound::part(typed, |typed| &typed.alert_below, |typed| &mut typed.alert_below)
                    max=3
                />
            </div>
        </details>
    }
}
