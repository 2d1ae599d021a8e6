//! A client answers a survey in a browser nobody knows: once, and heard of only by those who may. No device can make an answer up.

use std::fs;
use std::num::NonZeroU32;
use std::path::Path;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use caravan_domain::clients::erasure::{EraseClient, ErasureReason};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::facts::{Fact, FactKey};
use caravan_domain::id::{ClientId, Id, PersonId, SurveyId};
use caravan_domain::surveys::decision::{SurveyDecision, SurveyState};
use caravan_domain::surveys::record::{STEP, Satisfaction, SurveyReply};
use caravan_relay::audit::{Question, verify};
use caravan_relay::config::LimitOptions;
use caravan_relay::identity::hash_token;
use caravan_sync::cursor::Cursor;
use caravan_sync::frame::{Rejection, Reply, Verdict};

use crate::support::{Answer, Client, Device, Running, Setup, client_document, mint};

const WORDS: &str = "说好的样品一直没来-marker-3e9a";

/// A director, and Ann and Bob who look after clients.
struct Office {
    relay: Running,
    director: Device,
    ann: Device,
    bob: Device,
}

/// A link to one of Ann's clients.
struct Link {
    client: ClientId,
    survey: SurveyId,
    secret: Id,
}

impl Link {
    fn path(&self) -> String {
        format!("/s/{}", self.secret)
    }
}

impl Office {
    async fn open(data: &Path) -> Self {
        Self::over(Running::start(data).await).await
    }

    async fn over(relay: Running) -> Self {
        let mut director = relay.founder().await;
        let [ann, bob] = relay.joined(&mut director).await;
        Self {
            relay,
            director,
            ann,
            bob,
        }
    }

    /// In one push, as a phone sends what it wrote without a network.
    async fn ask(&mut self) -> Link {
        let document = client_document();
        let link = Link {
            client: ClientId(document.id),
            survey: SurveyId(mint()),
            secret: mint(),
        };
        let written = self.ann.name_client(document, "龙井茶庄");
        let issue = Decision::Survey(SurveyDecision::Issue {
            survey: link.survey,
            client: link.client,
            about: self.ann.person,
            secret_hash: hash_token(link.secret.as_bytes()),
        });
        let issue = self.ann.decide(&issue);
        self.ann.push(vec![written, issue]).await;
        link
    }

    /// From a phone of nobody's here.
    fn anybody(&self) -> Client {
        self.relay.client()
    }

    async fn answered(&mut self, said: &str) -> Link {
        let link = self.ask().await;
        let sent = send(&self.anybody(), &link.path(), said).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        self.relay.settled().await;
        link
    }
}

async fn open(client: &Client, path: &str, language: &str) -> Answer {
    let headers = [("accept-language", language)];
    client
        .send(Method::GET, path, &headers, Body::empty())
        .await
}

async fn send(client: &Client, path: &str, form: &str) -> Answer {
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let body = Body::from(form.to_owned());
    client.send(Method::POST, path, &kind, body).await
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.to_vec()).unwrap()
}

fn replies(reply: &Reply) -> Vec<SurveyReply> {
    let facts = reply.facts.iter();
    let told = facts.filter_map(|change| match &change.fact {
        Some(Fact::SurveyReply(told)) => Some(told.clone()),
        _ => None,
    });
    told.collect()
}

/// Everything of single answers, whichever way it is told.
fn single(reply: &Reply) -> usize {
    let keys = reply.facts.iter().map(|change| change.key);
    keys.filter(|key| matches!(key, FactKey::SurveyReply(..) | FactKey::SurveyWords(..)))
        .count()
}

fn words(reply: &Reply) -> Vec<String> {
    let facts = reply.facts.iter();
    let told = facts.filter_map(|change| match &change.fact {
        Some(Fact::SurveyWords(words)) => Some(words.clone()),
        _ => None,
    });
    told.collect()
}

fn state(reply: &Reply, link: &Link) -> Option<SurveyState> {
    let key = FactKey::Survey(link.client, link.survey);
    let told = reply.facts.iter().rev().find(|change| change.key == key)?;
    match &told.fact {
        Some(Fact::Survey(standing)) => Some(standing.state),
        other => panic!("{other:?}"),
    }
}

fn refusal(reply: &Reply) -> Option<Refusal> {
    let receipts = reply.receipts.iter();
    let mut refusals = receipts.filter_map(|receipt| match receipt.verdict {
        Verdict::Refused {
            reason: Rejection::Decision(refusal),
            ..
        } => Some(refusal),
        _ => None,
    });
    refusals.next()
}

fn said(satisfaction: &str) -> String {
    format!(
        "satisfaction={satisfaction}&kept=no&on_time=yes&words={}",
        urlencoded(WORDS)
    )
}

fn urlencoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn a_link_is_answered_once_from_a_page_without_a_script() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let (link, anybody) = (office.ask().await, office.anybody());
    let path = link.path();

    let page = open(&anybody, &path, "zh-CN,zh;q=0.9").await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"));
    assert!(!policy.contains("script-src") && !policy.contains("unsafe"));
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("content-language"), "zh");
    let html = text(&page);
    assert!(!html.contains("<script") && html.contains("云南商队") && html.contains("王芳"));
    assert!(html.len() < 8 * 1024);
    let page = open(&anybody, &path, "en-GB").await;
    assert!(text(&page).contains("How satisfied are you with"));
    let page = open(&anybody, &format!("{path}?lang=en"), "zh").await;
    assert_eq!(page.header("content-language"), "en");

    // What lacks the one thing that must be said keeps what was said.
    let sent = send(
        &anybody,
        &path,
        &format!("words={}&kept=no", urlencoded(WORDS)),
    )
    .await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(&sent).contains(WORDS) && text(&sent).contains("checked"));

    let sent = send(&anybody, &path, &said("dissatisfied")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let thanks = open(&anybody, sent.header("location"), "zh").await;
    assert_eq!(thanks.status, StatusCode::OK);
    assert!(text(&thanks).contains("谢谢您"));
    let again = open(&anybody, &path, "zh").await;
    assert_eq!(again.status, StatusCode::GONE);
    assert!(text(&again).contains("已经回答过了") && !text(&again).contains("<form"));
    let again = send(&anybody, &path, &said("very-satisfied")).await;
    assert_eq!(again.status, StatusCode::GONE);

    office.relay.settled().await;
    let reply = office.director.exchange(Vec::new()).await;
    let told = replies(&reply);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].satisfaction, Satisfaction::Dissatisfied);
    assert_eq!((told[0].by, told[0].signed_in), (office.ann.person, false));
    assert_eq!(words(&reply), [WORDS]);
}

#[tokio::test]
async fn what_is_no_open_link_says_so() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let (link, anybody) = (office.ask().await, office.anybody());
    for path in [
        "/s/nonsense".to_owned(),
        format!("/s/{}", mint()),
        "/s/%00".to_owned(),
    ] {
        let page = open(&anybody, &path, "zh").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(text(&page).contains("暂时打不开"));
    }
    let Link { client, survey, .. } = link;
    let withdraw = Decision::Survey(SurveyDecision::Withdraw { client, survey });
    let forged = office.bob.decide(&withdraw);
    let reply = office.bob.exchange(vec![forged]).await;
    assert_eq!(refusal(&reply), Some(Refusal::NotAllowed));
    let withdrawn = office.ann.decide(&withdraw);
    office.ann.push(vec![withdrawn]).await;
    let sent = send(&anybody, &link.path(), &said("satisfied")).await;
    assert_eq!(sent.status, StatusCode::GONE);
    assert!(text(&sent).contains("已经收回"));

    let link = office.ask().await;
    let huge = format!("satisfaction=satisfied&words={}", "x".repeat(20 * 1024));
    let sent = send(&anybody, &link.path(), &huge).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let foreign = Client {
        origin: Some("https://evil.example".to_owned()),
        ..anybody
    };
    let sent = send(&foreign, &link.path(), &said("satisfied")).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    office.relay.settled().await;
    assert_eq!(single(&office.director.exchange(Vec::new()).await), 0);
}

#[tokio::test]
async fn single_answers_reach_those_who_answer_for_the_person_and_nobody_else() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let link = office.answered(&said("so-so")).await;

    let reply = office.ann.exchange(Vec::new()).await;
    assert!(matches!(
        state(&reply, &link),
        Some(SurveyState::Answered { .. })
    ));
    assert_eq!(
        single(&reply),
        0,
        "she knows that it was answered, and no more"
    );
    assert_eq!(single(&office.bob.exchange(Vec::new()).await), 0);
    assert_eq!(single(&office.director.exchange(Vec::new()).await), 2);
    for device in [&mut office.ann, &mut office.bob] {
        device.cursor = Cursor::default();
        assert_eq!(
            single(&device.exchange(Vec::new()).await),
            0,
            "from nothing"
        );
    }
    office.director.cursor = Cursor::default();
    assert_eq!(single(&office.director.exchange(Vec::new()).await), 2);

    // She cannot take a low one off her manager's list.
    let key = told_reply(&mut office.director).await;
    let see_to = Decision::Survey(SurveyDecision::SeeTo {
        about: key.0,
        reply: key.1,
    });
    for device in [&mut office.ann, &mut office.bob] {
        let envelope = device.decide(&see_to);
        let reply = device.exchange(vec![envelope]).await;
        assert_eq!(refusal(&reply), Some(Refusal::NotAllowed));
    }
    let envelope = office.director.decide(&see_to);
    office.director.push(vec![envelope]).await;

    // In whole steps she learns what they come to.
    let digest = |reply: &Reply| {
        let facts = reply.facts.iter();
        let mut digests = facts.filter_map(|change| match change.fact {
            Some(Fact::SurveyDigest(digest)) => Some((digest.replies, digest.percent)),
            _ => None,
        });
        digests.next_back()
    };
    for _ in 2..STEP {
        office.answered("satisfaction=satisfied").await;
    }
    assert_eq!(digest(&office.ann.exchange(Vec::new()).await), None);
    office.answered("satisfaction=very-satisfied").await;
    let reply = office.ann.exchange(Vec::new()).await;
    assert_eq!(digest(&reply), Some((5, 60 + 3 * 80 + 100)));
    assert_eq!(single(&reply), 0);
    assert_eq!(digest(&office.bob.exchange(Vec::new()).await), None);
}

async fn told_reply(device: &mut Device) -> (PersonId, caravan_domain::id::ReplyId) {
    device.cursor = Cursor::default();
    let reply = device.exchange(Vec::new()).await;
    let mut keys = reply.facts.iter().filter_map(|change| match change.key {
        FactKey::SurveyReply(about, reply) => Some((about, reply)),
        _ => None,
    });
    keys.next().unwrap()
}

#[tokio::test]
async fn an_answer_from_a_colleagues_browser_is_marked() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let link = office.ask().await;
    // The session's cookie goes with it, as a browser sends it.
    let sent = send(&office.ann.client, &link.path(), &said("very-satisfied")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    office.relay.settled().await;
    let told = replies(&office.director.exchange(Vec::new()).await);
    assert!(told[0].signed_in);
}

#[tokio::test]
async fn words_lie_encrypted_and_go_with_their_client() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut office = Office::open(&data).await;
    let link = office.answered(&said("satisfied")).await;
    assert!(!lies_in(&data, WORDS), "in the clear");

    // A relay that starts again reads them.
    let restored = office
        .relay
        .store
        .restore(office.director.workspace)
        .unwrap();
    let mut read = restored
        .facts
        .iter()
        .filter(|it| it.change.fact == Some(Fact::SurveyWords(WORDS.to_owned())));
    assert!(read.next().is_some());

    office.director.exchange(Vec::new()).await;
    let erase = office.director.decide(&Decision::Erase(EraseClient {
        client: link.client,
        reason: ErasureReason::Asked,
    }));
    let mut told = office.director.push(vec![erase]).await.facts;
    office.relay.settled().await;
    told.extend(office.director.exchange(Vec::new()).await.facts);
    let taken_back = told
        .iter()
        .find(|change| matches!(change.key, FactKey::SurveyWords(..)));
    assert_eq!(taken_back.unwrap().fact, None);
    office.director.cursor = Cursor::default();
    let reply = office.director.exchange(Vec::new()).await;
    assert_eq!(words(&reply), Vec::<String>::new());
    assert_eq!(replies(&reply).len(), 1, "the figure stands");

    office.relay.stop().await;
    let report = verify(&data.join("relay.sqlite"), &Question::default()).unwrap();
    assert_eq!(report.findings, []);
}

fn lies_in(folder: &Path, marker: &str) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => lies_in(&path, marker),
            false => {
                let bytes = fs::read(&path).unwrap();
                bytes
                    .windows(marker.len())
                    .any(|it| it == marker.as_bytes())
            }
        }
    })
}

#[tokio::test]
async fn nobody_tries_links_at_will() {
    let data = tempfile::tempdir().unwrap();
    let setup = Setup {
        limits: LimitOptions {
            joins_per_minute: NonZeroU32::new(3),
            ..LimitOptions::default()
        },
        ..Setup::default()
    };
    let relay = Running::with(data.path(), setup).await;
    let anybody = relay.client();
    let mut answers = Vec::new();
    for _ in 0..4 {
        let page = open(&anybody, &format!("/s/{}", mint()), "zh").await;
        answers.push(page.status.as_u16());
    }
    assert_eq!(answers, [404, 404, 404, 429]);
}
