//! A relay that has lost everything is given it back by a director's device; the others bring what that did not have.

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::command::Command;
use caravan_domain::role::Role;
use caravan_engine::lock::NotUnlocked;
use caravan_sync::join::Share;
use futures_executor::block_on;

use crate::support::{
    Device, PASSWORD, Relay, assert_alike, create, name_of, reboot, rename, run, sync_view,
};

/// More than the relay may have been behind with passing on, while everybody hears of it.
fn time_passes(relay: &Relay, devices: &[&Device]) {
    relay.days_pass(1);
    for device in devices {
        device.platform().let_a_minute_pass();
        device.platform().let_a_minute_pass();
        relay.settle(device);
    }
}

#[test]
fn everything_that_some_device_has_is_there_again() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    let known = create(&bo, "锦绣布庄");
    relay.settle(&bo);
    relay.settle(&ada);
    let of_ada = create(&ada, "云栖茶业");
    relay.settle(&ada);
    time_passes(&relay, &[&ada, &bo]);
    // Ada hears of none of these any more: one was received, two wait.
    rename(&bo, known, "锦绣绸庄").unwrap();
    let since = create(&bo, "河坊街布庄");
    relay.settle(&bo);
    let unsent = create(&bo, "断桥伞铺");
    let of_ada_unsent = create(&ada, "孤山书局");
    relay.rebuild(&ada);
    assert_eq!(name_of(&ada, known).as_deref(), Some("锦绣布庄"));
    relay.know_again(&bo);
    relay.settle(&bo);
    assert_eq!(name_of(&bo, unsent).as_deref(), Some("断桥伞铺"));
    for _ in 0..2 {
        for device in [&ada, &bo] {
            relay.give_back(device);
            relay.settle(device);
        }
    }
    relay.end_refill();
    for device in [&bo, &ada, &bo, &ada] {
        relay.give_back(device);
        relay.settle(device);
        assert_eq!(sync_view(device).attention, []);
    }
    for (client, name) in [
        (known, "锦绣绸庄"),
        (since, "河坊街布庄"),
        (unsent, "断桥伞铺"),
        (of_ada, "云栖茶业"),
        (of_ada_unsent, "孤山书局"),
    ] {
        assert_eq!(name_of(&ada, client).as_deref(), Some(name));
    }
    let fresh = relay.another(&ada, 9);
    assert_alike(&fresh, &ada);
    assert_alike(&relay.another(&bo, 8), &bo);
    assert_alike(&reboot(&bo), &bo);
}

/// What was decided before must not be decided a second time, on top of what came after it.
#[test]
fn what_was_decided_long_ago_stays_as_it_is() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    let cy = relay.invite_as(&ada, "Cy", 3, Role::Director);
    let client = create(&bo, "锦绣布庄");
    relay.settle(&bo);
    for device in [&ada, &cy] {
        relay.settle(device);
    }
    let assign = |by, to: &Device| {
        let (_, owner, _) = to.me().unwrap();
        let clients = vec![client];
        run(
            by,
            Command::Client(ClientCommand::Assign { clients, owner }),
        )
        .unwrap();
        relay.settle(by);
    };
    assign(&ada, &cy);
    relay.settle(&cy);
    assign(&cy, &bo);
    relay.settle(&ada);
    time_passes(&relay, &[&ada, &cy, &bo]);
    relay.rebuild(&cy);
    relay.know_again(&ada);
    relay.settle(&ada);
    relay.give_back(&ada);
    relay.settle(&ada);
    let (_, owner, _) = bo.me().unwrap();
    assert_eq!(
        relay.core.borrow().facts().owner(client.into()),
        Some(owner)
    );
    assert!(sync_view(&ada).attention.is_empty());
}

#[test]
fn only_a_director_has_everything_to_give() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite_as(&ada, "Bo", 2, Role::TeamManager);
    let request = block_on(bo.rebuild_request([5; 16], PASSWORD.into()));
    assert_eq!(request.unwrap(), None);
}

#[test]
fn a_relay_with_another_share_is_told_the_right_one() {
    let relay = Relay::new();
    let ada = relay.found();
    assert_eq!(block_on(ada.share_to_tell()).unwrap(), None);
    block_on(ada.take_share(&Share([0; 32]))).unwrap();
    assert_eq!(
        block_on(ada.share_to_tell()).unwrap(),
        None,
        "it is the same"
    );
    block_on(ada.take_share(&Share([1; 32]))).unwrap();
    assert_eq!(block_on(ada.share_to_tell()).unwrap(), Some(Share([0; 32])));
    let ada = reboot(&ada);
    block_on(ada.lock()).unwrap();
    assert_eq!(
        block_on(ada.unlock_by_password("wrong")),
        Err(NotUnlocked::Wrong)
    );
    block_on(ada.unlock_by_password(PASSWORD)).unwrap();
    assert_eq!(block_on(ada.share_to_tell()).unwrap(), Some(Share([0; 32])));
    block_on(ada.share_told()).unwrap();
    assert_eq!(block_on(ada.share_to_tell()).unwrap(), None);
}
