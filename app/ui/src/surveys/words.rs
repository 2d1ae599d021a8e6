//! Satisfaction, points and stages in the reader's words.

use caravan_domain::surveys::{
    list::SurveyStage,
    record::{Agreed, Point, Satisfaction},
};
use leptos::prelude::*;

use crate::ui::Tone;

/// To be called while a component is being built, as everything here.
pub(super) fn satisfaction_name(satisfaction: Satisfaction) -> Signal<String> {
    match satisfaction {
        Satisfaction::VeryDissatisfied => tr!(surveys.very_dissatisfied),
        Satisfaction::Dissatisfied => tr!(surveys.dissatisfied),
        Satisfaction::SoSo => tr!(surveys.so_so),
        Satisfaction::Satisfied => tr!(surveys.satisfied),
        Satisfaction::VerySatisfied => tr!(surveys.very_satisfied),
    }
}

pub(super) const fn satisfaction_tone(satisfaction: Satisfaction) -> Tone {
    match satisfaction {
        Satisfaction::VeryDissatisfied | Satisfaction::Dissatisfied => Tone::Bad,
        Satisfaction::SoSo => Tone::Warning,
        Satisfaction::Satisfied | Satisfaction::VerySatisfied => Tone::Good,
    }
}

pub(super) fn point_name(point: Point) -> Signal<String> {
    match point {
        Point::KeptPromises => tr!(surveys.kept_promises),
        Point::KnewProduct => tr!(surveys.knew_product),
        Point::OnTime => tr!(surveys.on_time),
    }
}

pub(super) fn agreed_name(agreed: Agreed) -> Signal<String> {
    match agreed {
        Agreed::Yes => tr!(surveys.yes),
        Agreed::Partly => tr!(surveys.partly),
        Agreed::No => tr!(surveys.no),
    }
}

/// Nobody can answer what the relay has not heard of.
pub(super) fn stage_badge(stage: SurveyStage, provisional: bool) -> (Signal<String>, Tone) {
    match stage {
        SurveyStage::Waiting if provisional => (tr!(surveys.not_yet_open), Tone::Warning),
        SurveyStage::Waiting => (tr!(surveys.waiting), Tone::Info),
        SurveyStage::Answered(_) => (tr!(surveys.answered), Tone::Good),
        SurveyStage::Expired => (tr!(surveys.expired), Tone::Neutral),
        SurveyStage::Withdrawn => (tr!(surveys.withdrawn), Tone::Neutral),
    }
}

/// Per cent to a tenth, half up; `—` where nobody has said anything.
pub(super) fn share(sum: u32, count: u32) -> String {
    if count == 0 {
        return "—".to_owned();
    }
    let tenths = (u64::from(sum) * 20 + u64::from(count)) / (u64::from(count) * 2);
    match tenths % 10 {
        0 => format!("{}%", tenths / 10),
        rest => format!("{}.{rest}%", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_the_decimals_they_need() {
        for (sum, count, text) in [
            (0, 0, "—"),
            (80, 1, "80%"),
            (260, 3, "86.7%"),
            (500, 5, "100%"),
            (165, 2, "82.5%"),
        ] {
            assert_eq!(share(sum, count), text);
        }
    }
}
