//! What people do about an order.

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::decision::Decision;
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::facts::Facts;
use crate::fold::is_blank;
use crate::id::{ClientId, OrderId, OrderVersionId};
use crate::money::Fen;
use crate::orders::decision::{OrderDecision, OrderState, OrderStep, Submission, TurnDownReason};
use crate::orders::digest::digest;
use crate::orders::draft::{NOTE_MAX, OrderDraft};
use crate::orders::record::{Order, OrderLine, OrderVersion};
use crate::time::Day;
use crate::value::{Map, Value, filled, map_of};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderCommand {
    pub client: ClientId,
    pub action: OrderAction,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum OrderAction {
    /// Takes down a new order, or another version of one that was not accepted.
    Write {
        order: Option<OrderId>,
        draft: OrderDraft,
        submit: bool,
    },
    /// What stands in it now.
    Submit(OrderId),
    Withdraw(OrderId),
    /// The version that was looked at.
    Accept(OrderId, OrderVersionId),
    TurnDown {
        order: OrderId,
        version: OrderVersionId,
        reason: TurnDownReason,
        /// In words, for whoever wrote the order.
        text: String,
    },
    /// Money that came in.
    Receive(OrderId, PaymentDraft),
    /// Money that went back.
    Refund(OrderId, PaymentDraft),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentDraft {
    /// Yuan, as typed.
    pub amount: String,
    #[serde(with = "crate::calendar::written")]
    pub on: Day,
    pub note: String,
}

impl OrderCommand {
    /// The client's file is read for its name, where it is on the device.
    #[must_use]
    pub fn reads(&self) -> Vec<DocumentId> {
        let orders = DocumentId::orders(self.client);
        match &self.action {
            OrderAction::Write { order: None, .. } => vec![orders, self.client.into()],
            _ => vec![orders],
        }
    }

    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        let client = self.client;
        match self.action {
            OrderAction::Write {
                order,
                draft,
                submit,
            } => write(client, order, &draft, submit, cx),
            OrderAction::Submit(order) => {
                let order = stored(client, order, cx)?;
                let version = order.latest().ok_or(CommandError::NotFound)?;
                let step = OrderStep::Submit(submission(client, order.id, version));
                Ok(decided(client, order.id, step))
            }
            OrderAction::Withdraw(order) => Ok(decided(client, order, OrderStep::Withdraw)),
            OrderAction::Accept(order, version) => {
                let order = stored(client, order, cx)?;
                let version = order.version(version).ok_or(CommandError::NotFound)?;
                let step = OrderStep::Accept(submission(client, order.id, version));
                Ok(decided(client, order.id, step))
            }
            OrderAction::TurnDown {
                order,
                version,
                reason,
                text,
            } => {
                let step = OrderStep::TurnDown { version, reason };
                let mut outcome = decided(client, order, step);
                outcome.edits = reply(client, order, &text, cx)?;
                Ok(outcome)
            }
            OrderAction::Receive(order, draft) => pay(client, order, &draft, "receipts", cx),
            OrderAction::Refund(order, draft) => {
                let order = stored(client, order, cx)?;
                let left = accepted(client, order.id, cx.facts)? - order.refunded();
                if draft
                    .amount
                    .parse::<Fen>()
                    .is_ok_and(|amount| amount > left)
                {
                    return Err(CommandError::malformed(Field::Amount));
                }
                pay(client, order.id, &draft, "refunds", cx)
            }
        }
    }
}

fn write(
    client: ClientId,
    order: Option<OrderId>,
    draft: &OrderDraft,
    submit: bool,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    check_note(&draft.note)?;
    let lines = draft.read_lines()?;
    let before = match order {
        Some(order) => Some(stored(client, order, cx)?),
        None => None,
    };
    let version = OrderVersion {
        id: OrderVersionId(cx.ids.mint()),
        by: cx.me,
        at: cx.now,
        replaces: before.as_ref().and_then(Order::latest).map(|it| it.id),
        representative: draft.representative,
        channel: draft.channel,
        ordered_on: draft.ordered_on,
        note: draft.note.trim().to_owned(),
        lines,
    };
    let (order, edit) = match before {
        Some(before) => {
            let standing = cx.facts.orders.get(&(client, before.id));
            if standing.is_some_and(|standing| standing.state == OrderState::Accepted) {
                return Err(CommandError::AlreadyDone);
            }
            let key = before.id.to_string();
            let path = ["orders", &key, "versions", &version.id.to_string()];
            let edit = Edit::put(DocumentId::orders(client), &path, entry_of(&version));
            (before.id, edit)
        }
        None => begin(client, &version, cx)?,
    };
    let step = submit.then(|| OrderStep::Submit(submission(client, order, &version)));
    Ok(Outcome {
        edits: vec![edit],
        decisions: step
            .map(|step| decision(client, order, step))
            .into_iter()
            .collect(),
        created: Some(RecordRef::Order(client, order)),
        ..Outcome::default()
    })
}

fn begin(
    client: ClientId,
    version: &OrderVersion,
    cx: &mut Context<'_>,
) -> Result<(OrderId, Edit), CommandError> {
    let order = OrderId(cx.ids.mint());
    let name = cx.document(client)?.string(&["profile", "name"]);
    let mut versions = Map::new();
    versions.insert(version.id.to_string(), entry_of(version).into());
    let entry = map_of([
        ("client_name", filled(&name)),
        ("created_by", Some(cx.me.to_string().into())),
        ("created_at", Some(cx.now.into())),
        ("versions", Some(versions.into())),
    ]);
    let path = ["orders", &order.to_string()];
    Ok((order, Edit::put(DocumentId::orders(client), &path, entry)))
}

fn entry_of(version: &OrderVersion) -> Map {
    let mut lines = Map::new();
    for (place, line) in version.lines.iter().enumerate() {
        lines.insert(format!("{place:04}"), entry_of_line(line).into());
    }
    map_of([
        ("by", Some(version.by.to_string().into())),
        ("at", Some(version.at.into())),
        ("replaces", version.replaces.map(|id| id.to_string().into())),
        (
            "representative",
            Some(version.representative.to_string().into()),
        ),
        ("channel", Some(version.channel.word().into())),
        ("ordered_on", Some(version.ordered_on.into())),
        ("note", filled(&version.note)),
        ("lines", Some(lines.into())),
    ])
}

fn entry_of_line(line: &OrderLine) -> Map {
    map_of([
        ("product", Some(line.product.as_str().into())),
        ("quantity", Some(line.quantity.into())),
        ("price", Some(line.price.into())),
        ("discount", Some(i64::from(line.discount.0).into())),
    ])
}

fn reply(
    client: ClientId,
    order: OrderId,
    text: &str,
    cx: &mut Context<'_>,
) -> Result<Vec<Edit>, CommandError> {
    check_note(text)?;
    if is_blank(text) {
        return Ok(Vec::new());
    }
    let entry = map_of([
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
        ("text", filled(text)),
    ]);
    Ok(vec![added(client, order, "replies", entry, cx)])
}

fn pay(
    client: ClientId,
    order: OrderId,
    draft: &PaymentDraft,
    place: &str,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    accepted(client, order, cx.facts)?;
    check_note(&draft.note)?;
    let amount = draft.amount.parse::<Fen>().ok();
    let amount = amount.filter(|amount| *amount > Fen::ZERO);
    let amount = amount.ok_or(CommandError::malformed(Field::Amount))?;
    if draft.on > cx.now.day() {
        return Err(CommandError::malformed(Field::Date));
    }
    let entry = map_of([
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
        ("on", Some(draft.on.into())),
        ("amount", Some(amount.into())),
        ("note", filled(&draft.note)),
    ]);
    Ok(Outcome::of([added(client, order, place, entry, cx)]))
}

/// Under an id of its own.
fn added(client: ClientId, order: OrderId, place: &str, entry: Map, cx: &mut Context<'_>) -> Edit {
    let path = [
        "orders",
        &order.to_string(),
        place,
        &cx.ids.mint().to_string(),
    ];
    Edit::put(DocumentId::orders(client), &path, Value::Map(entry))
}

/// What an accepted order came to.
fn accepted(client: ClientId, order: OrderId, facts: &Facts) -> Result<Fen, CommandError> {
    let standing = facts.orders.get(&(client, order));
    let standing = standing.filter(|standing| standing.state == OrderState::Accepted);
    let standing = standing.ok_or(CommandError::NotBegun)?;
    Ok(standing.submission.amount)
}

fn check_note(note: &str) -> Result<(), CommandError> {
    match note.chars().count() > NOTE_MAX {
        true => Err(CommandError::too_long(Field::Note, NOTE_MAX)),
        false => Ok(()),
    }
}

fn stored(client: ClientId, order: OrderId, cx: &Context<'_>) -> Result<Order, CommandError> {
    let key = order.to_string();
    let entry = cx
        .document(DocumentId::orders(client))?
        .at(&["orders", &key])
        .ok_or(CommandError::NotFound)?;
    Order::read(client, &key, entry).ok_or(CommandError::NotFound)
}

/// What the relay is told of a version.
#[must_use]
pub fn submission(client: ClientId, order: OrderId, version: &OrderVersion) -> Submission {
    Submission {
        version: version.id,
        representative: version.representative,
        amount: version.total(),
        digest: digest(client, order, version),
    }
}

fn decision(client: ClientId, order: OrderId, step: OrderStep) -> Decision {
    Decision::Order(OrderDecision {
        client,
        order,
        step,
    })
}

fn decided(client: ClientId, order: OrderId, step: OrderStep) -> Outcome {
    Outcome {
        decisions: vec![decision(client, order, step)],
        ..Outcome::default()
    }
}
