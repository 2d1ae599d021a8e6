use caravan_domain::{
    command::Command,
    facts::Team,
    id::TeamId,
    people::{decision::PeopleDecision, query::PeopleView},
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::{use_engine, use_perform},
    format::now,
    random,
    ui::{
        Badge, Bound, Button, ButtonKind, CheckField, Each, EmptyState, Form, List, ListRow, Page,
        Sheet, Show, TextField,
    },
};

/// Teams are opened, renamed and closed here; who is in one stands on the person's page.
#[component]
pub(super) fn TeamsPage() -> impl IntoView {
    let people = use_engine().people();
    let open = RwSignal::new(false);
    let edited = RwSignal::new(None::<(TeamId, Team)>);
    let teams =
        Memo::new(move |_| people.with(|view| view.as_ref().map(lines).unwrap_or_default()));
    let members = tr!(people.members);
    view! {
        <Page
            title=tr!(people.teams)
            back="/people"
            main_action=move || {
                view! {
                    <Button
                        label=tr!(people.new_team)
                        kind=ButtonKind::Main
                        icon=icons::LuPlus
                        wide=true
                        on_press=move || {
                            edited.set(None);
                            open.set(true);
                        }
                    />
                }
            }
        >
            <List label=tr!(people.teams)>
                <Each each=move || teams.get() key=|line| line.clone() let:line>
                    {
                        let (id, team, count) = line;
                        let again = team.clone();
                        view! {
                            <ListRow
                                title=Signal::stored(team.name.clone())
                                detail=Signal::derive(move || format!("{} {count}", members.get()))
                                icon=icons::LuUsersRound
                                on_press=Callback::new(move |()| {
                                    edited.set(Some((id, again.clone())));
                                    open.set(true);
                                })
                            >
                                {team.closed.then(|| view! { <Badge label=tr!(people.closed) /> })}
                            </ListRow>
                        }
                    }
                </Each>
            </List>
            <Show when=move || people.with(Option::is_some) && teams.with(Vec::is_empty)>
                <EmptyState icon=icons::LuUsersRound title=tr!(people.no_teams) body=tr!(people.no_teams_body) />
            </Show>
            <TeamSheet open edited />
        </Page>
    }
}

fn lines(view: &PeopleView) -> Vec<(TeamId, Team, usize)> {
    view.teams
        .iter()
        .map(|(id, team)| {
            let members = view
                .people
                .iter()
                .filter(|line| line.person.team == Some(*id));
            (*id, team.clone(), members.count())
        })
        .collect()
}

#[component]
fn TeamSheet(open: RwSignal<bool>, edited: RwSignal<Option<(TeamId, Team)>>) -> impl IntoView {
    let perform = use_perform();
    let typed = RwSignal::new(Team {
        name: String::new(),
        closed: false,
    });
    Effect::new(move || {
        if open.get() {
            typed.set(edited.get_untracked().map_or_else(
                || Team {
                    name: String::new(),
                    closed: false,
                },
                |(_, team)| team,
            ));
        }
    });
    let saved = tr!(people.saved);
    let submit = move || {
        let known = edited.get_untracked().map(|(id, _)| id);
        let Some(team) = known.or_else(|| random::mint(now()).ok().map(TeamId)) else {
            return;
        };
        let Team { name, closed } = typed.get_untracked();
        open.set(false);
        let decision = PeopleDecision::DefineTeam { team, name, closed };
        perform.run(Command::People(decision), saved.get_untracked());
    };
    let may_close = Signal::derive(move || edited.with(Option::is_some));
    view! {
        <Sheet open title=tr!(people.team)>
            <Form on_submit=submit in_sheet=true>
                <TextField
                    label=tr!(people.team_name)
                    bind=Bound::part(typed, |team| &team.name, |team| &mut team.name)
                    required=true
                    max=80
                />
                <Show when=move || may_close.get()>
                    <CheckField
                        label=tr!(people.close_team)
                        hint=tr!(people.close_team_hint)
                        bind=Bound::part(typed, |team| &team.closed, |team| &mut team.closed)
                    />
                </Show>
                <Button label=tr!(people.save) kind=ButtonKind::Main wide=true submit=true />
            </Form>
        </Sheet>
    }
}
