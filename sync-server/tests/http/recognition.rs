//! Nobody praises themselves, applauds for another, or withdraws what is not theirs; another team hears nothing of it.

use caravan_documents::Document;
use caravan_domain::decision::Decision;
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::id::{Id, PersonId, TeamId};
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::value::{Map, Value};
use caravan_sync::frame::{Quarantine, Rejection, Reply, Verdict};

use crate::support::{Device, Running, mint};

/// A director; Ann and Bob of one team, Carol of another.
struct Office {
    relay: Running,
    director: Device,
    ann: Device,
    bob: Device,
    carol: Device,
    team: DocumentId,
}

impl Office {
    async fn open(data: &std::path::Path) -> Self {
        let relay = Running::start(data).await;
        let mut director = relay.founder().await;
        let [ann, bob, carol] = relay.joined(&mut director).await;
        let (east, west) = (TeamId(mint()), TeamId(mint()));
        let define = |team, name: &str| PeopleDecision::DefineTeam {
            team,
            name: name.to_owned(),
            closed: false,
        };
        let moves = |person, team| PeopleDecision::ChangePerson {
            person,
            change: PersonChange::Team(Some(team)),
        };
        let decisions = [
            define(east, "华东"),
            define(west, "西部"),
            moves(ann.person, east),
            moves(bob.person, east),
            moves(carol.person, west),
        ];
        let decided = decisions
            .into_iter()
            .map(|decision| director.decide(&Decision::People(decision)))
            .collect();
        director.push(decided).await;
        relay.settled().await;
        Self {
            relay,
            director,
            ann,
            bob,
            carol,
            team: east.into(),
        }
    }

    fn post(&self, by: PersonId, person: PersonId, kind: &str) -> (Id, Edit) {
        let id = mint();
        let entry: Map = [
            ("kind", kind.into()),
            ("by", by.to_string().into()),
            ("at", Value::from(caravan_relay::clock::now())),
            ("person", person.to_string().into()),
            ("words", "多亏了你".into()),
        ]
        .map(|(key, value)| (key.to_owned(), value))
        .into();
        (id, Edit::put(self.team, &["posts", &id.to_string()], entry))
    }

    fn beside(&self, post: Id, place: &str, who: PersonId, written: impl Into<Value>) -> Edit {
        let path = ["posts", &post.to_string(), place, &who.to_string()];
        Edit::put(self.team, &path, written)
    }
}

fn withdrawn(by: PersonId) -> Map {
    Map::from([("by".to_owned(), Value::from(by.to_string()))])
}

/// What a device is told of its edit once the relay has looked into it.
async fn verdict(
    relay: &Running,
    device: &mut Device,
    opened: &mut Document,
    edit: Edit,
) -> Vec<Quarantine> {
    let envelope = device.edit(opened, edit);
    let reply = device.push(vec![envelope]).await;
    relay.settled().await;
    let mut found = quarantined(&reply);
    found.extend(quarantined(&device.exchange(Vec::new()).await));
    found
}

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

const REFUSED: [Quarantine; 1] = [Quarantine::NotAllowed];

#[tokio::test]
async fn nobody_praises_themselves_and_colleagues_only_thank() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let (director, ann, bob, carol) = (
        office.director.person,
        office.ann.person,
        office.bob.person,
        office.carol.person,
    );
    // What is refused leaves no trace in its author's copy.
    let mut opened = [Document::new(office.team), Document::new(office.team)];
    for (author, by, person, kind, taken) in [
        (0, director, ann, "goal", true),
        (1, ann, bob, "thanks", true),
        // Of herself; more than thanks; in the director's name; of somebody of another team.
        (1, ann, ann, "thanks", false),
        (1, ann, bob, "goal", false),
        (1, director, bob, "thanks", false),
        (1, ann, carol, "thanks", false),
        (0, director, carol, "goal", false),
        (0, director, director, "goal", false),
    ] {
        let (_, edit) = office.post(by, person, kind);
        let device = [&mut office.director, &mut office.ann]
            .into_iter()
            .nth(author);
        let mut copy = opened[author].clone();
        let found = verdict(&office.relay, device.unwrap(), &mut copy, edit).await;
        let expected: &[Quarantine] = if taken { &[] } else { &REFUSED };
        assert_eq!(found, expected, "{kind} of {person} by {by}");
        if taken {
            opened[author] = copy;
        }
    }
}

#[tokio::test]
async fn another_team_neither_writes_nor_reads() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let (_, edit) = office.post(office.carol.person, office.ann.person, "thanks");
    let envelope = office.carol.edit(&mut Document::new(office.team), edit);
    let reply = office.carol.exchange(vec![envelope]).await;
    assert!(
        matches!(
            reply.receipts[0].verdict,
            Verdict::Refused {
                reason: Rejection::NotAllowed,
                ..
            }
        ),
        "{:?}",
        reply.receipts
    );
    let (_, edit) = office.post(office.bob.person, office.ann.person, "thanks");
    let opened = Document::new(office.team);
    assert!(
        verdict(&office.relay, &mut office.bob, &mut opened.clone(), edit)
            .await
            .is_empty()
    );
    let of_team = |reply: &Reply, team| {
        let entries = reply.entries.iter();
        entries.filter(|it| it.envelope.document == team).count() + reply.snapshots.len()
    };
    let told = office.ann.exchange(Vec::new()).await;
    assert_eq!(of_team(&told, office.team), 1);
    let told = office.carol.exchange(Vec::new()).await;
    assert_eq!(of_team(&told, office.team), 0);
}

#[tokio::test]
async fn applause_is_ones_own_and_a_stranger_withdraws_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let (ann, bob, director) = (office.ann.person, office.bob.person, office.director.person);
    let mut opened = Document::new(office.team);
    // Bob thanks Ann: his post, and not hers to withdraw.
    let (post, edit) = office.post(bob, ann, "thanks");
    let envelope = office.bob.edit(&mut opened, edit);
    office.bob.push(vec![envelope]).await;
    office.relay.settled().await;

    let edit = office.beside(post, "applause", ann, true);
    let found = verdict(&office.relay, &mut office.bob, &mut opened.clone(), edit).await;
    assert_eq!(found, REFUSED, "in her name");
    let edit = office.beside(post, "applause", ann, "一百次");
    let found = verdict(&office.relay, &mut office.ann, &mut opened.clone(), edit).await;
    assert_eq!(found, REFUSED, "what is no applause");
    let edit = office.beside(post, "withdrawn", ann, withdrawn(ann));
    let found = verdict(&office.relay, &mut office.ann, &mut opened.clone(), edit).await;
    assert_eq!(
        found, REFUSED,
        "she did not write it and does not lead the team"
    );
    let edit = office.beside(post, "withdrawn", bob, withdrawn(director));
    let found = verdict(&office.relay, &mut office.bob, &mut opened.clone(), edit).await;
    assert_eq!(found, REFUSED, "in the director's name");
    let words = ["posts", &post.to_string(), "words"];
    let edit = Edit::put(office.team, &words, "另一句");
    let found = verdict(&office.relay, &mut office.bob, &mut opened.clone(), edit).await;
    assert_eq!(found, REFUSED, "it stays as it was written");

    for (place, written) in [
        ("applause", Value::from(true)),
        ("withdrawn", withdrawn(bob).into()),
    ] {
        let edit = office.beside(post, place, bob, written);
        let found = verdict(&office.relay, &mut office.bob, &mut opened, edit).await;
        assert_eq!(found, [], "{place}");
    }
    let edit = office.beside(post, "withdrawn", director, withdrawn(director));
    let found = verdict(
        &office.relay,
        &mut office.director,
        &mut opened.clone(),
        edit,
    )
    .await;
    assert_eq!(found, [], "whoever leads the team may");
}
