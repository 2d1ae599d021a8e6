//! Channels, reasons and where an order stands, in the reader's words.

use caravan_domain::orders::{
    decision::{OrderState, TurnDownReason},
    list::ShownState,
    record::Channel,
};
use leptos::prelude::*;

use crate::ui::{Badge, Tone};

/// To be called while a component is being built, as everything here.
pub(super) fn channel_name(channel: Channel) -> Signal<String> {
    match channel {
        Channel::Visit => tr!(orders.channel_visit),
        Channel::Phone => tr!(orders.channel_phone),
        Channel::Message => tr!(orders.channel_message),
        Channel::Shop => tr!(orders.channel_shop),
        Channel::Online => tr!(orders.channel_online),
        Channel::Fair => tr!(orders.channel_fair),
        Channel::Referral => tr!(orders.channel_referral),
        Channel::Other => tr!(orders.channel_other),
    }
}

pub(super) fn channel_options() -> Signal<Vec<(String, String)>> {
    options(
        Channel::ALL
            .iter()
            .map(|it| (it.word(), channel_name(*it)))
            .collect(),
    )
}

pub(super) fn reason_name(reason: TurnDownReason) -> Signal<String> {
    match reason {
        TurnDownReason::Price => tr!(orders.reason_price),
        TurnDownReason::Stock => tr!(orders.reason_stock),
        TurnDownReason::Credit => tr!(orders.reason_credit),
        TurnDownReason::Incomplete => tr!(orders.reason_incomplete),
        TurnDownReason::Duplicate => tr!(orders.reason_duplicate),
        TurnDownReason::Other => tr!(orders.reason_other),
    }
}

pub(super) fn reason_options() -> Signal<Vec<(String, String)>> {
    options(
        TurnDownReason::ALL
            .iter()
            .map(|it| (it.word(), reason_name(*it)))
            .collect(),
    )
}

fn options(names: Vec<(&'static str, Signal<String>)>) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let names = names.iter();
        names
            .map(|(word, name)| ((*word).to_owned(), name.get()))
            .collect()
    })
}

#[component]
pub(super) fn StateBadge(state: ShownState) -> impl IntoView {
    let (label, tone) = match state.standing.map(|standing| standing.state) {
        None => (tr!(orders.state_draft), Tone::Neutral),
        Some(OrderState::Submitted) => (tr!(orders.state_submitted), Tone::Info),
        Some(OrderState::Withdrawn) => (tr!(orders.state_withdrawn), Tone::Neutral),
        Some(OrderState::Accepted) => (tr!(orders.state_accepted), Tone::Good),
        Some(OrderState::TurnedDown(_)) => (tr!(orders.state_turned_down), Tone::Bad),
    };
    view! { <Badge label tone /> }
}
