//! Topics, modes and standings in the reader's words.

use caravan_domain::training::{
    course::{Mode, Topic},
    standing::Standing,
};
use leptos::prelude::*;

use crate::{format::use_format, ui::Tone};

#[derive(Clone, Copy)]
pub(super) struct TopicNames([Signal<String>; 7]);

/// To be called while a component is being built, as everything here.
impl TopicNames {
    pub(super) fn new() -> Self {
        Self([
            tr!(training.topic_product),
            tr!(training.topic_sales),
            tr!(training.topic_rules),
            tr!(training.topic_ethics),
            tr!(training.topic_diversion),
            tr!(training.topic_wellbeing),
            tr!(training.topic_other),
        ])
    }

    pub(super) fn name(self, topic: Topic) -> String {
        let place = Topic::ALL.iter().position(|known| *known == topic);
        place.map(|place| self.0[place].get()).unwrap_or_default()
    }

    pub(super) fn options(self) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            let named = Topic::ALL.iter();
            named
                .map(|topic| (topic.word().to_owned(), self.name(*topic)))
                .collect()
        })
    }
}

#[derive(Clone, Copy)]
pub(super) struct ModeNames([Signal<String>; 7]);

impl ModeNames {
    pub(super) fn new() -> Self {
        Self([
            tr!(training.mode_reading),
            tr!(training.mode_video),
            tr!(training.mode_class),
            tr!(training.mode_role_play),
            tr!(training.mode_drill),
            tr!(training.mode_case),
            tr!(training.mode_external),
        ])
    }

    pub(super) fn name(self, mode: Mode) -> String {
        let place = Mode::ALL.iter().position(|known| *known == mode);
        place.map(|place| self.0[place].get()).unwrap_or_default()
    }

    pub(super) fn options(self) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            let named = Mode::ALL.iter();
            named
                .map(|mode| (mode.word().to_owned(), self.name(*mode)))
                .collect()
        })
    }
}

/// `None` for what nobody asks for.
pub(super) fn standing_badge(standing: Standing) -> Option<(Signal<String>, Tone)> {
    let format = use_format();
    Some(match standing {
        Standing::Open => return None,
        Standing::Due(day) => (tr!(training.due, day = format.near_day(day)), Tone::Info),
        Standing::Overdue(day) => (tr!(training.overdue, day = format.near_day(day)), Tone::Bad),
        Standing::Passed { until: None, .. } => (tr!(training.passed), Tone::Good),
        Standing::Passed {
            until: Some(day), ..
        } => (
            tr!(training.passed_until, day = format.day(day)),
            Tone::Good,
        ),
    })
}
