//! What the wizard is filled with, and which capsules wait to be read.

use std::collections::{BTreeMap, BTreeSet};

use crate::agreements::standing::waits;
use crate::clients::ownership::{held_back, may_move};
use crate::clients::record::Client;
use crate::document::DocumentId;
use crate::handovers::capsule::Capsule;
use crate::handovers::rights;
use crate::handovers::row::CapsuleRow;
use crate::handovers::suggest::{Piece, Room, suggest};
use crate::handovers::view::{
    CapsuleFile, CapsuleLine, GivenClient, GivenTask, HandoverView, PastHandover, Taker, TalkLine,
};
use crate::id::{ClientId, HandoverId, PersonId};
use crate::order::{gathered, sort_by};
use crate::people::change::may_deactivate;
use crate::query::Sources;
use crate::role::Role;
use crate::search;
use crate::tasks::answer::open_tasks_of;
use crate::time::Day;
use crate::visits;
use crate::visits::record::VisitState;

pub(crate) fn view(from: PersonId, sources: &Sources<'_>) -> Option<Box<HandoverView>> {
    let facts = sources.facts;
    facts.people.get(&from)?;
    let may = rights::may_hand_over(from, sources.me, facts);
    let owned = owned(sources);
    let theirs = owned.get(&from).map(Vec::as_slice).unwrap_or_default();
    let takers = match may {
        true => takers(from, &owned, sources),
        false => Vec::new(),
    };
    let tasks = tasks(from, theirs, sources);
    Some(Box::new(HandoverView {
        from,
        name: sources.name_of(from),
        may,
        may_leave: may && from != sources.me && may_deactivate(from, sources.me, facts),
        clients: given(from, theirs, &tasks, &takers, &owned, sources),
        tasks,
        takers,
        past: past(from, sources),
    }))
}

/// Clients by whose they are.
fn owned(sources: &Sources<'_>) -> BTreeMap<PersonId, Vec<ClientId>> {
    let mut owned = BTreeMap::<_, Vec<_>>::new();
    for (document, grant) in &sources.facts.grants {
        if let Some(client) = document.client() {
            owned.entry(grant.owner).or_default().push(client);
        }
    }
    owned
}

/// Those who work with clients, and to whom the asker may move some of this person's.
fn takers(
    from: PersonId,
    owned: &BTreeMap<PersonId, Vec<ClientId>>,
    sources: &Sources<'_>,
) -> Vec<Taker> {
    const HOLDERS: [Role; 3] = [Role::AccountManager, Role::TeamManager, Role::Director];
    let facts = sources.facts;
    let able = facts.people.iter().filter(|(person, known)| {
        let holds = HOLDERS.iter().any(|role| known.roles.contains(role));
        let active = facts.active(**person).is_some();
        **person != from && holds && active && may_move(from, **person, sources.me, facts)
    });
    let mut takers: Vec<_> = able
        .map(|(person, known)| {
            let team = known.team.and_then(|team| facts.teams.get(&team));
            let open = open_tasks_of(Some(*person), sources);
            Taker {
                person: *person,
                name: known.name.clone(),
                team_name: team.map(|team| team.name.clone()).unwrap_or_default(),
                clients: count(owned.get(person).map_or(0, Vec::len)),
                tasks: count(open.count()),
                held_back: held_back(*person, facts, sources.now).is_some(),
                waits: waits(*person, facts),
            }
        })
        .collect();
    sort_by(&mut takers, |one, other| {
        let key = |it: &Taker| (search::sort_key(&it.name), it.person);
        key(one).cmp(&key(other))
    });
    takers
}

fn given(
    from: PersonId,
    theirs: &[ClientId],
    tasks: &[GivenTask],
    takers: &[Taker],
    owned: &BTreeMap<PersonId, Vec<ClientId>>,
    sources: &Sources<'_>,
) -> Vec<GivenClient> {
    let mut given: Vec<_> = theirs
        .iter()
        .map(|client| {
            let row = sources.rows.clients.get(client);
            GivenClient {
                client: *client,
                name: row.map(|row| row.name.clone()).unwrap_or_default(),
                grade: row.map(|row| row.grade).unwrap_or_default(),
                region: row.map(|row| row.region.clone()).unwrap_or_default(),
                archived: row.is_some_and(|row| row.archived),
                tasks: count(tasks.iter().filter(|it| it.client == Some(*client)).count()),
                visit_on: visit_on(*client, from, sources),
                next_step: row.map(|row| row.next_step.clone()).unwrap_or_default(),
                next_on: row.and_then(|row| row.next_on),
                suggested: None,
            }
        })
        .collect();
    sort_by(&mut given, |one, other| {
        let key = |it: &GivenClient| (it.archived, search::sort_key(&it.name), it.client);
        key(one).cmp(&key(other))
    });
    let mut rooms = rooms(takers, owned, sources);
    let pieces: Vec<_> = given
        .iter()
        .map(|it| {
            let grant = sources.facts.grants.get(&it.client.into());
            Piece {
                region: &it.region,
                shared_with: grant.map(|grant| &grant.shared_with),
            }
        })
        .collect();
    let suggested = suggest(&pieces, &mut rooms);
    for (line, suggested) in given.iter_mut().zip(suggested) {
        line.suggested = suggested;
    }
    given
}

/// Account managers, as long as there are any; whoever must learn first is not suggested.
fn rooms<'a>(
    takers: &[Taker],
    owned: &BTreeMap<PersonId, Vec<ClientId>>,
    sources: &Sources<'a>,
) -> Vec<Room<'a>> {
    let works = |taker: &Taker| sources.facts.has_role(taker.person, Role::AccountManager);
    let nobody_works = !takers.iter().any(|it| !it.held_back && works(it));
    let able = takers.iter().filter(|taker| {
        let first_choice = nobody_works || works(taker);
        !taker.held_back && first_choice
    });
    let rows = sources.rows;
    able.map(|taker| {
        let mut regions = BTreeMap::<&'a str, u32>::new();
        let theirs = owned.get(&taker.person).map(Vec::as_slice);
        for client in theirs.unwrap_or_default() {
            if let Some(row) = rows.clients.get(client) {
                *regions.entry(row.region.as_str()).or_default() += 1;
            }
        }
        Room {
            person: taker.person,
            clients: taker.clients,
            regions,
        }
    })
    .collect()
}

fn tasks(from: PersonId, theirs: &[ClientId], sources: &Sources<'_>) -> Vec<GivenTask> {
    let theirs: BTreeSet<_> = gathered(theirs.iter().copied());
    let open = open_tasks_of(Some(from), sources);
    let mut tasks: Vec<_> = open
        .map(|task| GivenTask {
            task: task.id,
            title: task.draft.title.clone(),
            due: task.draft.due,
            client: task.draft.client.filter(|client| theirs.contains(client)),
        })
        .collect();
    sort_by(&mut tasks, |one, other| {
        let key = |it: &GivenTask| (it.due.is_none(), it.due, it.task);
        key(one).cmp(&key(other))
    });
    tasks
}

fn visit_on(client: ClientId, from: PersonId, sources: &Sources<'_>) -> Option<Day> {
    let open = &sources.rows.index.open_visits;
    let visits = open.range(visits::row::of(client)).map(|(_, row)| row);
    let planned = visits.filter(|row| row.by == from && row.state == VisitState::Planned);
    planned.map(|row| row.planned_on).min()
}

fn past(from: PersonId, sources: &Sources<'_>) -> Vec<PastHandover> {
    let all = (from, HandoverId::FIRST)..=(from, HandoverId::LAST);
    let known = sources.facts.handovers.range(all);
    let mut past: Vec<_> = known
        .map(|(key, known)| PastHandover {
            handover: key.1,
            at: known.at,
            by_name: sources.name_of(known.by),
            to_names: known
                .takers
                .iter()
                .map(|person| sources.name_of(*person))
                .collect(),
            clients: count(known.clients.len()),
            left: known.left,
            provisional: !sources.settled.handovers.contains_key(key),
        })
        .collect();
    sort_by(&mut past, |one, other| {
        (other.at, other.handover).cmp(&(one.at, one.handover))
    });
    past
}

/// The clients that came to the asker and are theirs still, with the latest capsule of each, the earliest first.
pub(crate) fn unread(sources: &Sources<'_>) -> Vec<CapsuleLine> {
    let mut latest = BTreeMap::<ClientId, &CapsuleRow>::new();
    for (_, row) in sources.rows.capsules.iter() {
        latest.entry(row.client).or_insert(row);
    }
    let mine = latest.into_values().filter(|row| {
        let owner = sources.facts.owner(row.client.into());
        row.to == sources.me && row.read_at.is_none() && owner == Some(sources.me)
    });
    let mut lines: Vec<_> = mine
        .map(|row| CapsuleLine {
            handover: row.handover,
            client: row.client,
            client_name: sources
                .rows
                .clients
                .get(&row.client)
                .map(|client| client.name.clone())
                .unwrap_or_default(),
            from_name: sources.name_of(row.from),
            at: row.at,
        })
        .collect();
    sort_by(&mut lines, |one, other| {
        (one.at, &one.client_name, one.client).cmp(&(other.at, &other.client_name, other.client))
    });
    lines
}

/// Those in an opened client, the latest first.
pub(crate) fn files(
    client: &Client,
    capsules: Vec<Capsule>,
    sources: &Sources<'_>,
) -> Vec<CapsuleFile> {
    let owner = sources.facts.owner(DocumentId::from(client.id));
    let latest = capsules.first().map(|capsule| capsule.handover);
    let files = capsules.into_iter().map(|capsule| {
        let mine = capsule.to == sources.me && owner == Some(sources.me);
        let awaits_me = mine && capsule.read_at().is_none() && latest == Some(capsule.handover);
        CapsuleFile {
            from_name: sources.name_of(capsule.from),
            to_name: sources.name_of(capsule.to),
            by_name: sources.name_of(capsule.by),
            talks: talks(client, &capsule, sources),
            awaits_me,
            capsule,
        }
    });
    files.collect()
}

fn talks(client: &Client, capsule: &Capsule, sources: &Sources<'_>) -> Vec<TalkLine> {
    let known = capsule.talks.iter().filter_map(|id| {
        let mut all = client.interactions.iter();
        all.find(|entry| entry.id == *id)
    });
    known
        .map(|entry| TalkLine {
            at: entry.happened_at,
            kind: entry.kind,
            by_name: sources.name_of(entry.by),
            text: entry.text.clone(),
        })
        .collect()
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
