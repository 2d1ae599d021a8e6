//! The fields of a version, list by list; a list has one line more than is filled, so that the next is only typed.

use caravan_domain::{
    facts::Employment,
    pay::draft::{PlanDraft, PlanField},
    work::kind::Difficulty,
};
use leptos::prelude::*;

use crate::ui::{Bound, DateField, DecimalField, Each, SectionTitle, TextField};

pub(super) fn base_name(employment: Employment) -> Signal<String> {
    match employment {
        Employment::FullTime => tr!(pay.base_full_time),
        Employment::PartTime => tr!(pay.base_part_time),
        Employment::OutsideAgent => tr!(pay.base_agent),
    }
}

/// For a task of this difficulty on the plan's scale.
pub(super) fn step_name(step: u8) -> Signal<String> {
    let tenths = Difficulty::STEPS
        .get(usize::from(step).saturating_sub(1))
        .map(|difficulty| difficulty.tenths())
        .unwrap_or_default();
    let times = format!("{}.{}", tenths / 10, tenths % 10);
    tr!(pay.task_of, difficulty = times.clone())
}

type Errors = Memo<Option<PlanField>>;

#[component]
pub(super) fn PlanFields(typed: RwSignal<PlanDraft>, wrong: Errors) -> impl IntoView {
    let unreadable = tr!(pay.unreadable);
    let beside = move |field: PlanField| {
        Signal::derive(move || (wrong.get() == Some(field)).then(|| unreadable.get()))
    };
    let amount = move |label: Signal<String>,
                       field: PlanField,
                       read: fn(&PlanDraft) -> &String,
                       write: fn(&mut PlanDraft) -> &mut String| {
        let bind = Bound::part(typed, read, write);
        view! { <DecimalField label error=beside(field) bind max=16 /> }
    };
    view! {
        <DateField
            label=tr!(pay.in_force_from)
            hint=tr!(pay.in_force_hint)
            error=beside(PlanField::InForceFrom)
            bind=Bound::part(typed, |it| &it.in_force_from, |it| &mut it.in_force_from)
            required=true
        />
        <SectionTitle label=tr!(pay.section_base) />
        {amount(tr!(pay.usual_wage), PlanField::UsualWage, |it| &it.usual_wage, |it| &mut it.usual_wage)}
        <Pairs
            typed
            list=|it| &it.city_wages
            list_mut=|it| &mut it.city_wages
            names=[tr!(pay.city), tr!(pay.wage)]
            words=true
            error=beside(PlanField::CityWages)
        />
        {amount(tr!(pay.base_full_time), PlanField::Base, |it| &it.base_full_time, |it| &mut it.base_full_time)}
        {amount(tr!(pay.base_part_time), PlanField::Base, |it| &it.base_part_time, |it| &mut it.base_part_time)}
        {amount(tr!(pay.base_agent), PlanField::Base, |it| &it.base_agent, |it| &mut it.base_agent)}
        <SectionTitle label=tr!(pay.section_commission) />
        <Pairs
            typed
            list=|it| &it.tiers
            list_mut=|it| &mut it.tiers
            names=[tr!(pay.tier), tr!(pay.rate)]
            error=beside(PlanField::Tiers)
        />
        {amount(tr!(pay.manager_part), PlanField::ManagerPart, |it| &it.manager_part, |it| &mut it.manager_part)}
        {amount(
            tr!(pay.manager_part_of_own),
            PlanField::ManagerPartOfOwn,
            |it| &it.manager_part_of_own,
            |it| &mut it.manager_part_of_own,
        )}
        <SectionTitle label=tr!(pay.section_tasks) />
        <TaskRates typed error=beside(PlanField::TaskRates) />
        <SectionTitle label=tr!(pay.section_best) />
        {amount(tr!(pay.ranked_from), PlanField::RankedFrom, |it| &it.ranked_from, |it| &mut it.ranked_from)}
        <Ranked typed error=beside(PlanField::Ranked) />
        {amount(tr!(pay.best_award), PlanField::Best, |it| &it.best, |it| &mut it.best)}
        <SectionTitle label=tr!(pay.section_law) />
        {amount(tr!(pay.penalty_part), PlanField::PenaltyPart, |it| &it.penalty_part, |it| &mut it.penalty_part)}
        {amount(tr!(pay.minimum_wage), PlanField::MinimumWage, |it| &it.minimum_wage, |it| &mut it.minimum_wage)}
    }
}

type Lines = Vec<(String, String)>;

fn filled(lines: &Lines) -> usize {
    let is_filled = |(one, other): &(String, String)| !one.is_empty() || !other.is_empty();
    lines.iter().rposition(is_filled).map_or(0, |last| last + 1)
}

fn part_of(
    typed: RwSignal<PlanDraft>,
    list: fn(&PlanDraft) -> &Lines,
    list_mut: fn(&mut PlanDraft) -> &mut Lines,
    place: usize,
    second: bool,
) -> Bound<String> {
    Bound {
        value: Signal::derive(move || {
            typed.with(|typed| {
                let line = list(typed).get(place);
                line.map(|(one, other)| if second { other } else { one })
                    .cloned()
                    .unwrap_or_default()
            })
        }),
        set: Callback::new(move |value| {
            typed.update(|typed| {
                let lines = list_mut(typed);
                if lines.len() <= place {
                    lines.resize(place + 1, Default::default());
                }
                let (one, other) = &mut lines[place];
                *(if second { other } else { one }) = value;
            });
        }),
    }
}

#[component]
fn Pairs(
    typed: RwSignal<PlanDraft>,
    list: fn(&PlanDraft) -> &Lines,
    list_mut: fn(&mut PlanDraft) -> &mut Lines,
    names: [Signal<String>; 2],
    /// The first of two is a name and no amount.
    #[prop(optional)]
    words: bool,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let count = Memo::new(move |_| typed.with(|typed| filled(list(typed)) + 1));
    let [one, other] = names;
    view! {
        <Each each=move || 0..count.get() key=|place| *place let:place>
            <div class="grid grid-cols-2 gap-2">
                {match words {
                    true => {
                        view! { <TextField label=one bind=part_of(typed, list, list_mut, place, false) max=40 /> }.into_any()
                    }
                    false => {
                        view! { <DecimalField label=one bind=part_of(typed, list, list_mut, place, false) max=16 /> }
                            .into_any()
                    }
                }}
                <DecimalField label=other bind=part_of(typed, list, list_mut, place, true) max=16 />
            </div>
        </Each>
        <p class="text-sm text-error empty:hidden" role="alert">
            {error}
        </p>
    }
}

#[component]
fn Ranked(
    typed: RwSignal<PlanDraft>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let count = Memo::new(move |_| {
        typed.with(|typed| {
            let bonuses = typed.ranked.iter();
            bonuses.filter(|(_, bonus)| !bonus.is_empty()).count() + 1
        })
    });
    view! {
        <Each each=move || 0..count.get() key=|place| *place let:place>
            <DecimalField
                label=tr!(pay.line_ranked, place = place + 1)
                bind=part_of(typed, |it| &it.ranked, |it| &mut it.ranked, place, true)
                max=16
            />
        </Each>
        <p class="text-sm text-error empty:hidden" role="alert">
            {error}
        </p>
    }
}

#[component]
fn TaskRates(
    typed: RwSignal<PlanDraft>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let fields = (1..=caravan_domain::pay::plan::STEPS).map(|step| {
        let place = usize::from(step) - 1;
        let bind = Bound {
            value: Signal::derive(move || {
                typed.with(|typed| typed.task_rates.get(place).cloned().unwrap_or_default())
            }),
            set: Callback::new(move |value| {
                typed.update(|typed| {
                    if typed.task_rates.len() <= place {
                        typed.task_rates.resize(place + 1, String::new());
                    }
                    typed.task_rates[place] = value;
                });
            }),
        };
        view! { <DecimalField label=step_name(step) bind max=16 /> }
    });
    view! {
        <div class="grid grid-cols-2 gap-2">{fields.collect_view()}</div>
        <p class="text-sm text-error empty:hidden" role="alert">
            {error}
        </p>
    }
}
