//! Clients change hands, with what was promised (R02, U6).

use std::collections::BTreeMap;

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::clients::record::{InteractionDraft, InteractionKind};
use caravan_domain::command::{Command, CommandError, Field as FormField};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::PersonStatus;
use caravan_domain::handovers::capsule::{Capsule, Why};
use caravan_domain::handovers::command::{HandoverCommand, HandoverDraft};
use caravan_domain::handovers::decision::{CLIENTS_MAX, HandOver};
use caravan_domain::handovers::view::{Because, HandoverView};
use caravan_domain::id::{ClientId, DeviceId, HandoverId, PersonId, TaskId, VisitId};
use caravan_domain::policy::{is_minted, is_place_of, may_claim, may_know, may_put, may_write};
use caravan_domain::query::{Answer, Query};
use caravan_domain::tasks::record::TaskStatus;
use caravan_domain::today::view::TodayView;
use caravan_domain::value::{Map, Value};
use caravan_domain::visits::record::Visit;

use crate::field::{
    ADMIN, ALICE, BOB, CAROL, DIRECTOR, EAST_MANAGER, FINANCE, Field, WEST_MANAGER, contact, id,
    named, today, visit_to,
};
use crate::task_commands::draft as task;

const PHONE: DeviceId = DeviceId(id(71));

/// The director gives one of Alice's clients away.
pub(crate) fn give(field: &mut Field, client: ClientId, to: PersonId) {
    let draft = draft(&[(client, to)]);
    field.run(DIRECTOR, hand_over(draft)).unwrap();
}

fn draft(clients: &[(ClientId, PersonId)]) -> HandoverDraft {
    HandoverDraft {
        from: ALICE,
        clients: clients.iter().copied().collect(),
        tasks: BTreeMap::new(),
        why: Why::Region,
        note: "客户爱喝龙井".to_owned(),
        notes: BTreeMap::new(),
    }
}

fn hand_over(draft: HandoverDraft) -> Command {
    Command::Handover(HandoverCommand::HandOver(draft))
}

fn decision(clients: &[(ClientId, PersonId)], leaves: bool) -> Decision {
    Decision::HandOver(HandOver {
        handover: HandoverId(id(80)),
        from: ALICE,
        clients: clients.iter().copied().collect(),
        takers: [].into(),
        leaves,
    })
}

impl Field {
    fn handover(&self, me: PersonId, from: PersonId) -> HandoverView {
        match self.ask(me, &Query::Handover(from)) {
            Answer::Handover(Some(view)) => *view,
            other => panic!("{other:?}"),
        }
    }

    fn capsules(&self, client: ClientId) -> Vec<Capsule> {
        Capsule::read_all(client, &self.trees[&client.into()])
    }

    fn first_screen(&self, me: PersonId) -> TodayView {
        match self.ask(me, &Query::Today) {
            Answer::Today(view) => *view,
            other => panic!("{other:?}"),
        }
    }

    fn visit(&self, client: ClientId, visit: VisitId) -> Visit {
        let all = Visit::read_all(client, &self.trees[&client.into()]);
        all.into_iter().find(|known| known.id == visit).unwrap()
    }

    fn task_of(&self, person: PersonId, task: TaskId) -> TaskStatus {
        self.rows.tasks.get(&(person, task)).unwrap().task.status
    }
}

/// A client of Alice's with a visit planned, a task, a birthday soon and something said.
fn full(field: &mut Field) -> (ClientId, VisitId, TaskId) {
    let mut shen = contact("沈洁", &["13812345678"]);
    shen.title = "店长".to_owned();
    shen.birthday = "1990-11-20".to_owned();
    let mut client = named("龙井茶庄");
    client.contacts = vec![shen];
    let client = field.create(ALICE, client);
    let log = ClientCommand::LogInteraction {
        client,
        draft: InteractionDraft {
            kind: InteractionKind::Call,
            text: "答应月底送样".to_owned(),
            happened_at: None,
            corrects: None,
        },
    };
    field.run(ALICE, Command::Client(log)).unwrap();
    let visit = field.plan_visit(ALICE, visit_to(client, ALICE, today()));
    let mut about = task(ALICE);
    about.client = Some(client);
    let task = field.create_task(EAST_MANAGER, about);
    (client, visit, task)
}

#[test]
fn a_client_goes_with_its_promises_and_a_capsule() {
    let mut field = Field::new();
    let (client, visit, task) = full(&mut field);
    let mut draft = draft(&[(client, BOB)]);
    draft.tasks = [(task, BOB)].into();
    draft.notes = [(client, "下午三点后再去".to_owned())].into();
    field.run(EAST_MANAGER, hand_over(draft)).unwrap();

    assert_eq!(field.facts.owner(client.into()), Some(BOB));
    assert_eq!(field.visit(client, visit).by, BOB);
    assert_eq!(field.task_of(ALICE, task), TaskStatus::HandedOver);
    let goes_on: Vec<_> = field
        .rows
        .tasks
        .range((BOB, TaskId(id(0)))..=(BOB, TaskId(id(255))))
        .map(|row| row.task)
        .collect();
    assert_eq!(goes_on[0].from, Some((ALICE, task)));

    let [capsule] = &field.capsules(client)[..] else {
        panic!("one capsule");
    };
    assert_eq!((capsule.from, capsule.to), (ALICE, BOB));
    assert_eq!((capsule.by, capsule.why), (EAST_MANAGER, Why::Region));
    assert_eq!(capsule.note, "客户爱喝龙井\n下午三点后再去");
    assert_eq!(capsule.name, "龙井茶庄");
    assert_eq!(capsule.visits[0].visit, visit);
    assert_eq!(capsule.tasks[0].task, goes_on[0].id);
    assert_eq!(
        capsule.contacts[0].phone,
        field.client(client).draft.contacts[0].phones[0]
    );
    assert_eq!(capsule.birthdays[0].contact, "沈洁");
    assert_eq!(capsule.talks, [field.client(client).interactions[0].id]);
    assert_eq!(capsule.read_at(), None);
}

#[test]
fn who_gets_a_client_is_told_until_they_have_read() {
    let mut field = Field::new();
    let (client, ..) = full(&mut field);
    give(&mut field, client, BOB);
    let capsules = field.first_screen(BOB).capsules;
    assert_eq!(capsules[0].client_name, "龙井茶庄");
    assert_eq!(capsules[0].from_name, "爱丽");
    assert!(field.first_screen(EAST_MANAGER).capsules.is_empty());

    let read = Command::Handover(HandoverCommand::Read(vec![(client, capsules[0].handover)]));
    field.run(BOB, read.clone()).unwrap();
    assert!(field.first_screen(BOB).capsules.is_empty());
    assert_eq!(field.capsules(client)[0].read_at(), Some(field.now));
    field.now = field.now.plus_millis(60_000);
    field.run(BOB, read).unwrap();
    assert!(
        field.capsules(client)[0].read_at() < Some(field.now),
        "once is enough"
    );
}

/// Passed on before it was read, it is the next one's to read.
#[test]
fn only_the_latest_capsule_waits() {
    let mut field = Field::new();
    let (client, ..) = full(&mut field);
    give(&mut field, client, BOB);
    field.now = field.now.plus_millis(60_000);
    let on = HandoverDraft {
        from: BOB,
        ..draft(&[(client, CAROL)])
    };
    field.run(DIRECTOR, hand_over(on)).unwrap();
    assert!(field.first_screen(BOB).capsules.is_empty());
    let capsules = field.first_screen(CAROL).capsules;
    assert_eq!(capsules.len(), 1);
    assert_eq!(capsules[0].from_name, "鲍勃");
}

#[test]
fn whoever_leaves_loses_every_device_and_leaves_no_client() {
    let mut field = Field::new();
    let (client, ..) = full(&mut field);
    let other = field.create(ALICE, named("虎跑泉"));
    field.give_device(ALICE, PHONE);
    let some = decision(&[(client, BOB)], true);
    assert_eq!(field.decide(DIRECTOR, &some), Err(Refusal::ClientsLeft));
    let all = decision(&[(client, BOB), (other, CAROL)], true);
    field.decide(DIRECTOR, &all).unwrap();
    assert_eq!(field.facts.people[&ALICE].status, PersonStatus::Deactivated);
    assert!(field.facts.devices[&PHONE].revoked_at.is_some());
    assert!(field.facts.handovers[&(ALICE, HandoverId(id(80)))].left);
    assert_eq!(field.decide(DIRECTOR, &all), Err(Refusal::AlreadySettled));
}

#[test]
fn who_hands_over_to_whom() {
    let attempt = |actor, to, leaves| {
        let mut field = Field::new();
        let (client, ..) = full(&mut field);
        field.decide(actor, &decision(&[(client, to)], leaves))
    };
    for (actor, to) in [
        (DIRECTOR, CAROL),
        (EAST_MANAGER, BOB),
        (EAST_MANAGER, EAST_MANAGER),
    ] {
        assert_eq!(attempt(actor, to, false), Ok(()), "{actor} to {to}");
    }
    let refused = [
        (EAST_MANAGER, CAROL),
        (WEST_MANAGER, CAROL),
        (ALICE, BOB),
        (BOB, BOB),
        (ADMIN, BOB),
        (FINANCE, BOB),
        (DIRECTOR, ALICE),
    ];
    for (actor, to) in refused {
        assert_eq!(
            attempt(actor, to, false),
            Err(Refusal::NotAllowed),
            "{actor} to {to}"
        );
    }
    assert_eq!(attempt(DIRECTOR, BOB, true), Ok(()));
    assert_eq!(attempt(EAST_MANAGER, BOB, true), Err(Refusal::NotAllowed));
}

#[test]
fn nothing_goes_to_nobody_or_from_somebody_else() {
    let mut field = Field::new();
    let (client, ..) = full(&mut field);
    let carols = field.create(CAROL, named("灵隐"));
    field.set_status(BOB, PersonStatus::Suspended);
    let mut attempt = |clients: &[_]| field.decide(DIRECTOR, &decision(clients, false));
    assert_eq!(attempt(&[(client, BOB)]), Err(Refusal::NotActive));
    assert_eq!(
        attempt(&[(client, CAROL), (carols, CAROL)]),
        Err(Refusal::ChangedHands)
    );
    assert_eq!(
        attempt(&[(ClientId(id(99)), CAROL)]),
        Err(Refusal::NotFound)
    );
    let many: Vec<_> = (0..=CLIENTS_MAX)
        .map(|number| {
            let mut bytes = [0; 16];
            bytes[..8].copy_from_slice(&(number as u64).to_be_bytes());
            (ClientId(caravan_domain::id::Id::from_bytes(bytes)), CAROL)
        })
        .collect();
    assert_eq!(attempt(&many), Err(Refusal::TooMany));
    assert_eq!(
        field.facts.owner(client.into()),
        Some(ALICE),
        "whole or not at all"
    );
}

#[test]
fn a_form_without_anything_to_give_is_refused() {
    let mut field = Field::new();
    let blank = field.run(DIRECTOR, hand_over(draft(&[])));
    assert_eq!(blank, Err(CommandError::Blank(FormField::Choices)));
    let client = field.create(ALICE, named("虎跑泉"));
    let mut long = draft(&[(client, BOB)]);
    long.note = "长".repeat(5_001);
    let too_long = field.run(DIRECTOR, hand_over(long));
    assert!(matches!(too_long, Err(CommandError::TooLong { .. })));
}

/// What a handover writes is nobody's to write before the relay has taken it, nor anybody else's after.
#[test]
fn a_note_that_nothing_could_carry_is_not_dropped() {
    let mut field = Field::new();
    let (client, ..) = full(&mut field);
    field.trees.remove(&client.into());
    let nowhere = Err(CommandError::Nowhere(FormField::Note));
    let for_all = draft(&[(client, BOB)]);
    assert_eq!(field.run(EAST_MANAGER, hand_over(for_all.clone())), nowhere);
    let for_one = HandoverDraft {
        note: String::new(),
        notes: BTreeMap::from([(client, "钥匙在门卫".to_owned())]),
        ..for_all
    };
    assert_eq!(field.run(EAST_MANAGER, hand_over(for_one.clone())), nowhere);
    // It goes without.
    let bare = HandoverDraft {
        notes: BTreeMap::new(),
        ..for_one
    };
    field.run(EAST_MANAGER, hand_over(bare)).unwrap();
    assert_eq!(field.facts.grants[&client.into()].owner, BOB);
}

#[test]
fn what_is_written_rests_on_the_decision() {
    let mut field = Field::new();
    let (client, _, task) = full(&mut field);
    let mut given = draft(&[(client, BOB)]);
    given.tasks = [(task, BOB)].into();
    let outcome = field.propose(EAST_MANAGER, hand_over(given)).unwrap();
    let gated: Vec<_> = outcome
        .edits
        .iter()
        .filter(|edit| edit.path[0] == "handovers")
        .collect();
    let documents: Vec<_> = gated.iter().map(|edit| edit.document).collect();
    assert_eq!(documents, [ALICE.into(), BOB.into(), client.into()]);
    for edit in &gated {
        let (document, path) = (edit.document, &edit.path);
        assert!(!is_place_of(EAST_MANAGER, document, path, &field.facts));
        assert!(may_put(document.kind, path, false) && !may_put(document.kind, path, true));
        assert!(is_minted(document.kind, path));
    }
    for decision in &outcome.first {
        field.decide(EAST_MANAGER, decision).unwrap();
    }
    for edit in &gated {
        let (document, path) = (edit.document, &edit.path);
        assert!(is_place_of(EAST_MANAGER, document, path, &field.facts));
        assert!(!is_place_of(DIRECTOR, document, path, &field.facts));
        assert!(!is_place_of(EAST_MANAGER, CAROL.into(), path, &field.facts));
    }
    let key = outcome.edits[0].path[1].clone();
    let path: Vec<_> = ["handovers", &key, "read", &BOB.to_string()]
        .map(str::to_owned)
        .into();
    let read = |who| is_place_of(who, client.into(), &path, &field.facts);
    assert!(read(BOB) && !read(EAST_MANAGER), "nobody reads for another");
    let forged = Value::Map(Map::from([
        ("by".to_owned(), ALICE.to_string().into()),
        ("read".to_owned(), Value::Map(Map::new())),
    ]));
    let path = &gated[0].path;
    assert!(!may_claim(DocumentKind::Client, path, &forged, ALICE));
}

/// What was written in a basement before the news came is not lost; nothing else is open to the giver any more.
#[test]
fn what_the_giver_had_written_still_comes() {
    let mut field = Field::new();
    let (client, visit, _) = full(&mut field);
    let stranger = field.create(CAROL, named("灵隐"));
    give(&mut field, client, CAROL);
    let document = DocumentId::from(client);
    assert!(may_write(ALICE, document, &field.facts));
    assert!(!may_write(ALICE, stranger.into(), &field.facts));
    assert!(!may_write(BOB, document, &field.facts));
    let visit = visit.to_string();
    let place = |path: &[&str]| {
        let path: Vec<_> = path.iter().map(|step| (*step).to_owned()).collect();
        is_place_of(ALICE, document, &path, &field.facts)
    };
    assert!(place(&["interactions", "x"]));
    assert!(place(&["visits", &visit, "check_in"]));
    assert!(place(&["visits", &visit, "note"]));
    assert!(!place(&["visits", &visit, "by"]));
    assert!(!place(&["profile", "name"]));
    assert!(!place(&["contacts", "x", "phones", "y"]));
    field.set_status(ALICE, PersonStatus::Deactivated);
    assert!(!may_write(ALICE, document, &field.facts));
}

#[test]
fn a_handover_is_known_to_those_who_know_the_giver() {
    let mut field = Field::new();
    let (client, ..) = full(&mut field);
    give(&mut field, client, CAROL);
    let key = *field.facts.handovers.keys().next().unwrap();
    let key = caravan_domain::facts::FactKey::Handover(key.0, key.1);
    for (person, knows) in [
        (ALICE, true),
        (EAST_MANAGER, true),
        (DIRECTOR, true),
        (BOB, false),
        (WEST_MANAGER, false),
        (CAROL, false),
    ] {
        assert_eq!(may_know(person, key, &field.facts), knows, "{person}");
    }
}

#[test]
fn the_wizard_shows_everything_in_somebodys_hands() {
    let mut field = Field::new();
    let (client, _, task) = full(&mut field);
    let archived = field.create(ALICE, named("旧茶馆"));
    field
        .run(ALICE, Command::Client(ClientCommand::Archive(archived)))
        .unwrap();
    let share = OwnershipDecision::Share { client, with: BOB };
    field.decide(ALICE, &Decision::Ownership(share)).unwrap();

    let view = field.handover(DIRECTOR, ALICE);
    assert!(view.may && view.may_leave);
    let clients: Vec<_> = view.clients.iter().map(|line| line.client).collect();
    assert_eq!(clients, [client, archived]);
    let line = &view.clients[0];
    assert_eq!((line.tasks, line.visit_on), (1, Some(today())));
    let suggested = line.suggested.unwrap();
    assert_eq!((suggested.to, suggested.because), (BOB, Because::Shares));
    assert_eq!(view.tasks[0].task, task);
    assert_eq!(view.tasks[0].client, Some(client));

    let view = field.handover(EAST_MANAGER, ALICE);
    assert!(view.may && !view.may_leave);
    let takers: Vec<_> = view.takers.iter().map(|taker| taker.person).collect();
    assert_eq!(takers, [BOB, EAST_MANAGER], "within the team");
    assert!(!field.handover(BOB, ALICE).may);

    give(&mut field, client, BOB);
    let past = field.handover(DIRECTOR, ALICE).past;
    assert_eq!((past[0].clients, past[0].provisional), (1, false));
}
