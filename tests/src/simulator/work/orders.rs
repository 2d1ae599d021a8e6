//! Taking orders down, and everything that is decided and booked about them.

use caravan_domain::command::Command;
use caravan_domain::orders::command::{OrderAction, OrderCommand, PaymentDraft};
use caravan_domain::orders::decision::TurnDownReason;
use caravan_domain::orders::draft::{LineDraft, OrderDraft};
use caravan_domain::orders::record::{Channel, Order};

use super::{Work, any_client, anybody};
use crate::dice::Dice;
use crate::simulator::phone::Phone;

pub(super) fn order(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let orders: Vec<Order> = {
        let rows = phone.engine.rows();
        let orders = rows.orders.iter().map(|row| row.order);
        orders.collect()
    };
    let Some(known) = dice.pick(&orders).filter(|_| dice.percent(75)) else {
        let action = OrderAction::Write {
            order: None,
            draft: draft(phone, dice, &word)?,
            submit: dice.percent(70),
        };
        let client = any_client(phone, dice)?;
        return Some((Command::Order(OrderCommand { client, action }), Some(word)));
    };
    let (order, version) = (known.id, known.latest()?.id);
    let payment = |note: &str| {
        Some(PaymentDraft {
            amount: "1".into(),
            on: phone.engine.today(),
            note: note.into(),
        })
    };
    let (action, written) = match dice.below(8) {
        0 => {
            let action = OrderAction::Write {
                order: Some(order),
                draft: draft(phone, dice, &word)?,
                submit: dice.percent(50),
            };
            (action, true)
        }
        1 => (OrderAction::Submit(order), false),
        2 => (OrderAction::Withdraw(order), false),
        3..=4 => (OrderAction::Accept(order, version), false),
        5 => {
            let action = OrderAction::TurnDown {
                order,
                version,
                reason: TurnDownReason::Stock,
                text: word.clone(),
            };
            (action, true)
        }
        6 => (OrderAction::Receive(order, payment(&word)?), true),
        _ => (OrderAction::Refund(order, payment(&word)?), true),
    };
    let client = known.client;
    let command = Command::Order(OrderCommand { client, action });
    Some((command, written.then_some(word)))
}

fn draft(phone: &Phone, dice: &Dice, word: &str) -> Option<OrderDraft> {
    Some(OrderDraft {
        representative: anybody(phone, dice)?,
        channel: Channel::Visit,
        ordered_on: phone.engine.today(),
        note: word.to_owned(),
        lines: vec![LineDraft {
            product: "茶".into(),
            quantity: "2".into(),
            price: "3.50".into(),
            discount: String::new(),
        }],
    })
}
