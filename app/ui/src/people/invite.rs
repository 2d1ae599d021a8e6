use std::collections::BTreeSet;

use caravan_domain::{
    command::Command,
    facts::Employment,
    id::TeamId,
    people::decision::{Offer, PeopleDecision},
    role::{Role, Roles},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    fields::{OWN_TEAM_ROLES, RoleChoice, TeamChoice},
    link::InvitationLink,
    token::FreshToken,
    words::{employment_of, employment_options, employment_word},
};
use crate::{
    engine::{use_draft, use_engine},
    errors::{Explain, field_of},
    ui::{Button, ButtonKind, Form, Page, SelectField, Show, TextField},
};

/// Links are good for a week.
const GOOD_FOR_MILLIS: i64 = 7 * 24 * 60 * 60 * 1000;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    roles: Roles,
    team: Option<TeamId>,
    employment: String,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            name: String::new(),
            roles: BTreeSet::from([Role::AccountManager]),
            team: None,
            employment: employment_word(Employment::PartTime),
        }
    }
}

/// Name, role and team; then the link, which only this screen ever shows.
#[component]
pub(super) fn InvitePage() -> impl IntoView {
    let engine = use_engine();
    let people = engine.people();
    let explain = Explain::new();
    let draft = use_draft("people/invite", Typed::default());
    let submit = draft.submit();
    let failure = submit.failure;
    let link = RwSignal::new(None::<[u8; 16]>);
    let administers = Memo::new(move |_| {
        people.with(|view| view.as_ref().is_some_and(|view| view.may_administer))
    });
    let me = engine.me();
    let make_link = move || {
        let typed = draft.value.get_untracked();
        let team = match administers.get_untracked() {
            true => typed.team,
            false => me.with_untracked(|me| me.as_ref().and_then(|me| me.team)),
        };
        let Ok(fresh) = FreshToken::good_for(GOOD_FOR_MILLIS) else {
            return;
        };
        let offer = Offer {
            name: typed.name,
            roles: typed.roles,
            team,
            employment: employment_of(&typed.employment),
            token_hash: fresh.token_hash,
            expires_at: fresh.expires_at,
        };
        let decision = PeopleDecision::Invite {
            invitation: fresh.invitation,
            offer,
        };
        submit.run(Command::People(decision), move |_| {
            link.set(Some(fresh.token))
        });
    };
    let name_error = Signal::derive(move || {
        failure
            .get()
            .filter(|failure| field_of(failure).is_some())
            .map(|failure| explain.run(failure))
    });
    let other_error = move || {
        failure
            .get()
            .filter(|failure| field_of(failure).is_none())
            .map(|failure| explain.run(failure))
    };
    view! {
        <Page title=tr!(people.invite) back="/people">
            {move || match link.get() {
                Some(token) => {
                    view! {
                        <InvitationLink token intro=tr!(people.link_intro) />
                        <div class="px-4 pt-4">
                            <Button label=tr!(people.invite_another) wide=true on_press=move || link.set(None) />
                        </div>
                    }
                        .into_any()
                }
                None => {
                    view! {
                        <Form on_submit=make_link>
                            <TextField
                                label=tr!(people.name)
                                bind=draft.bind(|typed| &typed.name, |typed| &mut typed.name)
                                error=name_error
                                required=true
                                max=80
                            />
                            {move || {
                                let offered = if administers.get() { &Role::ALL } else { OWN_TEAM_ROLES };
                                view! {
                                    <RoleChoice
                                        label=tr!(people.roles)
                                        offered
                                        bind=draft.bind(|typed| &typed.roles, |typed| &mut typed.roles)
                                    />
                                }
                            }}
                            <Show when=move || administers.get()>
                                <TeamChoice people bind=draft.bind(|typed| &typed.team, |typed| &mut typed.team) />
                            </Show>
                            <SelectField
                                label=tr!(people.employment)
                                bind=draft.bind(|typed| &typed.employment, |typed| &mut typed.employment)
                                options=employment_options()
                            />
                            <p class="text-error" role="alert">
                                {other_error}
                            </p>
                            <Button label=tr!(people.make_link) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
                        </Form>
                    }
                        .into_any()
                }
            }}
        </Page>
    }
}
