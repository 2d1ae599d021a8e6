use caravan_domain::{
    id::CourseId,
    reviews::measure::Measure,
    training::effect::view::{CourseEffect, EffectOf, EffectRow, EffectSide, FEWEST, PersonEffect},
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::course_of;
use crate::{
    engine::use_engine,
    format::{Format, use_format},
    reviews::figure,
    ui::{EmptyState, List, ListRow, Page, SectionTitle, Sheet},
};

/// Figures before and after a course (R32), of those who passed it and of those who have not.
#[component]
pub(super) fn EffectPage() -> impl IntoView {
    let params = use_params_map();
    let course = Memo::new(move |_| params.with(course_of));
    let found = use_engine().course_effect(move || course.get());
    let back = Signal::derive(move || Some(format!("/training/{}", course.get())));
    view! {
        <Page title=tr!(effect.title) back>
            {move || match found.get() {
                None => ().into_any(),
                Some(None) => {
                    view! {
                        <EmptyState icon=icons::LuEyeOff title=tr!(effect.missing) body=tr!(effect.missing_body) />
                    }
                        .into_any()
                }
                Some(Some(effect)) if effect.passed == 0 => {
                    view! { <EmptyState icon=icons::LuGraduationCap title=tr!(effect.none) body=tr!(effect.none_body) /> }
                        .into_any()
                }
                Some(Some(effect)) => view! { <Compared effect /> }.into_any(),
            }}
        </Page>
    }
}

/// The way to it from the course, for whoever answers for somebody.
#[component]
pub(super) fn EffectLink(course: CourseId) -> impl IntoView {
    view! {
        <List>
            <ListRow
                title=tr!(effect.title)
                detail=tr!(effect.hint)
                icon=icons::LuChartLine
                href=format!("/training/{course}/effect")
            />
        </List>
    }
}

/// A number that was opened: whose they are.
#[derive(Clone)]
struct Opened {
    of: EffectOf,
    have_passed: bool,
    people: Vec<PersonEffect>,
}

#[component]
fn Compared(effect: CourseEffect) -> impl IntoView {
    let title = effect.title.clone();
    let (soon, new) = (effect.too_soon, effect.too_new);
    let notes = [
        Some(tr!(effect.months, fewest = FEWEST)),
        (soon > 0).then(|| tr!(effect.too_soon, count = soon)),
        (new > 0).then(|| tr!(effect.too_new, count = new)),
        Some(tr!(effect.caution)),
    ];
    let notes = notes.into_iter().flatten();
    let notes = notes.map(|note| view! { <p>{note}</p> }).collect_view();
    let (of_course, of_work): (Vec<_>, Vec<_>) = effect
        .rows
        .into_iter()
        .partition(|row| row.of.is_of_course());
    let open = RwSignal::new(false);
    let opened = RwSignal::new(None::<Opened>);
    let show = Callback::new(move |which: Opened| {
        opened.set(Some(which));
        open.set(true);
    });
    view! {
        <p class="px-4 pb-2 text-muted">
            <bdi>{title}</bdi>
            " · "
            {tr!(effect.passed_count, count = effect.passed)}
        </p>
        <SectionTitle label=tr!(effect.in_course) />
        <Table label=tr!(effect.in_course) rows=of_course show with_others=false />
        <SectionTitle label=tr!(effect.in_work) />
        <Table label=tr!(effect.in_work) rows=of_work show with_others=true />
        <div class="flex max-w-prose flex-col gap-2 px-4 py-4 text-sm text-muted">{notes}</div>
        <Behind open opened />
    }
}

#[component]
fn Table(
    label: Signal<String>,
    rows: Vec<EffectRow>,
    show: Callback<Opened>,
    with_others: bool,
) -> impl IntoView {
    let head = "py-2 ps-3 text-end font-medium";
    let names = rows.into_iter().map(|row| {
        let of = row.of;
        view! {
            <tr class="border-t border-line align-top">
                <th class="py-3 pe-2 text-start font-normal" scope="row">
                    {name_of(of)}
                </th>
                <td class="ps-3 text-end">
                    <Cell of side=row.passed have_passed=true show />
                </td>
                {row.others
                    .map(|side| {
                        view! {
                            <td class="ps-3 text-end">
                                <Cell of side have_passed=false show />
                            </td>
                        }
                    })}
            </tr>
        }
    });
    view! {
        <div class="max-w-2xl px-4">
            <table class="w-full text-sm">
                <caption class="sr-only">{label}</caption>
                <thead>
                    <tr>
                        <th class="py-2 text-start font-medium" scope="col">
                            {tr!(effect.figure)}
                        </th>
                        <th class=head scope="col">
                            {tr!(effect.have_passed)}
                        </th>
                        {with_others
                            .then(|| {
                                view! {
                                    <th class=head scope="col">
                                        {tr!(effect.have_not)}
                                    </th>
                                }
                            })}
                    </tr>
                </thead>
                <tbody>{names.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// Medians before and after, or that it is too few to say; a tap opens the people.
#[component]
fn Cell(
    of: EffectOf,
    side: EffectSide,
    have_passed: bool,
    show: Callback<Opened>,
) -> impl IntoView {
    let format = use_format();
    let count = side.people.len();
    let counted = tr!(effect.people_count, count = count);
    let said = match side.medians {
        Some((before, after)) => Signal::derive(move || change(format, of, before, after)),
        None => tr!(effect.too_few),
    };
    let content = view! {
        <span class="tabular-nums">{said}</span>
        <span class="text-muted">{counted}</span>
    };
    if count == 0 {
        return view! { <span class="flex flex-col items-end py-3">{content}</span> }.into_any();
    }
    let press = move |_| {
        show.run(Opened {
            of,
            have_passed,
            people: side.people.clone(),
        });
    };
    view! {
        <button
            type="button"
            class="flex min-h-11 w-full cursor-pointer flex-col items-end py-3 underline decoration-line underline-offset-4"
            on:click=press
        >
            {content}
        </button>
    }
    .into_any()
}

#[component]
fn Behind(open: RwSignal<bool>, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let format = use_format();
    let rows = move || {
        let Opened {
            of,
            have_passed,
            people,
        } = opened.get()?;
        let whose = match have_passed {
            true => tr!(effect.have_passed),
            false => tr!(effect.have_not),
        };
        let name = name_of(of);
        let rows = people.into_iter().map(move |it| {
            let detail = Signal::derive(move || change(format, of, it.before, it.after));
            let href = format!("/training/people/{}", it.person);
            view! { <ListRow title=Signal::stored(it.name) detail href /> }
        });
        let rows = rows.collect_view();
        Some(view! {
            <p class="px-4 pb-2 text-muted">{move || format!("{} · {}", name.get(), whose.get())}</p>
            <List>{rows}</List>
        })
    };
    view! {
        <Sheet open title=tr!(effect.behind)>
            {rows}
        </Sheet>
    }
}

fn change(format: Format, of: EffectOf, before: i64, after: i64) -> String {
    let measure = match of {
        EffectOf::Sales => Measure::Sales,
        EffectOf::NewClients | EffectOf::Visits => Measure::NewClients,
        EffectOf::Quiz | EffectOf::RolePlay | EffectOf::Satisfaction => Measure::Satisfaction,
    };
    let [before, after] = [before, after].map(|value| figure(format, measure, value));
    format!("{before} → {after}")
}

fn name_of(of: EffectOf) -> Signal<String> {
    match of {
        EffectOf::Quiz => tr!(effect.quiz),
        EffectOf::RolePlay => tr!(effect.role_play),
        EffectOf::NewClients => tr!(effect.new_clients),
        EffectOf::Visits => tr!(effect.visits),
        EffectOf::Sales => tr!(effect.sales),
        EffectOf::Satisfaction => tr!(effect.satisfaction),
    }
}
