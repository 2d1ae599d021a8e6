//! A score down to its figures: what each counts, from what, and the records behind it.

use caravan_domain::reviews::{
    command::ReviewRef,
    list::ReviewFile,
    score::{DimensionScore, IndicatorScore, Says},
};
use leptos::prelude::*;

use super::{
    address,
    points::{figure, points, points_or_dash},
    words::{MeasureNames, dimension_name},
};
use crate::{
    format::use_format,
    ui::{Badge, SectionTitle, Tone},
};

#[component]
pub(super) fn Total(file: ReviewFile) -> impl IntoView {
    let format = use_format();
    let total = points_or_dash(file.score.total);
    let grade = file.score.grade.clone();
    let bonus = file.score.bonus;
    let payable = file.standing.as_ref().and_then(|it| it.payable());
    let pays = match payable {
        Some(bonus) => tr!(reviews.pay_takes, amount = format.money(bonus)),
        None => tr!(reviews.pay_would_take, amount = format.money(bonus)),
    };
    let number = file.number;
    let from = file.plan.in_force_from;
    let version = match number {
        0 => tr!(reviews.by_usual_plan),
        _ => tr!(reviews.by_version, number = number, day = format.day(from)),
    };
    view! {
        <div class="flex flex-col gap-1 px-4 pb-2">
            <p class="flex items-baseline gap-3">
                <span class="text-xl font-semibold tabular-nums">{total}</span>
                <span class="text-muted">{tr!(reviews.of_hundred)}</span>
                <bdi class="text-xl font-semibold">{grade.clone()}</bdi>
            </p>
            {(!grade.is_empty()).then(|| view! { <p>{pays}</p> })}
            <p class="text-sm text-muted">{version}</p>
        </div>
    }
}

#[component]
pub(super) fn Dimensions(file: ReviewFile) -> impl IntoView {
    let review = file.line.review;
    let dimensions = file.score.dimensions.into_iter();
    dimensions
        .map(|dimension| view! { <DimensionPart review dimension /> })
        .collect_view()
}

#[component]
fn DimensionPart(review: ReviewRef, dimension: DimensionScore) -> impl IntoView {
    let name = dimension_name(dimension.kind);
    let (weight, reached) = (dimension.weight, points_or_dash(dimension.points));
    let label = tr!(
        reviews.dimension,
        name = name.get(),
        weight = weight,
        points = reached.clone()
    );
    let not_met = dimension.not_met;
    view! {
        <SectionTitle label />
        {not_met
            .then(|| view! { <p class="px-4 pb-1"><Badge label=tr!(reviews.not_met) tone=Tone::Bad /></p> })}
        <ul class="divide-y divide-line border-y border-line">
            {dimension.indicators.into_iter().map(|it| view! { <IndicatorRow review it /> }).collect_view()}
        </ul>
    }
}

#[component]
fn IndicatorRow(review: ReviewRef, it: IndicatorScore) -> impl IntoView {
    let format = use_format();
    let (names, about) = (MeasureNames::new(), MeasureNames::explained());
    let measure = it.measure;
    let (target, minimum, weight) = (it.target, it.minimum, it.weight);
    let says = match it.says {
        Says::Nothing if measure.is_rated() => tr!(reviews.not_rated),
        Says::Nothing => tr!(reviews.no_data),
        Says::TooLittle(known) => tr!(reviews.too_few, have = known.sample, need = minimum),
        Says::This(known) => tr!(
            reviews.figure_of,
            figure = figure(format, measure, known.value),
            target = figure(format, measure, target)
        ),
    };
    let sample = it.says.figure();
    let sample = sample.filter(|known| known.sample > 0 && !measure.is_rated());
    let sample = sample.map(|known| tr!(reviews.records_count, count = known.sample));
    let counts = it.counts;
    let counted = match it.points {
        Some(_) => tr!(reviews.counts, percent = points(counts)),
        None => tr!(reviews.weight_goes, percent = weight),
    };
    let reached = points_or_dash(it.points);
    let below = it.below_floor;
    view! {
        <li class="flex flex-col gap-1 px-4 py-2">
            <p class="flex items-baseline justify-between gap-3">
                <span class="font-medium">{names.signal(measure)}</span>
                <span class="shrink-0 font-semibold tabular-nums">{reached}</span>
            </p>
            <p class="tabular-nums" class:text-error=below>
                {says}
            </p>
            <p class="text-sm text-muted">{about.signal(measure)} " " {counted}</p>
            {sample
                .map(|label| {
                    view! {
                        <a
                            class="-my-1 flex min-h-12 items-center self-start text-primary underline underline-offset-4 print:hidden"
                            href=address::records(review, measure)
                        >
                            {label}
                            <span class="sr-only">{move || names.name(measure)}</span>
                        </a>
                    }
                })}
        </li>
    }
}
