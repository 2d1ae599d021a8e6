//! Score plans: every version by role, who is scored by which, and the editor of the next version.

mod edit;
mod fields;
mod people;
mod typed;

use caravan_domain::reviews::{
    list::RolePlans,
    plan::{Curve, Indicator, ScorePlan},
};
use icondata_lu as icons;
use leptos::prelude::*;

pub(super) use edit::EditPlanPage;
use people::People;

use super::{
    points::{figure, points},
    words::{MeasureNames, dimension_name, role_name},
};
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{Badge, LinkButton, Page, SectionTitle, Tone},
};

#[component]
pub(super) fn PlansPage() -> impl IntoView {
    let view = use_engine().score_plans();
    let may = Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|it| it.may_plan)));
    let roles = move || {
        let roles = view.get().map(|view| view.roles).unwrap_or_default();
        let roles = roles.into_iter();
        roles
            .map(|plans| view! { <RolePart plans may=may.get() /> })
            .collect_view()
    };
    view! {
        <Page title=tr!(reviews.plans) back="/reviews">
            <p class="px-4 pb-2 text-sm text-muted">{tr!(reviews.plans_hint)}</p>
            {roles}
            <People view />
        </Page>
    }
}

#[component]
fn RolePart(plans: RolePlans, may: bool) -> impl IntoView {
    let href = format!("/reviews/plans/{}", plans.role.word());
    let (in_force, provisional) = (plans.in_force, plans.provisional);
    let versions = plans.versions.into_iter().map(|(number, plan)| {
        view! { <Version number plan in_force=number == in_force /> }
    });
    view! {
        <SectionTitle label=role_name(plans.role) />
        {provisional
            .then(|| view! { <p class="px-4"><Badge label=tr!(reviews.provisional) tone=Tone::Warning /></p> })}
        {versions.collect_view()}
        {may
            .then(|| {
                view! {
                    <div class="px-4 py-3">
                        <LinkButton label=tr!(reviews.new_version) href icon=icons::LuCopyPlus />
                    </div>
                }
            })}
    }
}

#[component]
fn Version(number: u32, plan: ScorePlan, in_force: bool) -> impl IntoView {
    let format = use_format();
    let from = plan.in_force_from;
    let name = match number {
        0 => tr!(reviews.usual_plan),
        _ => tr!(
            reviews.version_from,
            number = number,
            day = format.day(from)
        ),
    };
    view! {
        <details class="border-b border-line">
            <summary class="flex min-h-12 cursor-pointer items-center gap-3 px-4 text-primary">
                <span class="flex-1">{name}</span>
                {in_force.then(|| view! { <Badge label=tr!(reviews.in_force) tone=Tone::Good /> })}
            </summary>
            <div class="pb-3">
                <Contents plan />
            </div>
        </details>
    }
}

#[component]
fn Contents(plan: ScorePlan) -> impl IntoView {
    let format = use_format();
    let dimensions = plan.dimensions.into_iter().map(|dimension| {
        let name = dimension_name(dimension.kind);
        let weight = dimension.weight;
        let indicators = dimension.indicators.into_iter();
        view! {
            <p class="px-4 pt-2 font-medium">{name} " " <span class="tabular-nums">{weight}</span></p>
            <ul>{indicators.map(|it| view! { <IndicatorLine it /> }).collect_view()}</ul>
        }
    });
    let grades = plan.grades.into_iter().map(|grade| {
        let (name, from, bonus) = (grade.name, points(grade.from), grade.bonus);
        let line = tr!(
            reviews.grade_line,
            name = name.clone(),
            points = from.clone(),
            bonus = format.money(bonus)
        );
        view! { <li class="px-4">{line}</li> }
    });
    let due = plan.due_days;
    view! {
        {dimensions.collect_view()}
        <p class="px-4 pt-2 font-medium">{tr!(reviews.grades)}</p>
        <ul>{grades.collect_view()}</ul>
        <p class="px-4 pt-2 text-sm text-muted">{tr!(reviews.due_after, days = due)}</p>
    }
}

#[component]
fn IndicatorLine(it: Indicator) -> impl IntoView {
    let (format, names) = (use_format(), MeasureNames::new());
    let (measure, weight, target) = (it.measure, it.weight, it.target);
    let minimum = it.minimum;
    let curve = match it.curve {
        Curve::Share => tr!(reviews.curve_share),
        Curve::Threshold => tr!(reviews.curve_threshold),
        Curve::Down { .. } => tr!(reviews.curve_down),
        Curve::Steps(_) => tr!(reviews.curve_steps),
    };
    let floor = it.floor.map(|floor| {
        tr!(
            reviews.floor_line,
            below = figure(format, measure, floor.below),
            most = points(floor.at_most)
        )
    });
    let least = (minimum > 0).then(|| tr!(reviews.minimum_line, count = minimum));
    let about = move || {
        let parts = [
            Some(figure(format, measure, target)),
            Some(curve.get()),
            least.map(|it| it.get()),
            floor.map(|it| it.get()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    view! {
        <li class="px-4 py-1">
            <p class="flex justify-between gap-3">
                <span>{names.signal(measure)}</span>
                <span class="tabular-nums">{weight}</span>
            </p>
            <p class="text-sm text-muted tabular-nums">{about}</p>
        </li>
    }
}
