//! Skills, days and hours in the reader's words. To be called while a component is being built.

use caravan_domain::work::{hours::Hours, kind::Difficulty, skill::Skill};
use leptos::prelude::*;

use crate::tasks::{TaskKindNames, times};

/// `given` is the name that the workspace has given it, if any.
pub(super) fn skill_name(names: TaskKindNames, skill: &Skill, given: &str) -> String {
    match skill {
        Skill::Kind(kind) => names.name(*kind, given),
        Skill::Named(name) => name.clone(),
    }
}

pub(super) fn weekday_names() -> [Signal<String>; 7] {
    [
        tr!(work.mon),
        tr!(work.tue),
        tr!(work.wed),
        tr!(work.thu),
        tr!(work.fri),
        tr!(work.sat),
        tr!(work.sun),
    ]
}

pub(super) fn hours_words(hours: &Hours) -> Signal<String> {
    match hours {
        Hours::Usual => tr!(work.usual),
        Hours::Off => tr!(work.off),
        Hours::During(windows) => {
            let windows: Vec<_> = windows
                .iter()
                .map(|window| format!("{}–{}", window.begins(), window.ends()))
                .collect();
            Signal::stored(windows.join(" · "))
        }
    }
}

/// A level out of its tenths: 3.8.
pub(super) fn level(tenths: u32) -> String {
    match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, rest) => format!("{whole}.{rest}"),
    }
}

/// The steps that forms offer, and what it is now if that is none of them.
pub(crate) fn difficulty_options(now: Option<Difficulty>) -> Vec<(String, String)> {
    let mut steps = Difficulty::STEPS.to_vec();
    steps.extend(now.filter(|now| !Difficulty::STEPS.contains(now)));
    steps
        .into_iter()
        .map(|step| (step.tenths().to_string(), format!("×{}", times(step))))
        .collect()
}
