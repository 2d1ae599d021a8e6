use std::collections::BTreeSet;

use caravan_domain::{
    command::Command,
    facts::PersonStatus,
    id::{Id, PersonId, TeamId},
    people::{
        decision::{PeopleDecision, PersonChange},
        query::PersonFile,
    },
    role::Role,
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

use super::{
    devices::DeviceList,
    fields::{RoleChoice, TeamChoice},
    forgotten::Forgotten,
    words::{RoleNames, employment_of, employment_options, employment_word, status_badge},
};
use crate::{
    agreements::PersonAgreements,
    development::DevelopmentLink,
    engine::{Perform, use_engine, use_perform},
    grades::GradeLink,
    recognition::RecognitionLink,
    surveys::FeedbackLink,
    ui::{
        Avatar, Badge, Bound, Button, ButtonKind, ConfirmSheet, EmptyState, Form, LinkButton, Page,
        SectionTitle, SelectField, Sheet, TelField, TextField,
    },
    work::WorkLink,
};

#[component]
pub(super) fn PersonPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        let text = params.with(|params| params.get("id").unwrap_or_default());
        text.parse().unwrap_or(PersonId(Id::ZERO))
    });
    let file = use_engine().person(move || id.get());
    let name = Signal::derive(move || {
        file.with(|file| {
            let file = file.as_ref()?.as_ref()?;
            Some(file.line.person.name.clone())
        })
        .unwrap_or_default()
    });
    view! {
        <Page title=name known_as=tr!(people.title) back="/people">
            {move || match file.get() {
                None => ().into_any(),
                Some(None) => {
                    view! { <EmptyState icon=icons::LuUserX title=tr!(people.unknown) body=tr!(people.unknown_body) /> }
                        .into_any()
                }
                Some(Some(file)) => view! { <PersonDetail file=*file /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn PersonDetail(file: PersonFile) -> impl IntoView {
    let roles = RoleNames::new();
    let editing = RwSignal::new(false);
    let line = file.line.clone();
    let person = line.person.clone();
    let held = person.roles.clone();
    let devices = file.devices.clone();
    let (administers, is_me) = (file.may_administer, file.is_me);
    let tel = (!person.phone.is_empty()).then(|| format!("tel:{}", person.phone));
    view! {
        <div class="flex items-center gap-4 px-4 pb-2">
            <Avatar name=Signal::stored(person.name.clone()) />
            <div class="min-w-0 flex-1">
                <p class="truncate">{move || roles.list(&held)}</p>
                <p class="text-sm text-muted">
                    <span class="tabular-nums">{line.code.clone()}</span>
                    " "
                    <bdi>{line.team_name.clone()}</bdi>
                </p>
            </div>
            {status_badge(person.status).map(|(label, tone)| view! { <Badge label tone /> })}
        </div>
        <p class="px-4 pb-3 text-muted">{tr!(people.holds, count = line.clients)}</p>
        <div class="flex flex-wrap gap-2 px-4">
            {tel
                .map(|tel| {
                    view! {
                        <a class="btn btn-plain" href=tel>
                            {tr!(people.call)}
                        </a>
                    }
                })}
            {(administers || is_me)
                .then(|| view! { <Button label=tr!(people.edit) icon=icons::LuPencil on_press=move || editing.set(true) /> })}
            {file
                .may_hand_over
                .then(|| {
                    view! {
                        <LinkButton
                            label=tr!(handovers.title)
                            href=format!("/people/{}/handover", line.id)
                            icon=icons::LuArrowRightLeft
                        />
                    }
                })}
        </div>
        <WorkLink person=line.id />
        <FeedbackLink person=line.id />
        <GradeLink person=line.id />
        <DevelopmentLink person=line.id />
        <RecognitionLink person=line.id />
        <PersonAgreements person=line.id />
        {(!devices.is_empty())
            .then(|| {
                view! {
                    <SectionTitle label=tr!(people.devices) />
                    <DeviceList devices=Signal::stored(devices) may_revoke=Signal::stored(administers || is_me) />
                }
            })}
        {file.may_renew_password.then(|| view! { <Forgotten id=line.id name=person.name.clone() /> })}
        {(administers && !is_me)
            .then(|| view! { <Standing id=line.id status=person.status hands_over=file.may_hand_over /> })}
        <EditSheet open=editing file />
    }
}

/// Suspended and deactivated people are cut off, and what is on their devices is wiped; deactivated ones also lose every device.
#[component]
fn Standing(
    id: PersonId,
    status: PersonStatus,
    /// Their clients find successors with it.
    hands_over: bool,
) -> impl IntoView {
    let perform = use_perform();
    let asking = RwSignal::new(false);
    let navigate = use_navigate();
    let deactivate = move || match hands_over {
        true => navigate(
            &format!("/people/{id}/handover?why=leaving"),
            NavigateOptions::default(),
        ),
        false => asking.set(true),
    };
    let (saved, change) = (tr!(people.saved), move |status| {
        Command::People(PeopleDecision::ChangePerson {
            person: id,
            change: PersonChange::Status(status),
        })
    });
    view! {
        <SectionTitle label=tr!(people.membership) />
        <div class="flex flex-wrap gap-2 px-4">
            {match status {
                PersonStatus::Active => {
                    view! {
                        <Button
                            label=tr!(people.suspend)
                            on_press=move || perform.run(change(PersonStatus::Suspended), saved.get_untracked())
                        />
                        <Button
                            label=tr!(people.deactivate)
                            kind=ButtonKind::Danger
                            on_press=deactivate
                        />
                    }
                        .into_any()
                }
                PersonStatus::Suspended | PersonStatus::Deactivated => {
                    view! {
                        <Button
                            label=tr!(people.reactivate)
                            on_press=move || perform.run(change(PersonStatus::Active), saved.get_untracked())
                        />
                    }
                        .into_any()
                }
            }}
        </div>
        <ConfirmSheet
            open=asking
            title=tr!(people.deactivate_question)
            body=tr!(people.deactivate_body)
            verb=tr!(people.deactivate)
            danger=true
            on_confirm=move || perform.run(change(PersonStatus::Deactivated), saved.get_untracked())
        />
    }
}

#[derive(Clone)]
struct Typed {
    name: String,
    phone: String,
    roles: BTreeSet<Role>,
    team: Option<TeamId>,
    employment: String,
}

impl Typed {
    fn of(file: &PersonFile) -> Self {
        let person = &file.line.person;
        Self {
            name: person.name.clone(),
            phone: person.phone.clone(),
            roles: person.roles.clone(),
            team: person.team,
            employment: employment_word(person.employment),
        }
    }

    /// One decision for each field that differs: the relay settles each by itself.
    fn changes(&self, before: &Self) -> Vec<PersonChange> {
        let mut changes = Vec::new();
        if self.name.trim() != before.name {
            changes.push(PersonChange::Name(self.name.clone()));
        }
        if self.phone.trim() != before.phone {
            changes.push(PersonChange::Phone(self.phone.trim().to_owned()));
        }
        if self.roles != before.roles {
            changes.push(PersonChange::Roles(self.roles.clone()));
        }
        if self.team != before.team {
            changes.push(PersonChange::Team(self.team));
        }
        if self.employment != before.employment {
            changes.push(PersonChange::Employment(employment_of(&self.employment)));
        }
        changes
    }
}

#[component]
fn EditSheet(open: RwSignal<bool>, file: PersonFile) -> impl IntoView {
    let before = Typed::of(&file);
    let typed = RwSignal::new(before.clone());
    let perform = use_perform();
    let people = use_engine().people();
    let saved = tr!(people.saved);
    let id = file.line.id;
    let (administers, changes_roles) = (file.may_administer, file.may_change_roles);
    let save = StoredValue::new(move |perform: Perform| {
        let changes = typed.with_untracked(|typed| typed.changes(&before));
        for change in changes {
            let decision = PeopleDecision::ChangePerson { person: id, change };
            perform.run(Command::People(decision), saved.get_untracked());
        }
    });
    view! {
        <Sheet open title=tr!(people.edit)>
            <Form
                on_submit=move || {
                    open.set(false);
                    save.with_value(|save| save(perform));
                }
                in_sheet=true
            >
                <TextField
                    label=tr!(people.name)
                    bind=Bound::part(typed, |typed| &typed.name, |typed| &mut typed.name)
                    required=true
                    max=80
                />
                <TelField
                    label=tr!(people.phone)
                    bind=Bound::part(typed, |typed| &typed.phone, |typed| &mut typed.phone)
                    max=40
                />
                {administers
                    .then(|| {
                        view! {
                            <TeamChoice people bind=Bound::part(typed, |typed| &typed.team, |typed| &mut typed.team) />
                            <SelectField
                                label=tr!(people.employment)
                                bind=Bound::part(typed, |typed| &typed.employment, |typed| &mut typed.employment)
                                options=employment_options()
                            />
                        }
                    })}
                {changes_roles
                    .then(|| {
                        view! {
                            <RoleChoice
                                label=tr!(people.roles)
                                bind=Bound::part(typed, |typed| &typed.roles, |typed| &mut typed.roles)
                            />
                        }
                    })}
                <Button label=tr!(people.save) kind=ButtonKind::Main wide=true submit=true />
            </Form>
        </Sheet>
    }
}
