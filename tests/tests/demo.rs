//! A small demo workspace on a real relay: as many people and clients as asked for, each with the
//! role they have, and nobody with more than they may see.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use caravan_domain::facts::Facts;
use caravan_domain::query::{Answer, Query};
use caravan_domain::role::Role;
use caravan_domain::today::view::TodayView;
use caravan_domain::visits::record::{Presence, VisitState};
use caravan_port::act::SignInForm;
use caravan_port::ask::{Ask, Told};
use caravan_tests::demo::{Device, Guide, Relay, Size, fill};

const SIZE: Size = Size {
    clients: 110,
    members: 2,
    days: 45,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_sees_what_is_theirs() -> Result<()> {
    let data = tempfile::tempdir()?;
    let relay = Relay::start(data.path()).await?;
    let guide = fill(&relay, 7, SIZE, |_| {}).await?;
    let [director, manager, member] = [0, 1, 2].map(|place| (place, &guide));
    let director = sign_in(&relay, director).await?;
    let manager = sign_in(&relay, manager).await?;
    let member = sign_in(&relay, member).await?;

    roles_are_filled(&director.facts());
    assert_eq!(director.rows().clients.len(), SIZE.clients);
    sees_only_the_team(&manager);
    sees_only_their_own(&member);

    a_year_has_passed(&director);
    let conflicts = |device: &Device| {
        let rows = device.rows();
        rows.clients
            .values()
            .filter(|row| row.conflicts > 0)
            .count()
    };
    assert_eq!(conflicts(&director), 3, "one disagreement in each team");
    assert_eq!(conflicts(&member), 1);
    has_something_to_do(&today(&member).await?);
    relay.stop().await
}

fn roles_are_filled(facts: &Facts) {
    let with = |role| {
        let people = facts.people.values();
        people.filter(|person| person.roles.contains(&role)).count()
    };
    assert_eq!(with(Role::Director), 1);
    assert_eq!(with(Role::TeamManager), 3);
    assert_eq!(with(Role::AccountManager), 3 * SIZE.members);
    let names: BTreeSet<_> = facts.people.values().map(|person| &person.name).collect();
    assert_eq!(
        names.len(),
        facts.people.len(),
        "people sign in by their names"
    );
    assert!(facts.people.values().all(|person| !person.phone.is_empty()));
}

fn sees_only_the_team(manager: &Device) {
    let facts = manager.facts();
    assert!(manager.rows().clients.len() < SIZE.clients);
    for client in manager.rows().clients.keys() {
        let grant = &facts.grants[&(*client).into()];
        assert!(
            facts.same_team(grant.owner, manager.person())
                || grant.shared_with.contains(&manager.person())
        );
    }
}

fn sees_only_their_own(member: &Device) {
    let (facts, me) = (member.facts(), member.person());
    let rows = member.rows();
    assert!(rows.clients.len() > 5);
    for client in rows.clients.keys() {
        let grant = &facts.grants[&(*client).into()];
        assert!(grant.owner == me || grant.shared_with.contains(&me));
    }
    assert!(rows.tasks.keys().all(|(person, _)| person == me));
}

fn a_year_has_passed(director: &Device) {
    let rows = director.rows();
    let visits: Vec<_> = rows.visits.iter().collect();
    let count = |wanted| visits.iter().filter(|row| row.state == wanted).count();
    assert!(count(VisitState::Done) > SIZE.clients / 2);
    assert!(count(VisitState::Planned) > 0);
    let grades: BTreeSet<_> = visits.iter().filter_map(|row| row.presence).collect();
    assert!(grades.contains(&Presence::Verified) && grades.contains(&Presence::Unverified));
}

fn has_something_to_do(today: &TodayView) {
    assert!(!today.visits.is_empty());
    assert!(!today.tasks.is_empty());
    assert!(!today.birthdays.is_empty());
    assert_eq!(today.conflicts.len(), 1);
    assert_eq!(today.needs_attention, 0);
}

async fn sign_in(relay: &Relay, (place, guide): (usize, &Guide)) -> Result<Device> {
    let form = SignInForm {
        workspace: guide.workspace.parse()?,
        person: guide.people[place].name.clone(),
        password: guide.password.clone(),
        label: "Test".to_owned(),
    };
    Device::sign_in(&relay.address(), form).await
}

async fn today(device: &Device) -> Result<TodayView> {
    match device.ask(&Ask::Rows(Query::Today)).await? {
        Told::Rows(Answer::Today(view)) => Ok(*view),
        other => bail!("today was asked for, not {other:?}"),
    }
}
