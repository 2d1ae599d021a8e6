//! `GET /s/{secret}` and `POST /s/{secret}`: a client opens a survey and answers it, once. Who they are nobody asks; the secret is what
//! they have. Opening it changes nothing, so that a messenger's preview does not use it up.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use caravan_domain::id::{Id, ReplyId};
use caravan_domain::surveys::taking::{Closed, Given, asked, take};
use serde::Deserialize;

use crate::clock;
use crate::identity::{hash_token, session_token};
use crate::relay::Relay;
use crate::store::TokenHash;
use crate::survey::{Filled, Language, Page, Sheet};
use crate::web::ClientAddress;
use crate::workspace::Change;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    lang: Option<String>,
    /// Sent here after answering, so that reloading the page sends nothing twice.
    thanks: Option<String>,
}

/// As the form sends it; words that are none of the form's count as unsaid.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    satisfaction: String,
    kept: String,
    knew: String,
    on_time: String,
    words: String,
}

pub(super) async fn get(
    State(relay): State<Relay>,
    client: ClientAddress,
    Path(secret): Path<String>,
    Query(chosen): Query<Chosen>,
    headers: HeaderMap,
) -> Response {
    let language = Language::of(chosen.lang.as_deref(), &headers);
    let sheet = match opened(&relay, client, &secret) {
        Err(Sheet::Closed(Closed::Used)) if chosen.thanks.is_some() => Sheet::Thanks,
        Ok((_, form)) | Err(form) => form,
    };
    Page { language, sheet }.into_response()
}

pub(super) async fn post(
    State(relay): State<Relay>,
    client: ClientAddress,
    Path(secret): Path<String>,
    Query(chosen): Query<Chosen>,
    headers: HeaderMap,
    sent: Result<Form<Sent>, FormRejection>,
) -> Response {
    let language = Language::of(chosen.lang.as_deref(), &headers);
    // What cannot be read is shown the empty form again.
    let sent = sent.map(|Form(sent)| sent).unwrap_or_default();
    match answered(&relay, client, &secret, sent, &headers).await {
        Ok(()) => {
            let thanks = format!("/s/{secret}?lang={}&thanks=1", language.tag());
            Redirect::to(&thanks).into_response()
        }
        Err(sheet) => Page { language, sheet }.into_response(),
    }
}

/// The hash of the link's secret and the form, while it may be answered.
fn opened(relay: &Relay, client: ClientAddress, secret: &str) -> Result<(TokenHash, Sheet), Sheet> {
    if !relay.rates().may_open_survey(client.ip) {
        relay.metrics().too_often.inc();
        return Err(Sheet::TooMany);
    }
    let unknown = || Sheet::Closed(Closed::Unknown);
    let secret: Id = secret.parse().map_err(|_| unknown())?;
    let secret = hash_token(secret.as_bytes());
    let now = clock::now();
    let workspace = relay.workspaces().asking(&secret, now);
    let workspace = workspace.ok_or_else(unknown)?;
    let asked = workspace.look(|core| asked(&secret, now, core.facts()));
    let asked = asked.map_err(Sheet::Closed)?;
    Ok((secret, Sheet::Form(asked, Box::default())))
}

async fn answered(
    relay: &Relay,
    client: ClientAddress,
    secret: &str,
    sent: Sent,
    headers: &HeaderMap,
) -> Result<(), Sheet> {
    let (secret, form) = opened(relay, client, secret)?;
    let filled = sent.filled();
    let Some(satisfaction) = filled.satisfaction else {
        return Err(match form {
            Sheet::Form(asked, _) => Sheet::Form(asked, Box::new(filled)),
            other => other,
        });
    };
    let given = Given {
        satisfaction,
        points: filled.points,
        words: filled.words,
    };
    let signed_in = session_token(headers).is_some();
    let reply = ReplyId(Id::from_bytes(clock::random()));
    let now = clock::now();
    let workspace = relay.workspaces().asking(&secret, now);
    let workspace = workspace.ok_or(Sheet::Closed(Closed::Unknown))?;
    let taken = workspace.change(move |core, pending, _| {
        let facts = pending.facts();
        Ok(match take(&secret, given, reply, signed_in, now, facts) {
            Ok(changes) => Change {
                answer: Ok(()),
                admission: core.take_in(pending, changes),
                also: Vec::new(),
            },
            Err(closed) => Change::none(Err(closed)),
        })
    });
    let taken = taken.await.map_err(|_| Sheet::Unavailable)?;
    taken.map_err(Sheet::Closed)
}

impl Sent {
    fn filled(self) -> Filled {
        let satisfaction = self.satisfaction.parse().ok();
        Filled {
            satisfaction,
            points: [self.kept, self.knew, self.on_time].map(|said| said.parse().ok()),
            words: self.words,
            incomplete: satisfaction.is_none(),
        }
    }
}
