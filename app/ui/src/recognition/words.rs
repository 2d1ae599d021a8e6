//! Kinds of posts in the reader's words. To be called while a component is being built.

use caravan_domain::{
    calendar::{Period, Span},
    recognition::{
        kind::PostKind,
        list::{Idea, IdeaOf},
    },
    time::Day,
};
use icondata_core::Icon;
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{format::Format, grades::rung_name};

pub(super) fn kind_name(kind: PostKind) -> Signal<String> {
    match kind {
        PostKind::Best => tr!(recognition.kind_best),
        PostKind::Praise => tr!(recognition.kind_praise),
        PostKind::Help => tr!(recognition.kind_help),
        PostKind::Goal => tr!(recognition.kind_goal),
        PostKind::Certificate => tr!(recognition.kind_certificate),
        PostKind::Grade => tr!(recognition.kind_grade),
        PostKind::Milestone => tr!(recognition.kind_milestone),
        PostKind::Improvement => tr!(recognition.kind_improvement),
        PostKind::Other => tr!(recognition.kind_other),
        PostKind::Thanks => tr!(recognition.kind_thanks),
    }
}

/// What a post is for; of the best of a month, of which.
pub(super) fn what_for(format: Format, kind: PostKind, month: Day) -> Signal<String> {
    match kind {
        PostKind::Best => tr!(
            recognition.best_of,
            month = format.period(Period::of(Span::Month, month))
        ),
        _ => kind_name(kind),
    }
}

pub(super) const fn kind_icon(kind: PostKind) -> Icon {
    match kind {
        PostKind::Best => icons::LuAward,
        PostKind::Praise => icons::LuMessageSquareQuote,
        PostKind::Help => icons::LuHandHelping,
        PostKind::Goal => icons::LuGoal,
        PostKind::Certificate => icons::LuGraduationCap,
        PostKind::Grade => icons::LuChevronsUp,
        PostKind::Milestone => icons::LuMilestone,
        PostKind::Improvement => icons::LuTrendingUp,
        PostKind::Other => icons::LuStar,
        PostKind::Thanks => icons::LuHeartHandshake,
    }
}

/// Why it is suggested, for whoever may read the records.
pub(super) fn why(format: Format, idea: &Idea) -> Signal<String> {
    match idea.what.clone() {
        IdeaOf::Goal(what) => tr!(recognition.why_goal, what = what.clone()),
        IdeaOf::Course(course) => tr!(recognition.why_certificate, course = course.clone()),
        IdeaOf::Rung(name) => {
            let name = rung_name(name);
            tr!(recognition.why_grade, grade = name.get())
        }
        IdeaOf::Best => what_for(format, PostKind::Best, idea.on),
    }
}

/// What the form begins with: for everybody in the team to read, so no figure, no client, nothing of what a goal says.
pub(super) fn first_words(format: Format, idea: &Idea) -> Signal<String> {
    let name = idea.name.clone();
    match idea.what.clone() {
        IdeaOf::Goal(_) => tr!(recognition.words_goal, name = name.clone()),
        IdeaOf::Course(course) => tr!(
            recognition.words_certificate,
            name = name.clone(),
            course = course.clone()
        ),
        IdeaOf::Rung(rung) => {
            let grade = rung_name(rung);
            tr!(
                recognition.words_grade,
                name = name.clone(),
                grade = grade.get()
            )
        }
        IdeaOf::Best => words_best(format, name, idea.on),
    }
}

pub(super) fn words_best(format: Format, name: String, month: Day) -> Signal<String> {
    tr!(
        recognition.words_best,
        name = name.clone(),
        month = format.period(Period::of(Span::Month, month))
    )
}
