use caravan_domain::{
    id::PersonId,
    work::query::{Candidate, Suggestion, Wanted},
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{
    reasons::{limit_words, reasons},
    words::{level, skill_name},
};
use crate::{
    engine::use_engine,
    format::use_format,
    tasks::TaskKindNames,
    ui::{Avatar, Badge, Each, EmptyState, Sheet, Show, Tone},
};

/// Who had best do it, the best first, each with why. `above` stands before the list.
#[component]
pub(crate) fn SuggestSheet(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] wanted: Signal<Wanted>,
    #[prop(optional, into)] above: ViewFn,
    #[prop(into)] on_pick: Callback<(PersonId, String)>,
) -> impl IntoView {
    view! {
        <Sheet open title wide=true>
            <div class="flex flex-col gap-3 px-4 pb-2 empty:hidden">{above.run()}</div>
            <Candidates
                wanted
                on_pick=move |picked| {
                    open.set(false);
                    on_pick.run(picked);
                }
            />
        </Sheet>
    }
}

#[component]
fn Candidates(
    wanted: Signal<Wanted>,
    #[prop(into)] on_pick: Callback<(PersonId, String)>,
) -> impl IntoView {
    let names = TaskKindNames::new();
    let suggestion = use_engine().suggest(move || wanted.get());
    let skill = Signal::derive(move || {
        suggestion.with(|suggestion| {
            let of = |it: &Suggestion| skill_name(names, &it.skill, &it.skill_name);
            suggestion.as_ref().map(of).unwrap_or_default()
        })
    });
    let candidates = Memo::new(move |_| {
        suggestion.with(|suggestion| {
            let candidates = suggestion.as_ref().map(|it| it.candidates.clone());
            candidates.unwrap_or_default()
        })
    });
    let best = Memo::new(move |_| {
        candidates.with(|all| all.first().filter(|it| it.score > 0).map(|it| it.person))
    });
    view! {
        <p class="px-4 pb-2 text-sm text-muted">{tr!(work.suggest_for, skill = skill.get())}</p>
        <ul class="divide-y divide-line" aria-label=tr!(work.suggest)>
            <Each each=move || candidates.get() key=|it| format!("{it:?}") let:candidate>
                {
                    let person = candidate.person;
                    view! { <CandidateRow candidate best=Signal::derive(move || best.get() == Some(person)) on_pick /> }
                }
            </Each>
        </ul>
        <Show when=move || suggestion.with(Option::is_some) && candidates.with(Vec::is_empty)>
            <EmptyState icon=icons::LuUserX title=tr!(work.nobody) />
        </Show>
    }
}

#[component]
fn CandidateRow(
    candidate: Candidate,
    best: Signal<bool>,
    on_pick: Callback<(PersonId, String)>,
) -> impl IntoView {
    let format = use_format();
    let why = reasons(&candidate);
    let over = candidate.over_limit.map(|over| limit_words(over, format));
    let (person, name) = (candidate.person, candidate.name.clone());
    let picked = name.clone();
    view! {
        <li>
            <button
                type="button"
                class="row cursor-pointer items-start"
                on:click=move |_| on_pick.run((person, picked.clone()))
            >
                <Avatar name=Signal::stored(name.clone()) />
                <span class="flex min-w-0 flex-1 flex-col">
                    <span class="flex items-baseline gap-2">
                        <bdi class="font-medium">{name}</bdi>
                        <Show when=move || best.get()>
                            <Badge label=tr!(work.best) tone=Tone::Good />
                        </Show>
                    </span>
                    <span class="text-sm text-muted">
                        {move || why.iter().map(Signal::get).collect::<Vec<_>>().join(" · ")}
                    </span>
                    {over
                        .map(|over| {
                            view! {
                                <span class="[&>span]:whitespace-normal">
                                    <Badge label=over tone=Tone::Warning />
                                </span>
                            }
                        })}
                </span>
                <span class="text-sm text-muted tabular-nums">
                    {tr!(work.level_of, level = level(candidate.level_tenths))}
                </span>
            </button>
        </li>
    }
}
