use caravan_domain::command::Command;
use caravan_domain::{
    facts::{Invitation, InvitationState},
    id::InvitationId,
    people::{
        decision::PeopleDecision,
        query::{PeopleView, PersonLine},
    },
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::words::{RoleNames, status_badge};
use crate::{
    engine::{use_engine, use_perform},
    format::use_format,
    recognition::WallLink,
    ui::{
        Avatar, Badge, Button, ButtonKind, Each, EmptyState, List, ListRow, MainLink, Page,
        SearchField, SectionTitle, Show, Tone,
    },
};

/// Everybody the reader works with, by name, and the invitations that are still open.
#[component]
pub(super) fn PeoplePage() -> impl IntoView {
    let people = use_engine().people();
    let word = RwSignal::new(String::new());
    let shown = Memo::new(move |_| {
        people.with(|view| {
            view.as_ref()
                .map(|view| matching(view, &word.read()))
                .unwrap_or_default()
        })
    });
    let may = move |read: fn(&PeopleView) -> bool| {
        Memo::new(move |_| people.with(|view| view.as_ref().is_some_and(read)))
    };
    let (may_invite, may_administer) =
        (may(|view| view.may_invite), may(|view| view.may_administer));
    view! {
        <Page
            title=tr!(people.title)
            main_action=move || {
                view! { <MainLink label=tr!(people.invite) href="/invite" icon=icons::LuUserPlus may=may_invite /> }
            }
        >
            <div class="px-4 pb-2">
                <SearchField label=tr!(people.search) word />
            </div>
            <Show when=move || may_administer.get()>
                <List>
                    <ListRow title=tr!(people.teams) icon=icons::LuUsersRound href="/teams" />
                </List>
            </Show>
            <WallLink />
            <Invitations people />
            <SectionTitle label=tr!(people.everybody) />
            <List label=tr!(people.everybody)>
                <Each each=move || shown.get() key=|line| line.clone() let:line>
                    <PersonRow line />
                </Each>
            </List>
            <Show when=move || people.with(Option::is_some) && shown.with(Vec::is_empty)>
                <EmptyState icon=icons::LuSearchX title=tr!(people.nobody) body=tr!(people.nobody_body) />
            </Show>
        </Page>
    }
}

fn matching(view: &PeopleView, word: &str) -> Vec<PersonLine> {
    let word = word.trim().to_lowercase();
    view.people
        .iter()
        .filter(|line| {
            word.is_empty()
                || [&line.person.name, &line.code, &line.team_name]
                    .iter()
                    .any(|text| text.to_lowercase().contains(&word))
        })
        .cloned()
        .collect()
}

#[component]
fn PersonRow(line: PersonLine) -> impl IntoView {
    let roles = RoleNames::new();
    let detail = {
        let (team, held) = (line.team_name.clone(), line.person.roles.clone());
        Signal::derive(move || {
            let roles = roles.list(&held);
            match team.is_empty() {
                true => roles,
                false => format!("{team} · {roles}"),
            }
        })
    };
    let name = line.person.name.clone();
    view! {
        <ListRow
            title=Signal::stored(name.clone())
            detail
            href=format!("/people/{}", line.id)
            lead=ViewFnOnce::from(move || view! { <Avatar name=Signal::stored(name) /> })
        >
            {line.provisional.then(|| view! { <Badge label=tr!(people.provisional) tone=Tone::Info /> })}
            {status_badge(line.person.status).map(|(label, tone)| view! { <Badge label tone /> })}
            <span class="text-sm text-muted tabular-nums">{line.code.clone()}</span>
        </ListRow>
    }
}

#[component]
fn Invitations(people: Signal<Option<PeopleView>>) -> impl IntoView {
    let open = Memo::new(move |_| {
        people.with(|view| {
            let all = view.iter().flat_map(|view| view.invitations.iter());
            all.filter(|(_, invitation)| invitation.state == InvitationState::Open)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || !open.with(Vec::is_empty)>
            <SectionTitle label=tr!(people.invited) />
            <List label=tr!(people.invited)>
                <Each each=move || open.get() key=|(id, _)| *id let:entry>
                    <InvitationRow id=entry.0 invitation=entry.1 />
                </Each>
            </List>
        </Show>
    }
}

#[component]
fn InvitationRow(id: InvitationId, invitation: Invitation) -> impl IntoView {
    let perform = use_perform();
    let format = use_format();
    let done = tr!(people.invitation_cancelled);
    let expires = invitation.expires_at;
    let detail = tr!(people.expires, day = format.day(expires.day()));
    view! {
        <ListRow title=Signal::stored(invitation.name) detail icon=icons::LuTicket>
            <Button
                label=tr!(people.cancel_invitation)
                kind=ButtonKind::Quiet
                on_press=move || {
                    perform
                        .run(
                            Command::People(PeopleDecision::CancelInvitation { invitation: id }),
                            done.get_untracked(),
                        );
                }
            />
        </ListRow>
    }
}
