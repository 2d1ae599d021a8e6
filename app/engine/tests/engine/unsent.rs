//! What waits here, of documents that go and come back.

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::command::Command;
use caravan_domain::document::DocumentId;
use caravan_domain::id::ClientId;
use caravan_domain::orders::command::{OrderAction, OrderCommand};
use caravan_domain::orders::draft::{LineDraft, OrderDraft};
use caravan_domain::orders::record::Channel;
use futures_executor::block_on;

use crate::support::{Device, Relay, create, name_of, reboot, rename, run, sync_view};

/// The client goes to somebody else and comes back before bo's push has reached the relay.
#[test]
fn what_was_unsent_stands_again_in_what_comes_back() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    let client = create(&bo, "云栖茶业");
    relay.settle(&bo);
    relay.settle(&ada);
    rename(&bo, client, "unsent").unwrap();
    order(&bo, client, "第一单");
    assert_eq!(bo.waiting(), 2);
    assign(&ada, client, &ada);
    relay.settle(&ada);
    relay.hear(&bo);
    assert_eq!(
        (name_of(&bo, client), bo.rows().orders.iter().count()),
        (None, 0)
    );
    let bo = reboot(&bo);
    assign(&ada, client, &bo);
    relay.settle(&ada);
    relay.hear(&bo);
    for device in [&bo, &reboot(&bo)] {
        assert_eq!(name_of(device, client).as_deref(), Some("unsent"));
        assert_eq!(device.waiting(), 2);
    }
    // What nobody else has written in comes back without a word.
    relay.hear(&bo);
    assert_eq!(bo.rows().orders.iter().count(), 1);
    // On top of it, and not in its place.
    rename(&bo, client, "next").unwrap();
    order(&bo, client, "第二单");
    relay.settle(&bo);
    relay.settle(&ada);
    assert_eq!(name_of(&ada, client).as_deref(), Some("next"));
    assert_eq!(ada.rows().orders.iter().count(), 2);
    for device in [&bo, &reboot(&bo)] {
        for id in [client.into(), DocumentId::orders(client)] {
            let heads = |device: &Device| block_on(device.heads(id)).unwrap();
            assert_eq!(heads(device), heads(&ada), "{id}");
        }
        assert_eq!(sync_view(device).attention, []);
    }
}

fn order(device: &Device, client: ClientId, note: &str) {
    let (_, representative, _) = device.me().unwrap();
    let line = LineDraft {
        product: "茶".to_owned(),
        quantity: "2".to_owned(),
        price: "3.50".to_owned(),
        discount: String::new(),
    };
    let draft = OrderDraft {
        representative,
        channel: Channel::Visit,
        ordered_on: device.today(),
        note: note.to_owned(),
        lines: vec![line],
    };
    let action = OrderAction::Write {
        order: None,
        draft,
        submit: false,
    };
    run(device, Command::Order(OrderCommand { client, action })).unwrap();
}

fn assign(device: &Device, client: ClientId, to: &Device) {
    let (_, owner, _) = to.me().unwrap();
    let clients = vec![client];
    let assign = ClientCommand::Assign { clients, owner };
    run(device, Command::Client(assign)).unwrap();
}
