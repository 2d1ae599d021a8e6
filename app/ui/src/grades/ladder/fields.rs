//! Grades and criteria in the editor: each grade in a fold of its own, so that a phone shows one at a time.

use caravan_domain::id::CourseId;
use icondata_lu as icons;
use leptos::prelude::*;

use super::typed::{Kind, Typed, TypedCriterion, TypedRung};
use crate::{
    grades::words::choices,
    reviews::MeasureNames,
    ui::{Bound, Button, DecimalField, IconButton, NumberField, SelectField, Show, TextField},
};

type Courses = StoredValue<Vec<(CourseId, String)>>;

/// A text somewhere in a ladder; nothing where that is gone.
fn part_of(
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

type RungText = fn(&TypedRung) -> &String;
type RungTextMut = fn(&mut TypedRung) -> &mut String;

#[component]
pub(super) fn RungFields(typed: RwSignal<Typed>, place: usize, courses: Courses) -> impl IntoView {
    let part = move |read: RungText, write: RungTextMut| {
        part_of(
            typed,
            move |typed| typed.rungs.get(place).map(read),
            move |typed| typed.rungs.get_mut(place).map(write),
        )
    };
    let (zh, en) = (
        part(|it| &it.zh, |it| &mut it.zh),
        part(|it| &it.en, |it| &mut it.en),
    );
    let unnamed = tr!(grades.unnamed);
    let language = crate::prefs::use_language();
    let name = Signal::derive(move || {
        let name = caravan_domain::grades::ladder::RungName {
            zh: zh.value.get(),
            en: en.value.get(),
        };
        let shown = name.shown(language.get() == crate::i18n::Locale::zh);
        match shown.trim().is_empty() {
            true => unnamed.get(),
            false => shown.to_owned(),
        }
    });
    let last = Memo::new(move |_| typed.with(|typed| typed.rungs.len().saturating_sub(1)));
    let swap = move |one: usize, other: usize| {
        typed.update(|typed| {
            if one.max(other) < typed.rungs.len() {
                typed.rungs.swap(one, other);
            }
        });
    };
    let remove = move || {
        typed.update(|typed| {
            if place < typed.rungs.len() {
                typed.rungs.remove(place);
            }
        });
    };
    view! {
        <details class="border-b border-line">
            <summary class="flex min-h-12 cursor-pointer items-center gap-3 px-4">
                <span class="text-muted tabular-nums">{place + 1}</span>
                <bdi class="min-w-0 flex-1">{name}</bdi>
            </summary>
            <div class="flex flex-col gap-3 px-4 pb-4">
                <TextField label=tr!(grades.rung_zh) bind=zh max=40 />
                <TextField label=tr!(grades.rung_en) bind=en max=40 />
                <TextField label=tr!(grades.rung_may) bind=part(|it| &it.may, |it| &mut it.may) max=200 />
                <Criteria typed place courses />
                <div class="flex flex-wrap items-center gap-2">
                    <Show when=move || place < last.get()>
                        <IconButton
                            label=tr!(grades.move_up, name = name.get())
                            icon=icons::LuArrowDown
                            on_press=move || swap(place, place + 1)
                        />
                    </Show>
                    <Show when=move || { place > 0 }>
                        <IconButton
                            label=tr!(grades.move_down, name = name.get())
                            icon=icons::LuArrowUp
                            on_press=move || swap(place, place - 1)
                        />
                    </Show>
                    <Button label=tr!(grades.remove_rung) icon=icons::LuTrash2 on_press=remove />
                </div>
            </div>
        </details>
    }
}

#[component]
fn Criteria(typed: RwSignal<Typed>, place: usize, courses: Courses) -> impl IntoView {
    let count = Memo::new(move |_| {
        typed.with(|typed| typed.rungs.get(place).map_or(0, |it| it.criteria.len()))
    });
    let rows = move || {
        let rows = 0..count.get();
        rows.map(|number| view! { <CriterionFields typed place number courses /> })
            .collect_view()
    };
    let add = move || {
        typed.update(|typed| {
            if let Some(rung) = typed.rungs.get_mut(place) {
                let free = |kind: &Kind| !rung.criteria.iter().any(|it| it.kind == *kind);
                let kind = Kind::all().find(free).unwrap_or_default();
                rung.criteria.push(TypedCriterion {
                    kind,
                    last: "3".to_owned(),
                    ..TypedCriterion::default()
                });
            }
        });
    };
    view! {
        <fieldset class="flex flex-col gap-3">
            <legend class="pb-2 text-sm font-medium">{tr!(grades.criteria)}</legend>
            {rows}
            <Button label=tr!(grades.add_criterion) icon=icons::LuPlus on_press=add />
        </fieldset>
    }
}

type Text = fn(&TypedCriterion) -> &String;
type TextMut = fn(&mut TypedCriterion) -> &mut String;

#[component]
fn CriterionFields(
    typed: RwSignal<Typed>,
    place: usize,
    number: usize,
    courses: Courses,
) -> impl IntoView {
    let kind = Memo::new(move |_| {
        typed
            .with(|typed| {
                let found = typed.rungs.get(place)?.criteria.get(number)?;
                Some(found.kind)
            })
            .unwrap_or_default()
    });
    let part = move |read: Text, write: TextMut| {
        part_of(
            typed,
            move |typed| Some(read(typed.rungs.get(place)?.criteria.get(number)?)),
            move |typed| Some(write(typed.rungs.get_mut(place)?.criteria.get_mut(number)?)),
        )
    };
    let choose = Bound {
        value: Signal::derive(move || kind.get().word().to_owned()),
        set: Callback::new(move |word: String| {
            let Some(chosen) = Kind::all().find(|it| it.word() == word) else {
                return;
            };
            typed.update(|typed| {
                let rung = typed.rungs.get_mut(place);
                if let Some(found) = rung.and_then(|it| it.criteria.get_mut(number)) {
                    found.kind = chosen;
                }
            });
        }),
    };
    let remove = move || {
        typed.update(|typed| {
            if let Some(rung) = typed.rungs.get_mut(place)
                && number < rung.criteria.len()
            {
                rung.criteria.remove(number);
            }
        });
    };
    let names = MeasureNames::new();
    let kinds = Kind::all().map(|kind| (kind.word().to_owned(), kind_name(kind, names)));
    let last = part(|it| &it.last, |it| &mut it.last);
    let target = part(|it| &it.target, |it| &mut it.target);
    let minimum = part(|it| &it.minimum, |it| &mut it.minimum);
    let course = part(|it| &it.course, |it| &mut it.course);
    let offered = courses.with_value(|courses| {
        let none = (String::new(), tr!(grades.course_none));
        let courses = courses.iter();
        let named = courses.map(|(id, title)| (id.to_string(), Signal::stored(title.clone())));
        choices(core::iter::once(none).chain(named).collect())
    });
    let over = last_label(kind);
    let asked = target_label(kind);
    view! {
        <div class="flex flex-col gap-2 rounded-box border border-line p-3">
            <SelectField label=tr!(grades.criterion) bind=choose options=choices(kinds.collect()) />
            <Show when=move || kind.get() == Kind::Certificate>
                <SelectField label=tr!(grades.course) bind=course options=offered />
            </Show>
            <div class="grid grid-cols-2 gap-3">
                <Show when=move || has_last(kind.get())>
                    <NumberField label=over bind=last max=2 />
                </Show>
                <Show when=move || has_target(kind.get())>
                    <DecimalField label=asked bind=target max=16 />
                </Show>
                <Show when=move || matches!(kind.get(), Kind::Figure(_))>
                    <NumberField label=tr!(grades.minimum) bind=minimum max=5 />
                </Show>
            </div>
            <Button label=tr!(grades.remove_criterion) icon=icons::LuX on_press=remove />
        </div>
    }
}

const fn has_last(kind: Kind) -> bool {
    !matches!(kind, Kind::Certificate | Kind::Leads)
}

const fn has_target(kind: Kind) -> bool {
    !matches!(kind, Kind::Certificate | Kind::Tenure)
}

fn kind_name(kind: Kind, names: MeasureNames) -> Signal<String> {
    match kind {
        Kind::Tenure => tr!(grades.tenure),
        Kind::Visits => tr!(grades.visits),
        Kind::Score => tr!(grades.score),
        Kind::Certificate => tr!(grades.a_certificate),
        Kind::Leads => tr!(grades.leads),
        Kind::Figure(measure) => names.signal(measure),
    }
}

fn last_label(kind: Memo<Kind>) -> Signal<String> {
    let (held, reviews, months) = (
        tr!(grades.months_held),
        tr!(grades.reviews_number),
        tr!(grades.months),
    );
    Signal::derive(move || match kind.get() {
        Kind::Tenure => held.get(),
        Kind::Score => reviews.get(),
        _ => months.get(),
    })
}

/// What adds up is asked for a month.
fn target_label(kind: Memo<Kind>) -> Signal<String> {
    let (people, a_month, target) = (
        tr!(grades.people),
        tr!(grades.target_month),
        tr!(grades.target),
    );
    Signal::derive(move || match kind.get() {
        Kind::Leads => people.get(),
        Kind::Visits => a_month.get(),
        Kind::Figure(measure) if measure.adds_up() => a_month.get(),
        _ => target.get(),
    })
}
