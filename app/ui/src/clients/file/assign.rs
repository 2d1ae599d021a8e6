use std::collections::BTreeSet;

use caravan_domain::{
    clients::{command::ClientCommand, file::ClientFile},
    command::Command,
    facts::PersonStatus,
    id::{ClientId, PersonId},
    people::query::PersonLine,
    role::Role,
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::{use_engine, use_perform},
    ui::{Avatar, Each, Icon, List, ListRow, Sheet, Show},
};

/// Gives the client to somebody else: a decision of the relay, provisional until it has answered.
#[component]
pub(super) fn AssignSheet(
    open: RwSignal<bool>,
    id: ClientId,
    file: Memo<Option<ClientFile>>,
) -> impl IntoView {
    let perform = use_perform();
    let said = tr!(clients.assigned);
    let owner = Memo::new(move |_| file.with(|file| file.as_ref().and_then(|file| file.owner)));
    view! {
        <Sheet open title=tr!(clients.assign)>
            <Candidates
                held=Signal::derive(move || owner.get().into_iter().collect())
                on_pick=move |person| {
                    open.set(false);
                    if owner.get_untracked() != Some(person) {
                        let command = ClientCommand::Assign {
                            clients: vec![id],
                            owner: person,
                        };
                        perform.run(Command::Client(command), said.get_untracked());
                    }
                }
            />
        </Sheet>
    }
}

/// Shares the client with colleagues, or stops sharing.
#[component]
pub(super) fn ShareSheet(
    open: RwSignal<bool>,
    id: ClientId,
    file: Memo<Option<ClientFile>>,
) -> impl IntoView {
    let perform = use_perform();
    let (shared, stopped) = (tr!(clients.shared), tr!(clients.unshared));
    let held = Signal::derive(move || {
        file.with(|file| {
            let with = file.iter().flat_map(|file| file.shared_with.iter());
            with.map(|(person, _)| *person).collect::<BTreeSet<_>>()
        })
    });
    view! {
        <Sheet open title=tr!(clients.share)>
            <p class="px-4 pb-2 text-sm text-muted">{tr!(clients.share_hint)}</p>
            <Candidates
                held
                on_pick=move |with| {
                    match held.with_untracked(|held| held.contains(&with)) {
                        true => {
                            let command = ClientCommand::Unshare { client: id, with };
                            perform.run(Command::Client(command), stopped.get_untracked());
                        }
                        false => {
                            let command = ClientCommand::Share { client: id, with };
                            perform.run(Command::Client(command), shared.get_untracked());
                        }
                    }
                }
            />
        </Sheet>
    }
}

/// Active people who can hold a client; a check marks those who do.
#[component]
fn Candidates(
    held: Signal<BTreeSet<PersonId>>,
    #[prop(into)] on_pick: Callback<PersonId>,
) -> impl IntoView {
    let people = use_engine().people();
    let lines = Memo::new(move |_| {
        people.with(|view| {
            let all = view.iter().flat_map(|view| view.people.iter());
            all.filter(|line| holds_clients(line))
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    view! {
        <List>
            <Each each=move || lines.get() key=|line| line.id let:line>
                {
                    let (id, name) = (line.id, line.person.name.clone());
                    let (team, waits) = (line.team_name.clone(), line.waits_for_signature);
                    let waiting = tr!(agreements.waits_short);
                    let detail = Signal::derive(move || match (team.is_empty(), waits) {
                        (_, false) => team.clone(),
                        (true, true) => waiting.get(),
                        (false, true) => format!("{team} · {}", waiting.get()),
                    });
                    view! {
                        <ListRow
                            title=Signal::stored(name.clone())
                            detail
                            lead=ViewFnOnce::from(move || view! { <Avatar name=Signal::stored(name) /> })
                            on_press=Callback::new(move |()| on_pick.run(id))
                        >
                            <Show when=move || held.with(|held| held.contains(&id))>
                                <Icon icon=icons::LuCheck />
                                <span class="sr-only">{tr!(clients.chosen)}</span>
                            </Show>
                        </ListRow>
                    }
                }
            </Each>
        </List>
    }
}

fn holds_clients(line: &PersonLine) -> bool {
    const HOLDERS: [Role; 3] = [Role::AccountManager, Role::TeamManager, Role::Director];
    line.person.status == PersonStatus::Active
        && line.person.roles.iter().any(|role| HOLDERS.contains(role))
}
