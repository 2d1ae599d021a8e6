//! Two devices and the relay between them.

use caravan_domain::command::{Command, RecordRef};
use caravan_domain::conflict::Contestable;
use caravan_domain::mark::Mark;
use caravan_domain::query::Query;
use caravan_domain::tasks::command::TaskCommand;
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::record::TaskDraft;
use caravan_engine::Next;
use caravan_port::ask::{Ask, Told};
use caravan_port::view::Connection;
use caravan_sync::frame::RelayFrame;
use futures_executor::block_on;

use crate::support::{Device, Relay, assert_alike, create, name_of, reboot, rename, run};
use caravan_domain::role::Role;

#[test]
fn what_one_writes_the_other_sees() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite_as(&ada, "Bo", 2, Role::Director);
    let client = create(&ada, "云栖茶业");
    relay.settle(&ada);
    relay.settle(&bo);
    assert_eq!(name_of(&bo, client).as_deref(), Some("云栖茶业"));
    rename(&bo, client, "云栖茶叶").unwrap();
    relay.settle(&bo);
    relay.settle(&ada);
    assert_alike(&ada, &bo);
    assert_alike(&reboot(&ada), &reboot(&bo));
}

#[test]
fn a_receipt_turns_the_mark_and_is_remembered() {
    let relay = Relay::new();
    let ada = relay.found();
    let client = create(&ada, "云栖茶业");
    relay.settle(&ada);
    for device in [&ada, &reboot(&ada)] {
        let Ok(Told::Client(Some(file))) = block_on(device.answer(&Ask::Client(client))) else {
            panic!("the client is here");
        };
        assert!(matches!(file.mark, Mark::Received(Some(_))));
        assert!(file.timeline[0].received_at.is_some());
    }
}

#[test]
fn what_was_on_its_way_is_not_when_the_connection_is_lost() {
    let relay = Relay::new();
    let ada = relay.found();
    let client = create(&ada, "云栖茶业");
    let mark = || match block_on(ada.answer(&Ask::Client(client))) {
        Ok(Told::Client(Some(file))) => file.mark,
        other => panic!("the client is here: {other:?}"),
    };
    ada.set_connection(Connection::Live);
    block_on(ada.next_push()).unwrap();
    assert_eq!(mark(), Mark::Sent);
    ada.set_connection(Connection::Offline);
    assert_eq!(mark(), Mark::Saved);
}

#[test]
fn both_see_both_values_of_a_conflict() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite_as(&ada, "Bo", 2, Role::Director);
    let client = create(&ada, "a");
    relay.settle(&ada);
    relay.settle(&bo);
    rename(&ada, client, "of Ada").unwrap();
    rename(&bo, client, "of Bo").unwrap();
    relay.settle(&ada);
    relay.settle(&bo);
    relay.settle(&ada);
    assert_alike(&ada, &bo);
    for device in [&ada, &bo] {
        let asked = Ask::Conflicts(Contestable::Client(client));
        let Ok(Told::Conflicts(conflicts)) = block_on(device.answer(&asked)) else {
            panic!("the client is here");
        };
        let mut writers: Vec<_> = conflicts[0]
            .values
            .iter()
            .map(|value| value.by_name.clone())
            .collect();
        writers.sort();
        assert_eq!(writers, ["Ada", "Bo"]);
        assert_eq!(device.rows().clients[&client].conflicts, 1);
    }
}

/// The manager and the person whose task it is, each without the other; whoever may not edit it is asked nothing.
#[test]
fn both_see_both_values_of_a_task_and_either_picks() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite_as(&ada, "Bo", 2, Role::AccountManager);
    let cy = relay.invite_as(&ada, "Cy", 3, Role::AccountManager);
    let (_, his, _) = bo.me().unwrap();
    for device in [&ada, &bo] {
        relay.settle(device);
    }
    let before = TaskDraft {
        assignee: his,
        title: "送样品".to_owned(),
        detail: "两盒".to_owned(),
        kind: TaskKind::FollowUp,
        due: None,
        client: None,
        difficulty: None,
        estimate: None,
    };
    let given = run(&ada, Command::Task(TaskCommand::Create(before.clone())));
    let Some(RecordRef::Task(_, task)) = given.as_ref().unwrap().created else {
        panic!("{given:?}");
    };
    relay.settle(&ada);
    relay.settle(&bo);
    for (device, detail) in [(&ada, "三盒，带报价"), (&bo, "两盒，她要红茶")] {
        let mut after = before.clone();
        after.detail = detail.to_owned();
        let before = before.clone();
        let change = TaskCommand::Change {
            task,
            before,
            after,
        };
        run(device, Command::Task(change)).unwrap();
    }
    for device in [&ada, &bo, &ada, &cy] {
        relay.settle(device);
    }
    let record = Contestable::Task(his, task);
    let asked = |device: &Device| match block_on(device.answer(&Ask::Conflicts(record))) {
        Ok(Told::Conflicts(conflicts)) => conflicts,
        other => panic!("{other:?}"),
    };
    let hers = asked(&ada);
    assert_eq!(hers, asked(&bo));
    assert_eq!(hers[0].path.last().unwrap(), "detail");
    assert_eq!(hers[0].values.len(), 2);
    assert_eq!(asked(&cy), []);
    assert_eq!(bo.rows().contested.of(his.into()).len(), 1);

    let pick = Command::Resolve {
        document: his.into(),
        path: hers[0].path.clone(),
        value: "两盒，她要红茶".into(),
    };
    run(&bo, pick).unwrap();
    relay.settle(&bo);
    relay.settle(&ada);
    for device in [&ada, &bo] {
        assert_eq!(asked(device), []);
        let row = device.rows().tasks.get(&(his, task)).unwrap();
        assert_eq!(row.task.draft.detail, "两盒，她要红茶");
    }
}

#[test]
fn a_reply_that_comes_twice_changes_nothing() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite_as(&ada, "Bo", 2, Role::Director);
    relay.settle(&bo);
    let client = create(&ada, "a");
    relay.settle(&ada);
    rename(&ada, client, "b").unwrap();
    relay.settle(&ada);
    create(&bo, "c");
    let request = block_on(bo.exchange_request()).unwrap();
    let frame = relay.answer(&request);
    assert!(matches!(&frame, RelayFrame::Reply(reply) if !reply.facts.is_empty()));
    block_on(bo.receive(frame.clone())).unwrap();
    let (rows, bytes) = (bo.rows().clone(), bo.storage().inner().bytes());
    assert_eq!(block_on(bo.receive(frame)).unwrap(), Next::Settled);
    assert_eq!(*bo.rows(), rows);
    assert_eq!(bo.storage().inner().bytes(), bytes);
    assert_eq!(name_of(&bo, client).as_deref(), Some("b"));
}

#[test]
fn a_lost_answer_is_asked_for_again() {
    let relay = Relay::new();
    let ada = relay.found();
    create(&ada, "a");
    let request = block_on(ada.exchange_request()).unwrap();
    relay.answer(&request);
    // The answer is lost; the relay has the envelope.
    relay.settle(&ada);
    assert_eq!(ada.waiting(), 0);
}

#[test]
fn another_epoch_begins_from_nothing_and_loses_nothing() {
    let relay = Relay::new();
    let ada = relay.found();
    let client = create(&ada, "received");
    relay.settle(&ada);
    rename(&ada, client, "not yet").unwrap();
    relay.epoch.set(8);
    relay.settle(&ada);
    assert_eq!(name_of(&ada, client).as_deref(), Some("not yet"));
    assert_eq!(ada.waiting(), 0);
    let Told::SyncLine(line) = block_on(ada.answer(&Ask::SyncLine)).unwrap() else {
        panic!("a line");
    };
    assert_eq!(line.needs_attention, 0);
}

#[test]
fn a_first_sync_brings_everything() {
    let relay = Relay::new();
    let ada = relay.found();
    for number in 0..700 {
        create(&ada, &format!("客户{number}"));
    }
    relay.settle(&ada);
    let bo = relay.invite_as(&ada, "Bo", 2, Role::Director);
    relay.settle(&bo);
    assert_alike(&ada, &bo);
    let bo = reboot(&bo);
    assert_eq!(bo.rows().clients.len(), 700);
    assert_eq!(
        bo.query(&Query::Plan).unwrap(),
        ada.query(&Query::Plan).unwrap()
    );
}
