use caravan_domain::{
    command::{CommandError, Field},
    facts::PersonStatus,
};
use caravan_port::message::RunError;
use leptos::prelude::*;

use super::typed::Typed;
use crate::{
    engine::{Failure, use_engine},
    forms::{Elsewhere, use_error_of},
    people::DoerField,
    ui::{Bound, CheckField, DateField, SelectField, Show, TextField, TimeField},
    visits::words::VisitKindNames,
};

/// Everything but the client, in the order in which it is asked on the phone.
#[component]
pub(super) fn VisitFields(
    typed: RwSignal<Typed>,
    failure: RwSignal<Option<Failure<RunError>>>,
) -> impl IntoView {
    view! {
        <KindField typed />
        <div class="grid grid-cols-2 gap-4">
            <DateField
                label=tr!(visits.on)
                error=use_error_of(failure, Field::Date)
                bind=Bound::part(typed, |typed| &typed.on, |typed| &mut typed.on)
                required=true
            />
            <TimeField
                label=tr!(visits.at)
                bind=Bound::part(typed, |typed| &typed.at, |typed| &mut typed.at)
            />
        </div>
        <TextField
            label=tr!(visits.purpose)
            bind=Bound::part(typed, |typed| &typed.purpose, |typed| &mut typed.purpose)
        />
        <DoerField
            label=tr!(visits.by)
            bind=Bound::part(typed, |typed| &typed.by, |typed| &mut typed.by)
        />
        <WithField typed />
        <Elsewhere failure shown=&[Field::Date] />
    }
}

/// What a field that was left empty comes to, as the engine would say it.
pub(super) fn blank(field: Field) -> Failure<RunError> {
    Failure::Refused(RunError::Command(CommandError::Blank(field)))
}

#[component]
fn KindField(typed: RwSignal<Typed>) -> impl IntoView {
    let bind = Bound::word(typed, |typed| typed.kind.word(), |typed| &mut typed.kind);
    view! { <SelectField label=tr!(visits.kind) bind options=VisitKindNames::new().options() /> }
}

/// Colleagues who come along (R62). Folded away: most visits are made alone.
#[component]
fn WithField(typed: RwSignal<Typed>) -> impl IntoView {
    let engine = use_engine();
    let (me, people) = (engine.me(), engine.people());
    let others = Memo::new(move |_| {
        let goes = typed
            .with(|typed| typed.by)
            .or_else(|| me.with(|me| me.as_ref().map(|me| me.person)));
        people.with(|view| {
            let all = view.iter().flat_map(|view| view.people.iter());
            all.filter(|line| line.person.status == PersonStatus::Active && Some(line.id) != goes)
                .map(|line| (line.id, line.person.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let with = Bound::part(typed, |typed| &typed.with, |typed| &mut typed.with);
    let chosen = tr!(
        visits.with_count,
        count = typed.with(|typed| typed.with.len())
    );
    view! {
        <Show when=move || !others.with(Vec::is_empty)>
            <details class="rounded-field border border-line px-3">
                <summary class="flex min-h-11 cursor-pointer items-center gap-2">
                    <span class="flex-1">{tr!(visits.with)}</span>
                    <span class="text-sm text-muted">{chosen}</span>
                </summary>
                {move || {
                    others
                        .get()
                        .into_iter()
                        .map(|(id, name)| view! { <CheckField label=name bind=with.member(id) /> })
                        .collect_view()
                }}
            </details>
        </Show>
    }
}
