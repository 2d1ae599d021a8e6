//! Topics, steps and means in the reader's words.

use caravan_domain::training::needs::{gap::Step, round::NeedTopic};
use leptos::prelude::*;

use crate::training::words::TopicNames;

/// A topic's name, the round's own words as they are. To be called while a component is being built.
pub(super) fn topic_name(topic: &NeedTopic) -> Signal<String> {
    match topic {
        NeedTopic::Of(topic) => {
            let (names, topic) = (TopicNames::new(), *topic);
            Signal::derive(move || names.name(topic))
        }
        NeedTopic::Words(words) => Signal::stored(words.clone()),
    }
}

/// A number in tenths, such as 2.7 or −1.0.
pub(super) fn tenths(value: i16) -> String {
    let sign = if value < 0 { "−" } else { "" };
    let value = value.unsigned_abs();
    format!("{sign}{}.{}", value / 10, value % 10)
}

pub(super) fn mean(value: u16) -> String {
    tenths(i16::try_from(value).unwrap_or(i16::MAX))
}

pub(super) const STEPS: [Step; 4] = [Step::None, Step::Small, Step::Clear, Step::Large];

/// Four shades of one hue, each with text that can be read on it in either theme.
pub(super) const fn shade(step: Step) -> &'static str {
    match step {
        Step::None => "border border-line",
        Step::Small => "border border-line bg-primary/15",
        Step::Clear => "border border-line bg-primary/35",
        Step::Large => "bg-primary font-semibold text-primary-content",
    }
}

/// To be called while a component is being built.
pub(super) fn step_name(step: Step) -> Signal<String> {
    match step {
        Step::None => tr!(needs.step_none),
        Step::Small => tr!(needs.step_small),
        Step::Clear => tr!(needs.step_clear),
        Step::Large => tr!(needs.step_large),
    }
}

pub(super) fn step_range(step: Step) -> Signal<String> {
    match step {
        Step::None => tr!(needs.step_none_range),
        Step::Small => tr!(needs.step_small_range),
        Step::Clear => tr!(needs.step_clear_range),
        Step::Large => tr!(needs.step_large_range),
    }
}
