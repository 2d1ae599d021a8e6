//! What is looked into before it is passed on.

use caravan_documents::Document;
use caravan_domain::edit::Edit;
use caravan_domain::value::Value;
use caravan_sync::frame::{Quarantine, Rejection, Reply, Verdict};

use crate::support::{Device, Running, client_document};

fn quarantined(reply: &Reply) -> Vec<Quarantine> {
    let receipts = reply.receipts.iter();
    let reasons = receipts.filter_map(|receipt| match receipt.verdict {
        Verdict::Refused {
            reason: Rejection::Quarantined(reason),
            ..
        } => Some(reason),
        _ => None,
    });
    reasons.collect()
}

#[tokio::test]
async fn what_the_policy_forbids_is_received_and_never_passed_on() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut director = relay.founder().await;
    let token = director.invite().await;
    let mut manager = Device::join(relay.client(), token).await;
    let client = client_document();
    let mut opened = Document::new(client);
    let name = Edit::put(client, &["profile", "name"], "大理茶厂");
    let name = manager.edit(&mut opened, name);
    // In the director's name.
    let note = Value::Map(
        [
            ("kind", Value::from("note")),
            ("by", Value::from(director.person.to_string())),
        ]
        .map(|(key, value)| (key.to_owned(), value))
        .into(),
    );
    let forged = manager.edit(&mut opened, Edit::put(client, &["interactions", "1"], note));
    let other = manager.name_client(client_document(), "昆明花市");
    let reply = manager.push(vec![name, forged.clone(), other]).await;
    let received = |receipt: &caravan_sync::frame::Receipt| {
        matches!(receipt.verdict, Verdict::Received { .. })
    };
    assert!(reply.receipts.iter().all(received), "it is kept, at first");
    relay.settled().await;

    let reply = director.exchange(Vec::new()).await;
    assert_eq!(reply.entries.len(), 2, "the others are not held up");
    assert!(reply.entries.iter().all(|it| it.envelope != forged));

    let reply = manager.exchange(Vec::new()).await;
    assert_eq!(quarantined(&reply), [Quarantine::NotAllowed]);
    assert_eq!(
        reply.entries.len(),
        1,
        "what was written comes back with it"
    );
    assert_eq!(reply.entries[0].envelope, forged);
    // Pushed again, it gets the verdict that stands; and nothing can rest on it.
    let again = manager.exchange(vec![forged]).await;
    assert_eq!(quarantined(&again), [Quarantine::NotAllowed]);
    let resting = Edit::put(client, &["profile", "region"], "大理");
    let resting = manager.edit(&mut opened, resting);
    let reply = manager.exchange(vec![resting]).await;
    let refused = &reply.receipts[0].verdict;
    assert!(
        matches!(
            refused,
            Verdict::Refused {
                reason: Rejection::RestsOnRefused,
                ..
            }
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn what_was_not_looked_into_before_a_stop_is_looked_into_after_it() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::without_merger(data.path()).await;
    let mut director = relay.founder().await;
    let token = director.invite().await;
    let mut manager = Device::join(relay.client(), token).await;
    let client = client_document();
    let envelope = manager.name_client(client, "大理茶厂");
    manager.push(vec![envelope]).await;
    let reply = director.exchange(Vec::new()).await;
    assert!(reply.entries.is_empty(), "nobody has looked into it");
    relay.stop().await;

    let relay = Running::start(data.path()).await;
    relay.settled().await;
    director.client.address = relay.address;
    director.client.origin = relay.client().origin;
    let reply = director.exchange(Vec::new()).await;
    assert_eq!(reply.entries.len(), 1);
}
