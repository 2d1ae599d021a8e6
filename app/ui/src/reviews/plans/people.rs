use caravan_domain::{
    calendar::parse_day,
    command::Command,
    id::PersonId,
    reviews::{
        command::ReviewCommand,
        decision::ScoredAs,
        list::{PlansView, ScoredPerson},
        plan::ScoreRole,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::words::{options, role_name};
use crate::{
    engine::use_draft,
    format::now,
    forms::Refused,
    ui::{
        Bound, Button, ButtonKind, DateField, Form, SectionTitle, SelectField, Sheet, use_toasts,
    },
};

/// By which plan each is scored; changed from a day on.
#[component]
pub(super) fn People(view: Signal<Option<PlansView>>) -> impl IntoView {
    let chosen = RwSignal::new(None::<ScoredPerson>);
    let open = RwSignal::new(false);
    let may = Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|it| it.may_plan)));
    let rows = move || {
        let people = view.get().map(|view| view.people).unwrap_or_default();
        let people = people.into_iter();
        people
            .map(|person| {
                let (role, name) = (role_name(person.role), person.name.clone());
                let change = move || {
                    chosen.set(Some(person.clone()));
                    open.set(true);
                };
                view! {
                    <li class="row">
                        <span class="flex min-w-0 flex-1 flex-col">
                            <bdi class="truncate">{name}</bdi>
                            <span class="text-sm text-muted">{role}</span>
                        </span>
                        {may.get().then(|| view! { <Button label=tr!(reviews.score_as) on_press=change /> })}
                    </li>
                }
            })
            .collect_view()
    };
    let some =
        Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|it| !it.people.is_empty())));
    view! {
        {move || some.get().then(|| view! { <SectionTitle label=tr!(reviews.scored_by) /> })}
        <ul class="divide-y divide-line">{rows}</ul>
        <Sheet open title=tr!(reviews.score_as)>
            {move || chosen.get().map(|person| view! { <ScoreAsForm open person /> })}
        </Sheet>
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    role: ScoreRole,
    from: String,
}

#[component]
fn ScoreAsForm(open: RwSignal<bool>, person: ScoredPerson) -> impl IntoView {
    let id: PersonId = person.person;
    let initial = Typed {
        role: person.role,
        from: now().day().first_of_month().to_string(),
    };
    let draft = use_draft(format!("reviews/score-as/{id}"), initial);
    let (submit, toasts, said) = (draft.submit(), use_toasts(), tr!(reviews.score_as_said));
    let save = move || {
        let typed = draft.value.get_untracked();
        let from = parse_day(&typed.from).unwrap_or_else(|| now().day());
        let as_of = ScoredAs {
            from,
            role: typed.role,
        };
        submit.run(
            Command::Review(ReviewCommand::ScoreAs(id, as_of)),
            move |_| {
                open.set(false);
                toasts.say(said.get_untracked());
            },
        );
    };
    let roles = ScoreRole::ALL.iter();
    let roles = options(roles.map(|it| (it.word(), role_name(*it))).collect());
    let role = Bound::word(
        draft.value,
        |typed| typed.role.word(),
        |typed| &mut typed.role,
    );
    view! {
        <Form on_submit=save in_sheet=true>
            <p>
                <bdi>{person.name}</bdi>
            </p>
            <SelectField label=tr!(reviews.scored_by) bind=role options=roles />
            <DateField
                label=tr!(reviews.from_day)
                hint=tr!(reviews.from_hint)
                bind=draft.bind(|typed| &typed.from, |typed| &mut typed.from)
            />
            <Refused submit />
            <Button label=tr!(reviews.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}
