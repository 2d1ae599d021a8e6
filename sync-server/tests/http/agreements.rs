//! Client data waits for a signature, whoever's phone asks and however it asks; and nobody signs but the person themself.

use caravan_documents::Document;
use caravan_domain::agreements::decision::{
    AgreementDecision, Requirement, Signature, Terms, Waits,
};
use caravan_domain::agreements::text::VersionDigest;
use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::facts::{Fact, FactKey};
use caravan_domain::id::{AgreementId, ClientId, DeviceId, PersonId};
use caravan_domain::role::Role;
use caravan_domain::time::Instant;
use caravan_domain::value::{Map, Value};
use caravan_sync::frame::{Quarantine, Rejection, Reply, Verdict};

use crate::support::{Device, Running, client_document, mint};

const FIRST: VersionDigest = VersionDigest([1; 32]);
const SECOND: VersionDigest = VersionDigest([2; 32]);

/// A director, and two who look after clients; one client is Ann's.
struct Office {
    relay: Running,
    director: Device,
    ann: Device,
    bob: Device,
    agreement: AgreementId,
    client: DocumentId,
    opened: Document,
}

impl Office {
    async fn open(data: &std::path::Path) -> Self {
        let relay = Running::start(data).await;
        let mut director = relay.founder().await;
        let [mut ann, bob] = relay.joined(&mut director).await;
        let client = client_document();
        let mut opened = Document::new(client);
        let name = Edit::put(client, &["profile", "name"], "龙井茶庄");
        let written = ann.edit(&mut opened, name);
        ann.push(vec![written]).await;
        relay.settled().await;
        ann.exchange(Vec::new()).await;
        Self {
            relay,
            director,
            ann,
            bob,
            agreement: AgreementId(mint()),
            client,
            opened,
        }
    }

    async fn require(&mut self, version: VersionDigest, waits: Waits) {
        let terms = Terms {
            required_of: [Role::AccountManager].into(),
            within_days: 7,
            waits,
        };
        let decision = Decision::Agreement(AgreementDecision::Require {
            agreement: self.agreement,
            version,
            number: 1,
            terms,
        });
        let envelope = self.director.decide(&decision);
        self.director.push(vec![envelope]).await;
    }

    fn signature(&self, version: VersionDigest, device: DeviceId) -> Decision {
        Decision::Agreement(AgreementDecision::Sign {
            agreement: self.agreement,
            version,
            name: "李敏".to_owned(),
            signed_at: Instant::default(),
            device,
        })
    }

    fn countersignature(&self, person: PersonId) -> Decision {
        Decision::Agreement(AgreementDecision::Countersign {
            agreement: self.agreement,
            person,
            version: FIRST,
            name: "陈总".to_owned(),
        })
    }
}

async fn sign(office: &mut Office, version: VersionDigest) -> Reply {
    let decision = office.signature(version, office.ann.id);
    let envelope = office.ann.decide(&decision);
    office.ann.exchange(vec![envelope]).await
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

/// Whether anything of the document, or of the facts that go with it, is in the reply.
fn hears_of(reply: &Reply, document: DocumentId) -> bool {
    let entries = reply.entries.iter().map(|it| it.envelope.document);
    let snapshots = reply.snapshots.iter().map(|it| it.document);
    let granted = reply.facts.iter().filter(|it| it.fact.is_some());
    let facts = granted.filter_map(|it| it.key.document());
    entries
        .chain(snapshots)
        .chain(facts)
        .any(|it| it == document)
}

async fn next(relay: &Running, device: &mut Device) -> Reply {
    relay.settled().await;
    device.exchange(Vec::new()).await
}

fn signatures(reply: &Reply) -> Vec<Signature> {
    let told = reply.facts.iter().rev();
    let mut told = told.filter_map(|it| match &it.fact {
        Some(Fact::Signed(all)) => Some(all.clone()),
        _ => None,
    });
    told.next().unwrap_or_default()
}

#[tokio::test]
async fn a_newcomer_gets_no_client_before_they_have_signed() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    office.require(FIRST, Waits::Newcomers).await;
    let token = office.director.invite().await;
    let mut new = Device::join(office.relay.client(), token).await;
    let give = OwnershipDecision::Assign {
        clients: vec![ClientId(office.client.id)],
        owner: new.person,
    };
    let envelope = office.director.decide(&Decision::Ownership(give));
    office.director.push(vec![envelope]).await;
    let reply = next(&office.relay, &mut new).await;
    let required = reply.facts.iter().any(|it| {
        matches!(&it.fact, Some(Fact::Requirement(Requirement { versions, .. })) if versions.len() == 1)
    });
    assert!(required, "they are told what to sign");
    assert!(!hears_of(&reply, office.client), "given, and it waits");
    // Neither what is written in it from now on, nor with a phone that begins anew.
    let talk = Edit::put(office.client, &["profile", "region"], "杭州");
    let talk = office.director.edit(&mut office.opened, talk);
    office.director.push(vec![talk]).await;
    assert!(!hears_of(
        &next(&office.relay, &mut new).await,
        office.client
    ));
    new.cursor = caravan_sync::cursor::Cursor::default();
    assert!(!hears_of(
        &next(&office.relay, &mut new).await,
        office.client
    ));

    let decision = office.signature(FIRST, new.id);
    let envelope = new.decide(&decision);
    let reply = new.exchange(vec![envelope]).await;
    assert_eq!(verdicts(&reply), [None]);
    let heard = hears_of(&reply, office.client);
    let later = next(&office.relay, &mut new).await;
    assert!(heard || hears_of(&later, office.client));
}

#[tokio::test]
async fn what_was_on_its_way_when_it_was_required_still_counts() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let region = Edit::put(office.client, &["profile", "region"], "杭州");
    let waiting = office.ann.edit(&mut office.opened, region);
    office.require(FIRST, Waits::Everybody).await;
    let reply = office.ann.exchange(vec![waiting]).await;
    assert_eq!(verdicts(&reply), [None], "nothing typed is lost");
    let reply = next(&office.relay, &mut office.ann).await;
    assert!(verdicts(&reply).iter().all(Option::is_none));
    let purged = |reply: &Reply| reply.purges.contains(&office.client);
    assert!(purged(&reply) || !hears_of(&reply, office.client));

    let first = sign(&mut office, FIRST).await;
    assert_eq!(verdicts(&first), [None]);
    let then = next(&office.relay, &mut office.ann).await;
    let whole = [&first, &then]
        .into_iter()
        .flat_map(|reply| &reply.snapshots)
        .find(|it| it.document == office.client);
    let whole = whole.expect("it comes back whole");
    let document = Document::load(office.client, &whole.chunks).unwrap();
    let tree = document.tree().unwrap();
    assert_eq!(tree.string(&["profile", "region"]), "杭州");
}

#[tokio::test]
async fn a_new_version_takes_nothing_away() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    office.require(FIRST, Waits::Everybody).await;
    sign(&mut office, FIRST).await;
    next(&office.relay, &mut office.ann).await;
    office.require(SECOND, Waits::Everybody).await;
    let reply = next(&office.relay, &mut office.ann).await;
    assert!(!reply.purges.contains(&office.client));
    let name = Edit::put(office.client, &["profile", "name"], "龙井新茶庄");
    let written = office.director.edit(&mut office.opened, name);
    office.director.push(vec![written]).await;
    let reply = next(&office.relay, &mut office.ann).await;
    assert!(
        hears_of(&reply, office.client),
        "and she goes on hearing of it"
    );
}

#[tokio::test]
async fn nobody_signs_for_another_nor_a_text_that_was_never_asked_for() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    office.require(FIRST, Waits::Everybody).await;

    // With her device's name from another's, with another's name from hers, with a text of one's own.
    let hers = office.signature(FIRST, office.ann.id);
    let envelope = office.bob.decide(&hers);
    let reply = office.bob.exchange(vec![envelope]).await;
    assert_eq!(verdicts(&reply), [Some(Rejection::Malformed)]);
    let envelope = office.ann.decide(&office.signature(FIRST, office.bob.id));
    let reply = office.ann.exchange(vec![envelope]).await;
    assert_eq!(verdicts(&reply), [Some(Rejection::Malformed)]);
    let reply = sign(&mut office, SECOND).await;
    assert_eq!(verdicts(&reply), refused(Refusal::NotThatText));
    let asked = Decision::Agreement(AgreementDecision::Require {
        agreement: office.agreement,
        version: SECOND,
        number: 2,
        terms: Terms::default(),
    });
    let envelope = office.bob.decide(&asked);
    let reply = office.bob.exchange(vec![envelope]).await;
    assert_eq!(verdicts(&reply), refused(Refusal::NotAllowed));

    // Nor does anybody countersign what was not signed, or without the right to.
    let ann = office.ann.person;
    let envelope = office.director.decide(&office.countersignature(ann));
    let reply = office.director.exchange(vec![envelope]).await;
    assert_eq!(verdicts(&reply), refused(Refusal::NotFound));
    sign(&mut office, FIRST).await;
    let envelope = office.bob.decide(&office.countersignature(ann));
    let reply = office.bob.exchange(vec![envelope]).await;
    assert_eq!(verdicts(&reply), refused(Refusal::NotAllowed));
    let envelope = office.director.decide(&office.countersignature(ann));
    office.director.push(vec![envelope]).await;

    let reply = next(&office.relay, &mut office.bob).await;
    let all = signatures(&reply);
    assert_eq!(all.len(), 1);
    let signature = &all[0];
    assert_eq!(signature.device, office.ann.id);
    assert!(
        signature.received_at > Instant::default(),
        "the relay's own time"
    );
    let company = signature.countersigned.as_ref().unwrap();
    assert_eq!(company.by, office.director.person);
    let key = FactKey::Signed(ann, office.agreement);
    assert!(reply.facts.iter().any(|it| it.key == key));
}

/// A device can write a document, never a fact; and of a document only what it may.
#[tokio::test]
async fn what_was_published_is_never_rewritten() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let (id, version) = (office.agreement.to_string(), mint().to_string());
    let by = Value::from(office.director.person.to_string());
    let text = Map::from([("by".to_owned(), by.clone())]);
    let entry = Map::from([
        ("created_by".to_owned(), by),
        (
            "versions".to_owned(),
            Map::from([(version.clone(), text.into())]).into(),
        ),
    ]);
    let mut company = Document::new(DocumentId::COMPANY);
    let add = Edit::put(DocumentId::COMPANY, &["agreements", &id], entry);
    let add = office.director.edit(&mut company, add);
    office.director.push(vec![add]).await;
    let reply = next(&office.relay, &mut office.director).await;
    assert!(verdicts(&reply).iter().all(Option::is_none), "{reply:?}");
    let other = Map::from([("zh_text".to_owned(), Value::from("一切归我".to_owned()))]);
    let path = ["agreements", &id, "versions", &version];
    let rewritten = Edit::put(DocumentId::COMPANY, &path, other);
    let rewritten = office.director.edit(&mut company, rewritten);
    office.director.push(vec![rewritten]).await;
    let reply = next(&office.relay, &mut office.director).await;
    let reason = Rejection::Quarantined(Quarantine::NotAllowed);
    assert_eq!(verdicts(&reply), [Some(reason)]);
}
