//! Who hands clients over and to whom, and what becomes of what rests on it: with authority, whatever a device says.

use std::collections::BTreeSet;

use caravan_documents::Document;
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::facts::PersonStatus;
use caravan_domain::handovers::decision::HandOver;
use caravan_domain::id::{ClientId, HandoverId, PersonId};
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::value::{Map, Value};
use caravan_sync::envelope::Envelope;
use caravan_sync::frame::{Quarantine, Rejection, RelayFrame, Reply, Verdict};

use crate::support::{Device, Running, client_document, mint};

/// A director, and three who look after clients; one client is Ann's.
struct Office {
    relay: Running,
    director: Device,
    ann: Device,
    bob: Device,
    eve: Device,
    client: DocumentId,
    opened: Document,
}

impl Office {
    async fn open(data: &std::path::Path) -> Self {
        let relay = Running::start(data).await;
        let mut director = relay.founder().await;
        let [mut ann, bob, eve] = relay.joined(&mut director).await;
        let client = client_document();
        let mut opened = Document::new(client);
        let name = Edit::put(client, &["profile", "name"], "龙井茶庄");
        let written = ann.edit(&mut opened, name);
        ann.push(vec![written]).await;
        Self {
            relay,
            director,
            ann,
            bob,
            eve,
            client,
            opened,
        }
    }

    fn to(&self, to: PersonId, leaves: bool) -> HandOver {
        HandOver {
            handover: HandoverId(mint()),
            from: self.ann.person,
            clients: [(ClientId(self.client.id), to)].into(),
            takers: BTreeSet::new(),
            leaves,
        }
    }

    /// What goes with the client, written by the director.
    fn capsule(&mut self, handover: HandoverId) -> Envelope {
        let by = Value::from(self.director.person.to_string());
        let entry = Map::from([("by".to_owned(), by)]);
        let path = ["handovers", &handover.to_string()];
        let edit = Edit::put(self.client, &path, entry);
        self.director.edit(&mut self.opened, edit)
    }
}

fn verdicts(reply: &Reply) -> Vec<Option<Rejection>> {
    let receipts = reply.receipts.iter();
    let reasons = receipts.map(|receipt| match receipt.verdict {
        Verdict::Refused { reason, .. } => Some(reason),
        _ => None,
    });
    reasons.collect()
}

fn refused(refusal: Refusal) -> Vec<Option<Rejection>> {
    vec![Some(Rejection::Decision(refusal))]
}

/// What the merger has sent back.
async fn returned(relay: &Running, device: &mut Device) -> Vec<Option<Rejection>> {
    relay.settled().await;
    verdicts(&device.exchange(Vec::new()).await)
}

async fn hears_of(relay: &Running, device: &mut Device, document: DocumentId) -> bool {
    relay.settled().await;
    let reply = device.exchange(Vec::new()).await;
    let entries = reply.entries.iter().map(|it| it.envelope.document);
    let snapshots = reply.snapshots.iter().map(|it| it.document);
    entries.chain(snapshots).any(|it| it == document)
}

const NOT_YOURS: Option<Rejection> = Some(Rejection::Quarantined(Quarantine::NotAllowed));

#[tokio::test]
async fn only_those_with_authority_hand_over_and_only_to_somebody_active() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let to_bob = office.to(office.bob.person, false);
    let envelope = office.bob.decide(&Decision::HandOver(to_bob.clone()));
    let reply = office.bob.exchange(vec![envelope]).await;
    assert_eq!(verdicts(&reply), refused(Refusal::NotAllowed));

    let suspend = PeopleDecision::ChangePerson {
        person: office.eve.person,
        change: PersonChange::Status(PersonStatus::Suspended),
    };
    let suspend = office.director.decide(&Decision::People(suspend));
    office.director.push(vec![suspend]).await;
    let to_eve = office.to(office.eve.person, false);
    let envelope = office.director.decide(&Decision::HandOver(to_eve));
    let reply = office.director.exchange(vec![envelope]).await;
    assert_eq!(verdicts(&reply), refused(Refusal::NotActive));

    // Somebody else's by then.
    let envelope = office.director.decide(&Decision::HandOver(to_bob));
    office.director.push(vec![envelope]).await;
    let again = office.to(office.director.person, false);
    let envelope = office.director.decide(&Decision::HandOver(again));
    let reply = office.director.exchange(vec![envelope]).await;
    assert_eq!(verdicts(&reply), refused(Refusal::ChangedHands));
}

/// The capsule goes out with the handover, and with a refused one it comes back.
#[tokio::test]
async fn what_rests_on_a_refused_handover_reaches_nobody() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let mut wrong = office.to(office.bob.person, false);
    wrong.clients.insert(ClientId(mint()), office.bob.person);
    let decision = office.director.decide(&Decision::HandOver(wrong.clone()));
    let capsule = office.capsule(wrong.handover);
    let reply = office.director.exchange(vec![decision, capsule]).await;
    assert_eq!(verdicts(&reply)[..1], refused(Refusal::NotFound));
    let back = returned(&office.relay, &mut office.director).await;
    assert_eq!(back, [NOT_YOURS]);
    assert!(!hears_of(&office.relay, &mut office.bob, office.client).await);
}

#[tokio::test]
async fn whoever_leaves_is_cut_off_and_the_next_one_reads_on() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let handover = office.to(office.bob.person, true);
    let decision = office
        .director
        .decide(&Decision::HandOver(handover.clone()));
    let capsule = office.capsule(handover.handover);
    let reply = office.director.push(vec![decision, capsule]).await;
    assert_eq!(verdicts(&reply), [None, None]);
    assert!(hears_of(&office.relay, &mut office.bob, office.client).await);
    let frame = office.ann.exchange_frame(Vec::new()).await;
    assert!(matches!(frame, RelayFrame::Revoked), "{frame:?}");
}

/// Somebody who only gave their clients away is still here, and so is what they wrote before they heard of it.
#[tokio::test]
async fn what_the_giver_wrote_offline_still_arrives() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let handover = office.to(office.bob.person, false);
    let decision = office.director.decide(&Decision::HandOver(handover));
    office.director.push(vec![decision]).await;

    let by = Value::from(office.ann.person.to_string());
    let entry = Map::from([
        ("by".to_owned(), by),
        ("text".to_owned(), "答应月底送样".into()),
    ]);
    let talk = Edit::put(office.client, &["interactions", &mint().to_string()], entry);
    let mut opened = office.opened.clone();
    let talk = office.ann.edit(&mut opened, talk);
    let renamed = Edit::put(office.client, &["profile", "name"], "别人的茶庄");
    let renamed = office.ann.edit(&mut opened, renamed);
    let reply = office.ann.exchange(vec![talk, renamed]).await;
    assert_eq!(verdicts(&reply)[0], None, "what was talked about");
    let back = returned(&office.relay, &mut office.ann).await;
    assert_eq!(back, [NOT_YOURS], "the file is the next one's");
    assert!(hears_of(&office.relay, &mut office.bob, office.client).await);
}
