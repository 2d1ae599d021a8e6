//! Indicators and grades in the editor: each in a fold of its own, so that a phone shows one at a time.

use caravan_domain::reviews::measure::Measure;
use icondata_lu as icons;
use leptos::prelude::*;

use super::{
    super::words::{MeasureNames, options},
    typed::{Typed, TypedGrade, TypedIndicator},
};
use crate::ui::{
    Bound, Button, DecimalField, IconButton, NumberField, SelectField, Show, TextField,
};

/// A text somewhere in a plan; nothing where that is gone.
pub(super) fn part_of(
    typed: RwSignal<Typed>,
    read: impl Fn(&Typed) -> Option<&String> + Send + Sync + 'static,
    write: impl Fn(&mut Typed) -> Option<&mut String> + Send + Sync + 'static,
) -> Bound<String> {
    Bound {
        value: Signal::derive(move || typed.with(|typed| read(typed).cloned().unwrap_or_default())),
        set: Callback::new(move |text: String| {
            typed.update(|typed| {
                if let Some(place) = write(typed) {
                    *place = text;
                }
            });
        }),
    }
}

#[component]
pub(super) fn IndicatorFields(typed: RwSignal<Typed>, place: usize) -> impl IntoView {
    let names = MeasureNames::new();
    let count = Memo::new(move |_| {
        typed.with(|typed| {
            typed
                .dimensions
                .get(place)
                .map_or(0, |it| it.indicators.len())
        })
    });
    let rows = move || {
        let rows = 0..count.get();
        rows.map(|number| view! { <IndicatorField typed place number names /> })
            .collect_view()
    };
    let free = move || {
        typed.with_untracked(|typed| {
            let used = typed.dimensions.iter().flat_map(|it| &it.indicators);
            let used: Vec<_> = used.map(|it| it.measure).collect();
            Measure::ALL.iter().find(|it| !used.contains(it)).copied()
        })
    };
    let add = move || {
        let Some(measure) = free() else { return };
        typed.update(|typed| {
            if let Some(dimension) = typed.dimensions.get_mut(place) {
                dimension.indicators.push(TypedIndicator {
                    measure,
                    curve: "share".to_owned(),
                    minimum: "0".to_owned(),
                    ..TypedIndicator::default()
                });
            }
        });
    };
    view! {
        <div class="-mx-4 border-t border-line">{rows}</div>
        <Button label=tr!(reviews.add_indicator) icon=icons::LuPlus on_press=add />
    }
}

type Texts = fn(&TypedIndicator) -> &String;
type TextsMut = fn(&mut TypedIndicator) -> &mut String;

#[component]
fn IndicatorField(
    typed: RwSignal<Typed>,
    place: usize,
    number: usize,
    names: MeasureNames,
) -> impl IntoView {
    let at = move |typed: &Typed| -> Option<TypedIndicator> {
        typed.dimensions.get(place)?.indicators.get(number).cloned()
    };
    let measure =
        Memo::new(move |_| typed.with(|typed| at(typed).map(|it| it.measure).unwrap_or_default()));
    let curve =
        Memo::new(move |_| typed.with(|typed| at(typed).map(|it| it.curve).unwrap_or_default()));
    let part = move |read: Texts, write: TextsMut| {
        part_of(
            typed,
            move |typed| Some(read(typed.dimensions.get(place)?.indicators.get(number)?)),
            move |typed| {
                Some(write(
                    typed
                        .dimensions
                        .get_mut(place)?
                        .indicators
                        .get_mut(number)?,
                ))
            },
        )
    };
    let measures = Signal::derive(move || {
        let all = Measure::ALL.iter();
        all.map(|it| (it.word().to_owned(), names.name(*it)))
            .collect::<Vec<_>>()
    });
    let choose = Bound {
        value: Signal::derive(move || measure.get().word().to_owned()),
        set: Callback::new(move |word: String| {
            if let Ok(chosen) = word.parse() {
                typed.update(|typed| {
                    let dimension = typed.dimensions.get_mut(place);
                    let found = dimension.and_then(|it| it.indicators.get_mut(number));
                    if let Some(found) = found {
                        found.measure = chosen;
                    }
                });
            }
        }),
    };
    let remove = move || {
        typed.update(|typed| {
            if let Some(dimension) = typed.dimensions.get_mut(place)
                && number < dimension.indicators.len()
            {
                dimension.indicators.remove(number);
            }
        });
    };
    let curves = options(vec![
        ("share", tr!(reviews.curve_share)),
        ("threshold", tr!(reviews.curve_threshold)),
        ("down", tr!(reviews.curve_down)),
        ("steps", tr!(reviews.curve_steps)),
    ]);
    let weight = part(|it| &it.weight, |it| &mut it.weight);
    view! {
        <details class="border-b border-line">
            <summary class="flex min-h-12 cursor-pointer items-center justify-between gap-3 px-4">
                <span>{move || names.name(measure.get())}</span>
                <span class="tabular-nums">{move || weight.value.get()}</span>
            </summary>
            <div class="flex flex-col gap-3 px-4 pb-4">
                <SelectField label=tr!(reviews.measure) bind=choose options=measures />
                <div class="grid grid-cols-2 gap-3">
                    <NumberField label=tr!(reviews.weight) bind=weight max=3 />
                    <NumberField
                        label=tr!(reviews.minimum)
                        bind=part(|it| &it.minimum, |it| &mut it.minimum)
                        max=5
                    />
                </div>
                <DecimalField
                    label=tr!(reviews.target)
                    hint=tr!(reviews.target_hint)
                    bind=part(|it| &it.target, |it| &mut it.target)
                    max=16
                />
                <SelectField
                    label=tr!(reviews.curve)
                    bind=part(|it| &it.curve, |it| &mut it.curve)
                    options=curves
                />
                <Show when=move || curve.with(|curve| curve == "down")>
                    <DecimalField
                        label=tr!(reviews.none_at)
                        bind=part(|it| &it.none_at, |it| &mut it.none_at)
                        max=16
                    />
                </Show>
                <Show when=move || curve.with(|curve| curve == "steps")>
                    <TextField
                        label=tr!(reviews.steps)
                        hint=tr!(reviews.steps_hint)
                        bind=part(|it| &it.steps, |it| &mut it.steps)
                        max=400
                    />
                </Show>
                <div class="grid grid-cols-2 gap-3">
                    <DecimalField
                        label=tr!(reviews.floor)
                        hint=tr!(reviews.floor_hint)
                        bind=part(|it| &it.floor, |it| &mut it.floor)
                        max=16
                    />
                    <DecimalField
                        label=tr!(reviews.at_most)
                        bind=part(|it| &it.at_most, |it| &mut it.at_most)
                        max=6
                    />
                </div>
                <Button label=tr!(reviews.remove_indicator) icon=icons::LuTrash2 on_press=remove />
            </div>
        </details>
    }
}

type GradeText = fn(&TypedGrade) -> &String;
type GradeTextMut = fn(&mut TypedGrade) -> &mut String;

/// What a total is called and what it brings (R17).
#[component]
pub(super) fn GradeFields(typed: RwSignal<Typed>) -> impl IntoView {
    let count = Memo::new(move |_| typed.with(|typed| typed.grades.len()));
    let rows = move || {
        let rows = 0..count.get();
        rows.map(|number| view! { <GradeField typed number /> })
            .collect_view()
    };
    let add = move || typed.update(|typed| typed.grades.push(TypedGrade::default()));
    view! {
        <fieldset class="flex flex-col gap-3">
            <legend class="pb-2 text-sm font-medium">{tr!(reviews.grades)}</legend>
            {rows}
            <Button label=tr!(reviews.add_grade) icon=icons::LuPlus on_press=add />
        </fieldset>
    }
}

#[component]
fn GradeField(typed: RwSignal<Typed>, number: usize) -> impl IntoView {
    let part = move |read: GradeText, write: GradeTextMut| {
        part_of(
            typed,
            move |typed| typed.grades.get(number).map(read),
            move |typed| typed.grades.get_mut(number).map(write),
        )
    };
    let remove = move || {
        typed.update(|typed| {
            if number < typed.grades.len() {
                typed.grades.remove(number);
            }
        });
    };
    let name = part(|it| &it.name, |it| &mut it.name);
    let label = tr!(reviews.remove_grade, name = name.value.get());
    view! {
        <div class="grid grid-cols-[1fr_1fr_1.5fr_auto] items-start gap-2">
            <TextField label=tr!(reviews.grade) bind=name max=20 />
            <DecimalField label=tr!(reviews.grade_from) bind=part(|it| &it.from, |it| &mut it.from) max=6 />
            <DecimalField label=tr!(reviews.bonus) bind=part(|it| &it.bonus, |it| &mut it.bonus) max=12 />
            <div class="pt-6">
                <IconButton label icon=icons::LuX on_press=remove />
            </div>
        </div>
    }
}
