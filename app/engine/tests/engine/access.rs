//! Grants, refusals and revocation.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::agreements::command::AgreementCommand;
use caravan_domain::agreements::decision::{Terms, Waits};
use caravan_domain::agreements::text::{AgreementDraft, VersionDigest, Wording};
use caravan_domain::agreements::view::AgreementFile;
use caravan_domain::calendar::parse_day;
use caravan_domain::clients::command::ClientCommand;
use caravan_domain::command::{Command, RecordRef};
use caravan_domain::decision::Refusal;
use caravan_domain::document::DocumentId;
use caravan_domain::handovers::capsule::Why;
use caravan_domain::handovers::command::{HandoverCommand, HandoverDraft};
use caravan_domain::id::AgreementId;
use caravan_domain::people::decision::PeopleDecision;
use caravan_domain::role::Role;
use caravan_domain::training::command::TrainingCommand;
use caravan_domain::training::course::Topic;
use caravan_domain::training::needs::command::{AnswerDraft, NeedsCommand, Said};
use caravan_domain::training::needs::round::{NeedTopic, RoundPlan};
use caravan_engine::storage::Store;
use caravan_port::act::{Act, ActError};
use caravan_port::ask::{Ask, Told};
use caravan_port::view::{RefusedWord, RefusedWords, Session};
use caravan_sync::frame::{Quarantine, Rejection};
use caravan_sync::relay::Quarantined;
use futures_executor::block_on;

use crate::support::{Device, Relay, create, name_of, reboot, rename, run, sync_view};

fn assign(device: &Device, client: caravan_domain::id::ClientId, to: &Device) {
    let (_, owner, _) = to.me().unwrap();
    let clients = vec![client];
    run(
        device,
        Command::Client(ClientCommand::Assign { clients, owner }),
    )
    .unwrap();
}

#[test]
fn a_decision_shows_before_the_relay_has_taken_it() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    relay.settle(&ada);
    let client = create(&ada, "云栖茶业");
    relay.settle(&ada);
    assign(&ada, client, &bo);
    let file = |device: &Device| match block_on(device.answer(&Ask::Client(client))).unwrap() {
        Told::Client(Some(file)) => file,
        other => panic!("{other:?}"),
    };
    for device in [&ada, &reboot(&ada)] {
        assert_eq!(file(device).owner_name, "Bo");
        assert!(file(device).owner_is_provisional);
    }
    relay.settle(&ada);
    assert_eq!(file(&ada).owner_name, "Bo");
    assert!(!file(&ada).owner_is_provisional);
    relay.settle(&bo);
    assert_eq!(name_of(&bo, client).as_deref(), Some("云栖茶业"));
}

#[test]
fn what_is_lost_leaves_the_device_and_what_was_unsent_is_told() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    relay.settle(&ada);
    let client = create(&bo, "云栖茶业");
    relay.settle(&bo);
    relay.settle(&ada);
    rename(&bo, client, "unsent").unwrap();
    let draft = Act::SaveDraft {
        key: format!("clients/{client}/edit"),
        draft: b"untold".to_vec(),
    };
    block_on(bo.act(draft)).unwrap();
    assert_eq!(bo.storage().inner().len_of(Store::Undo), 2);
    assign(&ada, client, &ada);
    relay.settle(&ada);
    relay.settle(&bo);
    for device in [&bo, &reboot(&bo)] {
        assert_eq!(name_of(device, client), None);
        assert!(!device.documents().contains(&DocumentId::from(client)));
        let view = sync_view(device);
        assert_eq!(view.attention.len(), 1);
        assert_eq!(view.attention[0].reason, Rejection::NotAllowed);
        assert_eq!(view.attention[0].subject, "unsent");
        let words = refused(device, view.attention[0].sequence);
        assert_eq!(words.words, [word("name", "unsent")]);
        assert!(!words.can_write_again, "the client is gone");
    }
    for store in [Store::Documents, Store::Undo, Store::Drafts] {
        assert_eq!(bo.storage().inner().len_of(store), 0, "{store:?}");
    }

    let sequence = sync_view(&bo).attention[0].sequence;
    block_on(bo.act(Act::Dismiss(sequence))).unwrap();
    assert_eq!(sync_view(&reboot(&bo)).attention, []);

    assign(&ada, client, &bo);
    relay.settle(&ada);
    relay.settle(&bo);
    assert_eq!(name_of(&bo, client).as_deref(), Some("云栖茶业"));
    rename(&bo, client, "again").unwrap();
    relay.settle(&bo);
    relay.settle(&ada);
    assert_eq!(name_of(&ada, client).as_deref(), Some("again"));
    assert_eq!(sync_view(&bo).attention, []);
}

/// The company asks for a signature while bo is away: what bo wrote is received, what bo was typing stays, and with the
/// signature all of it is back.
#[test]
fn what_waits_for_a_signature_comes_back_with_what_was_unsent() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    relay.settle(&ada);
    let client = create(&bo, "云栖茶业");
    relay.settle(&bo);
    let (agreement, version) = required_of_account_managers(&ada);
    rename(&bo, client, "unsent").unwrap();
    let key = format!("clients/{client}/edit");
    let typed = Act::SaveDraft {
        key: key.clone(),
        draft: b"untold".to_vec(),
    };
    block_on(bo.act(typed)).unwrap();
    relay.settle(&ada);
    relay.settle(&bo);
    for device in [&bo, &reboot(&bo)] {
        assert_eq!(name_of(device, client), None, "it waits");
        assert_eq!(sync_view(device).attention, []);
        assert_eq!(
            sync_view(device).line.waiting,
            0,
            "what was unsent is received"
        );
    }

    let (_, _, device) = bo.me().unwrap();
    let name = "Bo".to_owned();
    let sign = AgreementCommand::Sign {
        agreement,
        version,
        name,
        device,
    };
    run(&bo, Command::Agreement(sign)).unwrap();
    assert!(agreement_file(&bo, agreement).signatures[0].provisional);
    assert_eq!(name_of(&bo, client), None, "not by its own word");
    relay.settle(&bo);
    relay.settle(&bo);
    assert!(!agreement_file(&bo, agreement).signatures[0].provisional);
    assert_eq!(name_of(&bo, client).as_deref(), Some("unsent"));
    let kept = block_on(bo.answer(&Ask::Draft(key))).unwrap();
    assert_eq!(kept, Told::Draft(Some(b"untold".to_vec())));
}

/// While bo waits to sign, one of two clients goes to somebody else: what bo was typing about it goes as well, once it
/// is certain that the client does not come back.
#[test]
fn what_was_typed_of_a_client_that_does_not_come_back_goes() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    relay.settle(&ada);
    let (kept, given) = (create(&bo, "云栖茶业"), create(&bo, "大成粮油"));
    relay.settle(&bo);
    relay.settle(&ada);
    let key = |client| format!("clients/{client}/edit");
    for client in [kept, given] {
        let draft = b"untold".to_vec();
        let key = key(client);
        block_on(bo.act(Act::SaveDraft { key, draft })).unwrap();
    }
    let (agreement, version) = required_of_account_managers(&ada);
    relay.settle(&ada);
    relay.settle(&bo);
    assign(&ada, given, &ada);
    relay.settle(&ada);
    relay.settle(&bo);
    let draft = |device: &Device, client| {
        let told = block_on(device.answer(&Ask::Draft(key(client)))).unwrap();
        told != Told::Draft(None)
    };
    let bo = reboot(&bo);
    assert!(draft(&bo, kept) && draft(&bo, given), "nobody can tell yet");

    let (_, _, device) = bo.me().unwrap();
    let name = "Bo".to_owned();
    let sign = AgreementCommand::Sign {
        agreement,
        version,
        name,
        device,
    };
    run(&bo, Command::Agreement(sign)).unwrap();
    relay.settle(&bo);
    relay.settle(&bo);
    for device in [&bo, &reboot(&bo)] {
        assert_eq!(name_of(device, kept).as_deref(), Some("云栖茶业"));
        assert_eq!(name_of(device, given), None);
        assert!(draft(device, kept), "it came back");
        assert!(!draft(device, given), "it did not");
    }
}

/// Written, published, and to be signed before any client data comes.
fn required_of_account_managers(by: &Device) -> (AgreementId, VersionDigest) {
    let agree = |command| run(by, Command::Agreement(command)).unwrap();
    let draft = AgreementDraft {
        zh: Wording {
            title: "保密协议".to_owned(),
            text: "客户资料归公司所有。".to_owned(),
        },
        ..AgreementDraft::default()
    };
    let added = agree(AgreementCommand::Add(draft)).created;
    let Some(RecordRef::Agreement(agreement)) = added else {
        panic!("{added:?}");
    };
    agree(AgreementCommand::Publish { agreement });
    let version = agreement_file(by, agreement).agreement.versions[0].digest;
    let terms = Terms {
        required_of: [Role::AccountManager].into(),
        within_days: 7,
        waits: Waits::Everybody,
    };
    agree(AgreementCommand::Require {
        agreement,
        version,
        terms,
    });
    (agreement, version)
}

fn agreement_file(device: &Device, agreement: AgreementId) -> Box<AgreementFile> {
    match block_on(device.answer(&Ask::Agreement(agreement))).unwrap() {
        Told::Agreement(Some(file)) => file,
        other => panic!("{other:?}"),
    }
}

fn word(place: &str, text: &str) -> RefusedWord {
    RefusedWord {
        place: place.to_owned(),
        text: text.to_owned(),
    }
}

fn refused(device: &Device, sequence: u64) -> RefusedWords {
    match block_on(device.answer(&Ask::Refused(sequence))).unwrap() {
        Told::Refused(words) => words,
        other => panic!("{other:?}"),
    }
}

/// What the handover wrote comes back with it, and the person is told of one thing.
#[test]
fn a_handover_that_was_not_taken_is_told_once_and_leaves_nothing() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    let cy = relay.invite(&ada, "Cy", 3);
    let di = relay.invite_as(&ada, "Di", 4, Role::Director);
    let client = create(&bo, "云栖茶业");
    for device in [&bo, &ada, &di] {
        relay.settle(device);
    }
    assign(&di, client, &cy);
    relay.settle(&di);
    let owner = |device: &Device| device.me().unwrap().1;
    let draft = HandoverDraft {
        from: owner(&bo),
        clients: [(client, owner(&ada))].into(),
        tasks: BTreeMap::new(),
        why: Why::Region,
        note: "周一别去".to_owned(),
        notes: BTreeMap::new(),
    };
    let command = HandoverCommand::HandOver(draft);
    run(&ada, Command::Handover(command)).unwrap();
    let capsules = |device: &Device| match block_on(device.answer(&Ask::Client(client))).unwrap() {
        Told::Client(Some(file)) => file.capsules.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!(capsules(&ada), 1, "until the relay has answered");
    // The decision is refused, which the merger knows of when it comes to the capsule.
    let sequence = relay.core.borrow().position() + 2;
    let reason = Quarantine::NotAllowed;
    let found = Quarantined { sequence, reason };
    relay.quarantined.borrow_mut().push(found);
    relay.settle(&ada);
    for device in [&ada, &reboot(&ada)] {
        assert_eq!(capsules(device), 0);
        let told: Vec<_> = sync_view(device).attention;
        let told: Vec<_> = told.iter().map(|line| line.reason).collect();
        assert_eq!(told, [Rejection::Decision(Refusal::ChangedHands)]);
    }
    relay.settle(&cy);
    assert_eq!(capsules(&cy), 0);
}

/// The round was closed meanwhile: one line says so, with what was written.
#[test]
fn an_answer_that_came_too_late_is_told_once_with_its_words() {
    for together in [true, false] {
        let relay = Relay::new();
        let ada = relay.found();
        let bo = relay.invite(&ada, "Bo", 2);
        let needs = |command| Command::Training(TrainingCommand::Needs(command));
        let plan = RoundPlan {
            title: "秋季培训需求".to_owned(),
            topics: vec![NeedTopic::Of(Topic::Sales)],
            roles: [Role::AccountManager].into(),
            teams: BTreeSet::new(),
            until: parse_day("2099-12-31").unwrap(),
        };
        let opened = run(&ada, needs(NeedsCommand::Open(plan))).unwrap().created;
        let Some(RecordRef::Round(round)) = opened else {
            panic!("{opened:?}");
        };
        relay.settle(&ada);
        relay.settle(&bo);
        let said = Said {
            sure: Some(2),
            important: Some(5),
        };
        let answer = AnswerDraft {
            round,
            said: [(0, said)].into(),
            wish: "想跟访一次".to_owned(),
        };
        run(&bo, needs(NeedsCommand::Answer(answer))).unwrap();
        run(&ada, needs(NeedsCommand::Close(round))).unwrap();
        relay.settle(&ada);
        let sequence = relay.core.borrow().position() + 2;
        let reason = Quarantine::NotAllowed;
        let found = Quarantined { sequence, reason };
        relay.quarantined.borrow_mut().push(found);
        if !together {
            relay.holds_back.set(true);
            relay.exchange(&bo).unwrap();
            let told = sync_view(&bo).attention;
            assert_eq!(told.len(), 1, "the decision alone, until more is known");
            relay.holds_back.set(false);
            relay.look_into();
        }
        relay.settle(&bo);
        for device in [&bo, &reboot(&bo)] {
            let told = sync_view(device).attention;
            let [line] = told.as_slice() else {
                panic!("{told:?}");
            };
            assert_eq!(line.reason, Rejection::Decision(Refusal::RoundClosed));
            assert_eq!(line.subject, "秋季培训需求");
            let words = refused(device, line.sequence);
            assert_eq!(words.words, [word("wish", "想跟访一次")]);
            assert!(!words.can_write_again);
        }
    }
}

/// The relay has received it, the device has let it go; then it is found wanting.
#[test]
fn what_is_quarantined_comes_back_and_can_be_written_once_more() {
    for together in [true, false] {
        let relay = Relay::new();
        let ada = relay.found();
        let bo = relay.invite(&ada, "Bo", 2);
        let client = create(&bo, "云栖茶业");
        relay.settle(&bo);
        relay.settle(&ada);
        rename(&bo, client, "wanting").unwrap();
        let sequence = relay.core.borrow().position() + 1;
        if !together {
            relay.holds_back.set(true);
            relay.exchange(&bo).unwrap();
            assert_eq!(bo.waiting(), 0);
            assert_eq!(name_of(&bo, client).as_deref(), Some("wanting"));
            // What is written on top of it goes the same way.
            rename(&bo, client, "resting").unwrap();
        }
        let reason = Quarantine::Unsound;
        let found = Quarantined { sequence, reason };
        relay.quarantined.borrow_mut().push(found);
        if relay.holds_back.replace(false) {
            relay.look_into();
        }
        relay.settle(&bo);
        relay.settle(&ada);
        assert_eq!(name_of(&ada, client).as_deref(), Some("云栖茶业"));
        for device in [&bo, &reboot(&bo)] {
            assert_eq!(name_of(device, client).as_deref(), Some("云栖茶业"));
            let attention = sync_view(device).attention;
            let line = attention.last().unwrap();
            assert_eq!(line.reason, Rejection::Quarantined(reason));
            assert_eq!(attention.len(), if together { 1 } else { 2 });
            let words = refused(device, line.sequence);
            assert_eq!(words.words, [word("name", "wanting")]);
            assert!(words.can_write_again);
        }
        let line = sync_view(&bo).attention.pop().unwrap();
        block_on(bo.act(Act::WriteAgain(line.sequence))).unwrap();
        assert!(!sync_view(&bo).attention.contains(&line));
        assert_eq!(
            block_on(bo.act(Act::WriteAgain(line.sequence))),
            Err(ActError::NotFound)
        );
        relay.settle(&bo);
        relay.settle(&ada);
        assert_eq!(name_of(&ada, client).as_deref(), Some("wanting"));
        assert_eq!(name_of(&bo, client).as_deref(), Some("wanting"));
    }
}

#[test]
fn a_revoked_device_wipes_itself() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    create(&bo, "secret");
    let (_, _, device) = bo.me().unwrap();
    relay.settle(&ada);
    run(
        &ada,
        Command::People(PeopleDecision::RevokeDevice { device }),
    )
    .unwrap();
    relay.settle(&ada);
    relay.settle(&bo);
    for device in [&bo, &reboot(&bo)] {
        assert_eq!(
            block_on(device.answer(&Ask::Session)).unwrap(),
            Told::Session(Session::Revoked)
        );
        assert!(device.rows().clients.is_empty());
    }
    assert_eq!(bo.storage().inner().len_of(Store::Outbox), 0);
}
