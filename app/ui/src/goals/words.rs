//! Metrics, standings and agreements in the reader's words.

use caravan_domain::{
    calendar::Span,
    goals::{
        Agreement,
        list::GoalLine,
        metric::Metric,
        place::{GoalPlace, Level},
        progress::{Coverage, Standing},
    },
};
use leptos::prelude::*;

use crate::ui::Tone;

#[derive(Clone, Copy)]
pub(super) struct MetricNames([Signal<String>; 8]);

/// To be called while a component is being built, as everything here.
impl MetricNames {
    pub(super) fn new() -> Self {
        Self([
            tr!(goals.metric_new_clients),
            tr!(goals.metric_visits),
            tr!(goals.metric_verified),
            tr!(goals.metric_clients_visited),
            tr!(goals.metric_revisits),
            tr!(goals.metric_tasks_done),
            tr!(goals.metric_by_hand),
            tr!(goals.metric_sales),
        ])
    }

    /// What is counted and for whom.
    pub(super) fn explained() -> Self {
        Self([
            tr!(goals.about_new_clients),
            tr!(goals.about_visits),
            tr!(goals.about_verified),
            tr!(goals.about_clients_visited),
            tr!(goals.about_revisits),
            tr!(goals.about_tasks_done),
            tr!(goals.about_by_hand),
            tr!(goals.about_sales),
        ])
    }

    pub(super) fn name(self, metric: Metric) -> String {
        let place = Metric::ALL.iter().position(|known| *known == metric);
        place.map(|place| self.0[place].get()).unwrap_or_default()
    }

    /// A goal counted by hand goes by its unit.
    pub(super) fn of(self, line: &GoalLine) -> String {
        match line.unit.is_empty() {
            true => self.name(line.metric),
            false => line.unit.clone(),
        }
    }

    pub(super) fn options(self) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            let all = Metric::ALL.iter();
            all.map(|metric| (metric.word().to_owned(), self.name(*metric)))
                .collect()
        })
    }
}

#[derive(Clone, Copy)]
pub(super) struct SpanNames([Signal<String>; 3]);

impl SpanNames {
    pub(super) fn new() -> Self {
        Self([
            tr!(goals.span_year),
            tr!(goals.span_quarter),
            tr!(goals.span_month),
        ])
    }

    pub(super) fn name(self, span: Span) -> String {
        let place = Span::ALL.iter().position(|known| *known == span);
        place.map(|place| self.0[place].get()).unwrap_or_default()
    }

    /// By their months.
    pub(super) fn options(self) -> Vec<(String, String)> {
        let all = Span::ALL.iter();
        all.map(|span| (span.months().to_string(), self.name(*span)))
            .collect()
    }
}

pub(super) fn span_of(months: &str) -> Option<Span> {
    let mut all = Span::ALL.into_iter();
    all.find(|span| span.months().to_string() == months)
}

pub(crate) fn standing_badge(standing: Standing) -> (Signal<String>, Tone) {
    match standing {
        Standing::AtRisk => (tr!(goals.stands_at_risk), Tone::Warning),
        Standing::Missed => (tr!(goals.stands_missed), Tone::Bad),
        Standing::Proposed => (tr!(goals.is_proposed), Tone::Neutral),
        Standing::OnTrack => (tr!(goals.stands_on_track), Tone::Info),
        Standing::Unseen => (tr!(goals.stands_unseen), Tone::Neutral),
        Standing::NotBegun => (tr!(goals.stands_not_begun), Tone::Neutral),
        Standing::Reached => (tr!(goals.stands_reached), Tone::Good),
        Standing::Dropped => (tr!(goals.stands_dropped), Tone::Neutral),
    }
}

/// `None` where there is nothing more to say.
pub(super) fn agreement_badge(line: &GoalLine) -> Option<(Signal<String>, Tone)> {
    if line.awaits_me {
        return Some((tr!(goals.awaits_you), Tone::Warning));
    }
    match line.agreement {
        Agreement::Disputed => Some((tr!(goals.is_disputed), Tone::Warning)),
        Agreement::Adjusting => Some((tr!(goals.is_adjusting), Tone::Neutral)),
        // The standing says what is proposed or given up.
        Agreement::Proposed | Agreement::Agreed | Agreement::Dropped => None,
    }
}

/// The company goes by its own name here.
pub(super) fn place_name(place: GoalPlace, name: String) -> Signal<String> {
    match place {
        GoalPlace::Company => tr!(goals.company),
        GoalPlace::Team(_) | GoalPlace::Person(_) => Signal::stored(name),
    }
}

/// Says how much of the whole this phone holds, when it is not all.
pub(crate) fn figures_note(coverage: Coverage) -> Option<Signal<String>> {
    let note = tr!(
        goals.seen_of,
        seen = coverage.seen.to_string(),
        of = coverage.of.to_string()
    );
    (!coverage.is_whole()).then_some(note)
}

pub(super) fn parts_note(level: Level, coverage: Coverage) -> Option<Signal<String>> {
    let (seen, of) = (coverage.seen.to_string(), coverage.of.to_string());
    let note = match level {
        Level::Person => tr!(goals.people_seen_of, seen = seen.clone(), of = of.clone()),
        Level::Company | Level::Team => {
            tr!(goals.teams_seen_of, seen = seen.clone(), of = of.clone())
        }
    };
    (!coverage.is_whole()).then_some(note)
}
