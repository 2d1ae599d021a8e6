//! Asking: which topics, whom, until when.

use std::collections::BTreeSet;

use caravan_domain::{
    calendar::{parse_day, plus_days},
    command::{Command, Field, RecordRef},
    id::TeamId,
    role::{Role, Roles},
    training::{
        command::TrainingCommand,
        course::Topic,
        needs::{
            command::NeedsCommand,
            round::{NeedTopic, ROUND_TITLE_MAX, RoundPlan},
            view::NeedsView,
        },
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{use_draft, use_engine},
    format::now,
    forms::{Elsewhere, use_error_of},
    people::RoleChoice,
    training::words::TopicNames,
    ui::{
        Bound, Button, ButtonKind, CheckField, DateField, Form, Page, RestoredNote, TagsField,
        TextField, use_past_the_form, use_toasts,
    },
};

const USUAL_DAYS: i64 = 14;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    title: String,
    topics: BTreeSet<Topic>,
    own: Vec<String>,
    roles: Roles,
    teams: BTreeSet<TeamId>,
    until: String,
}

impl Typed {
    /// Everything there is to learn, of those who work with clients; a team's manager asks that team.
    fn new(view: &NeedsView, until: String) -> Self {
        let teams = view.teams.iter().filter(|_| !view.may_ask_all);
        Self {
            topics: view.topics.iter().copied().collect(),
            roles: [Role::AccountManager].into(),
            teams: teams.map(|(team, _)| *team).collect(),
            until,
            ..Self::default()
        }
    }

    fn plan(&self) -> RoundPlan {
        let known = self.topics.iter().copied().map(NeedTopic::Of);
        let own = self.own.iter().cloned().map(NeedTopic::Words);
        RoundPlan {
            title: self.title.clone(),
            topics: known.chain(own).collect(),
            roles: self.roles.clone(),
            teams: self.teams.clone(),
            until: parse_day(&self.until).unwrap_or_default(),
        }
    }
}

/// `/training/needs/new`.
#[component]
pub(in super::super) fn RoundFormPage() -> impl IntoView {
    let view = use_engine().needs();
    // What can be asked as it was when the form was opened.
    let opened = Memo::new(move |before: Option<&Option<NeedsView>>| match before {
        Some(Some(known)) => Some(known.clone()),
        _ => view.get().filter(|view| view.may_open),
    });
    view! {
        <Page title=tr!(needs.new) back="/training/needs">
            {move || opened.get().map(|offered| view! { <RoundForm offered /> })}
        </Page>
    }
}

#[component]
fn RoundForm(offered: NeedsView) -> impl IntoView {
    let until = plus_days(untrack(now).day(), USUAL_DAYS).to_string();
    let draft = use_draft("training/needs/new", Typed::new(&offered, until));
    let (typed, submit) = (draft.value, draft.submit());
    let (open, toasts, said) = (use_past_the_form(), use_toasts(), tr!(needs.sent));
    let save = move || {
        let open = open.clone();
        let command = NeedsCommand::Open(typed.with_untracked(Typed::plan));
        let command = Command::Training(TrainingCommand::Needs(command));
        submit.run(command, move |ran| {
            toasts.say(said.get_untracked());
            if let Some(RecordRef::Round(round)) = ran.created {
                open(&format!("/training/needs/{round}"));
            }
        });
    };
    let shown = &[Field::Title, Field::Topics, Field::People, Field::Due];
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <TextField
                label=tr!(needs.name)
                error=use_error_of(submit.failure, Field::Title)
                bind=Bound::part(typed, |typed| &typed.title, |typed| &mut typed.title)
                required=true
                max=u32::try_from(ROUND_TITLE_MAX).unwrap_or(u32::MAX)
            />
            <Topics typed topics=offered.topics />
            <TagsField
                label=tr!(needs.own_topics)
                hint=tr!(needs.own_topics_hint)
                bind=Bound::part(typed, |typed| &typed.own, |typed| &mut typed.own)
            />
            <p class="text-error empty:hidden" role="alert">
                {use_error_of(submit.failure, Field::Topics)}
            </p>
            <RoleChoice
                label=tr!(needs.ask_roles)
                bind=Bound::part(typed, |typed| &typed.roles, |typed| &mut typed.roles)
            />
            <Teams typed teams=offered.teams may_choose=offered.may_ask_all />
            <p class="text-error empty:hidden" role="alert">
                {use_error_of(submit.failure, Field::People)}
            </p>
            <DateField
                label=tr!(needs.until)
                hint=tr!(needs.until_hint)
                error=use_error_of(submit.failure, Field::Due)
                bind=Bound::part(typed, |typed| &typed.until, |typed| &mut typed.until)
            />
            <Elsewhere failure=submit.failure shown />
            <Button label=tr!(needs.send) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

#[component]
fn Topics(typed: RwSignal<Typed>, topics: Vec<Topic>) -> impl IntoView {
    let names = TopicNames::new();
    let hint = match topics.is_empty() {
        true => tr!(needs.no_topics),
        false => tr!(needs.topics_hint),
    };
    let chosen = Bound::part(typed, |typed| &typed.topics, |typed| &mut typed.topics);
    let choices = topics.into_iter().map(|topic| {
        let bind = chosen.member(topic);
        view! { <CheckField label=Signal::derive(move || names.name(topic)) bind /> }
    });
    let choices = choices.collect_view();
    view! {
        <fieldset class="flex flex-col">
            <legend class="text-sm font-medium">{tr!(needs.topics)}</legend>
            <p class="text-sm text-muted">{hint}</p>
            {choices}
        </fieldset>
    }
}

/// A tick for each team, or the one that a manager asks.
#[component]
fn Teams(typed: RwSignal<Typed>, teams: Vec<(TeamId, String)>, may_choose: bool) -> impl IntoView {
    if !may_choose {
        let names: Vec<_> = teams.into_iter().map(|(_, name)| name).collect();
        let team = names.join(" · ");
        return view! { <p>{tr!(needs.ask_own, team = team.clone())}</p> }.into_any();
    }
    if teams.is_empty() {
        return ().into_any();
    }
    let chosen = Bound::part(typed, |typed| &typed.teams, |typed| &mut typed.teams);
    let choices = teams.into_iter().map(|(team, name)| {
        let bind = chosen.member(team);
        view! { <CheckField label=Signal::stored(name) bind /> }
    });
    let choices = choices.collect_view();
    view! {
        <fieldset class="flex flex-col">
            <legend class="text-sm font-medium">{tr!(needs.ask_teams)}</legend>
            <p class="text-sm text-muted">{tr!(needs.ask_teams_hint)}</p>
            {choices}
        </fieldset>
    }
    .into_any()
}
