use std::collections::BTreeSet;

use caravan_domain::{
    clients::{
        list::{ClientFilter, ClientPage, ClientSort},
        record::{Grade, Stage},
    },
    people::query::PeopleView,
};
use leptos::prelude::*;

use super::words::{GradeNames, StageNames};
use crate::{
    engine::use_engine,
    ui::{Bound, Button, ButtonKind, CheckField, SelectField, Sheet, Show},
};

const SORTS: [ClientSort; 5] = [
    ClientSort::Name,
    ClientSort::Due,
    ClientSort::Neglected,
    ClientSort::Grade,
    ClientSort::Newest,
];

/// Sort and filter; the list behind follows while one chooses.
#[component]
pub(super) fn FilterSheet(
    open: RwSignal<bool>,
    filter: RwSignal<ClientFilter>,
    sort: RwSignal<ClientSort>,
    page: Signal<Option<ClientPage>>,
) -> impl IntoView {
    let people = use_engine().people();
    view! {
        <Sheet open title=tr!(clients.filter)>
            <div class="flex flex-col gap-4 px-4 pb-4">
                <SortChoice sort />
                <GradeChoice filter />
                <StageChoice filter />
                <OwnerChoice filter people />
                <TagChoice filter page />
                <CheckField
                    label=tr!(clients.due_only)
                    bind=Bound::part(filter, |filter| &filter.due_only, |filter| &mut filter.due_only)
                />
                <CheckField
                    label=tr!(clients.archived_only)
                    bind=Bound::part(filter, |filter| &filter.archived, |filter| &mut filter.archived)
                />
                <div class="grid grid-cols-2 gap-2">
                    <Button label=tr!(clients.clear_filter) on_press=move || filter.set(ClientFilter::default()) />
                    <Button label=tr!(clients.show) kind=ButtonKind::Main on_press=move || open.set(false) />
                </div>
            </div>
        </Sheet>
    }
}

#[component]
fn SortChoice(sort: RwSignal<ClientSort>) -> impl IntoView {
    let names = [
        tr!(clients.sort_name),
        tr!(clients.sort_due),
        tr!(clients.sort_neglected),
        tr!(clients.sort_grade),
        tr!(clients.sort_newest),
    ];
    let options = Signal::derive(move || {
        names
            .iter()
            .enumerate()
            .map(|(place, name)| (place.to_string(), name.get()))
            .collect()
    });
    let bind = Bound {
        value: Signal::derive(move || {
            let place = SORTS.iter().position(|known| *known == sort.get());
            place.unwrap_or_default().to_string()
        }),
        set: Callback::new(move |word: String| {
            let place: usize = word.parse().unwrap_or_default();
            sort.set(SORTS.get(place).copied().unwrap_or_default());
        }),
    };
    view! { <SelectField label=tr!(clients.sort) bind options /> }
}

#[component]
fn GradeChoice(filter: RwSignal<ClientFilter>) -> impl IntoView {
    let names = GradeNames::new();
    view! {
        <Choices
            legend=tr!(clients.grade)
            options=Signal::derive(move || Grade::ALL.iter().map(|grade| (*grade, names.spoken(*grade))).collect())
            bind=Bound::part(filter, |filter| &filter.grades, |filter| &mut filter.grades)
        />
    }
}

#[component]
fn StageChoice(filter: RwSignal<ClientFilter>) -> impl IntoView {
    let names = StageNames::new();
    view! {
        <Choices
            legend=tr!(clients.stage)
            options=Signal::derive(move || Stage::ALL.iter().map(|stage| (*stage, names.name(*stage))).collect())
            bind=Bound::part(filter, |filter| &filter.stages, |filter| &mut filter.stages)
        />
    }
}

/// Only for those who see more than their own.
#[component]
fn OwnerChoice(
    filter: RwSignal<ClientFilter>,
    people: Signal<Option<PeopleView>>,
) -> impl IntoView {
    let options = Memo::new(move |_| {
        people.with(|view| {
            let held = view.iter().flat_map(|view| view.people.iter());
            held.filter(|line| line.clients > 0)
                .map(|line| (line.id, line.person.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || options.with(|options| options.len() > 1)>
            <Choices
                legend=tr!(clients.owner)
                options=options.into()
                bind=Bound::part(filter, |filter| &filter.owners, |filter| &mut filter.owners)
            />
        </Show>
    }
}

#[component]
fn TagChoice(filter: RwSignal<ClientFilter>, page: Signal<Option<ClientPage>>) -> impl IntoView {
    let options = Memo::new(move |_| {
        page.with(|page| {
            let tags = page.iter().flat_map(|page| page.tags.iter());
            tags.map(|(tag, count)| (tag.clone(), format!("{tag} {count}")))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || !options.with(Vec::is_empty)>
            <Choices
                legend=tr!(clients.tags)
                options=options.into()
                bind=Bound::part(filter, |filter| &filter.tags, |filter| &mut filter.tags)
            />
        </Show>
    }
}

/// Any number of a few: each a button that stays pressed.
#[component]
fn Choices<T>(
    legend: Signal<String>,
    options: Signal<Vec<(T, String)>>,
    bind: Bound<BTreeSet<T>>,
) -> impl IntoView
where
    T: Ord + Clone + Send + Sync + 'static,
{
    view! {
        <fieldset>
            <legend class="pb-1 text-sm font-medium">{legend}</legend>
            <div class="flex flex-wrap gap-2">
                {move || {
                    options
                        .get()
                        .into_iter()
                        .map(|(value, label)| {
                            let (chosen, toggled) = (value.clone(), value);
                            let pressed = Memo::new(move |_| bind.value.with(|set| set.contains(&chosen)));
                            view! {
                                <button
                                    type="button"
                                    class=move || if pressed.get() { "btn btn-primary" } else { "btn btn-plain" }
                                    aria-pressed=move || pressed.get().to_string()
                                    on:click=move |_| {
                                        let mut set = bind.value.get_untracked();
                                        if !set.remove(&toggled) {
                                            set.insert(toggled.clone());
                                        }
                                        bind.set(set);
                                    }
                                >
                                    <bdi>{label}</bdi>
                                </button>
                            }
                        })
                        .collect_view()
                }}
            </div>
        </fieldset>
    }
}
