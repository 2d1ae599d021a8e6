//! Periods, states, kinds of lines and of adjustments in the reader's words. To be called while a component is being
//! built, as everything here.

use caravan_domain::{
    calendar::{Period, Span},
    money::BasisPoints,
    pay::{
        adjustment::{AdjustmentSort, AdjustmentState},
        approval::StatementState,
        draft::percent,
        period::PayPeriod,
        statement::{PayLine, Share, Why},
        view::StatementSummary,
    },
};
use leptos::prelude::*;

use crate::{
    format::{Format, use_format},
    ui::{Badge, Tone},
};

/// 2026年11月, or its half: 2026年11月 1–15日.
pub(super) fn period_words(period: PayPeriod) -> Signal<String> {
    let format = use_format();
    let month = move || format.period(Period::of(Span::Month, period.from));
    let half = tr!(
        pay.half,
        month = month(),
        from = period.from.day(),
        to = period.to.day()
    );
    let whole = period.from.day() == 1 && period.ends_the_month();
    Signal::derive(move || match whole {
        true => month(),
        false => half.get(),
    })
}

pub(super) fn percent_words(part: BasisPoints) -> String {
    format!("{}%", percent(part))
}

pub(super) fn state_words(state: Option<StatementState>) -> (Signal<String>, Tone) {
    match state {
        None => (tr!(pay.state_open), Tone::Neutral),
        Some(StatementState::DrawnUp) => (tr!(pay.state_drawn_up), Tone::Info),
        Some(StatementState::SentBack) => (tr!(pay.state_sent_back), Tone::Warning),
        Some(StatementState::Approved) => (tr!(pay.state_approved), Tone::Info),
        Some(StatementState::Locked) => (tr!(pay.state_locked), Tone::Good),
    }
}

#[component]
pub(super) fn StateBadges(summary: StatementSummary) -> impl IntoView {
    let (label, tone) = state_words(summary.standing.map(|standing| standing.state));
    let disputed = summary.disputed;
    view! {
        <span class="flex flex-wrap justify-end gap-x-2">
            <Badge label tone />
            {summary.provisional.then(|| view! { <Badge label=tr!(pay.provisional) tone=Tone::Warning /> })}
            {(disputed > 0).then(|| view! { <Badge label=tr!(pay.disputed_count, count = disputed) tone=Tone::Warning /> })}
        </span>
    }
}

pub(super) fn sort_name(sort: AdjustmentSort) -> Signal<String> {
    match sort {
        AdjustmentSort::Correction => tr!(pay.sort_correction),
        AdjustmentSort::Award => tr!(pay.sort_award),
        AdjustmentSort::Deferred => tr!(pay.sort_deferred),
        AdjustmentSort::PenaltyDamage => tr!(pay.sort_damage),
        AdjustmentSort::PenaltyRules => tr!(pay.sort_rules),
        AdjustmentSort::PenaltyDiversion => tr!(pay.sort_diversion),
        AdjustmentSort::PenaltyAbsence => tr!(pay.sort_absence),
    }
}

pub(super) fn sort_options() -> Signal<Vec<(String, String)>> {
    let names: Vec<_> = AdjustmentSort::ALL
        .iter()
        .map(|sort| (sort.word(), sort_name(*sort)))
        .collect();
    Signal::derive(move || {
        let names = names.iter();
        names
            .map(|(word, name)| ((*word).to_owned(), name.get()))
            .collect()
    })
}

pub(super) fn adjustment_state(state: Option<AdjustmentState>) -> (Signal<String>, Tone) {
    match state {
        None | Some(AdjustmentState::Proposed) => (tr!(pay.adjustment_waits), Tone::Info),
        Some(AdjustmentState::Withdrawn) => (tr!(pay.adjustment_withdrawn), Tone::Neutral),
        Some(AdjustmentState::Approved) => (tr!(pay.adjustment_approved), Tone::Good),
        Some(AdjustmentState::TurnedDown) => (tr!(pay.adjustment_turned_down), Tone::Bad),
    }
}

/// What a line is, without what it is about.
pub(super) fn line_name(line: &PayLine) -> Signal<String> {
    match &line.why {
        Why::Base { .. } => tr!(pay.line_base),
        Why::Commission { share, .. } => match share {
            Share::Representative => tr!(pay.line_commission),
            Share::Manager => tr!(pay.line_manager),
        },
        Why::GivenBack { .. } => tr!(pay.line_given_back),
        Why::Task { .. } => tr!(pay.line_task),
        Why::Ranked { place, .. } => {
            let place = *place;
            tr!(pay.line_ranked, place = place)
        }
        Why::Best { .. } => tr!(pay.line_best),
        Why::Vested { .. } => tr!(pay.line_vested),
        Why::Adjusted { .. } => tr!(pay.line_adjusted),
        Why::Penalty { .. } => tr!(pay.line_penalty),
        Why::Reviewed { period, .. } => {
            let (format, period) = (use_format(), *period);
            tr!(pay.line_reviewed, period = format.period(period))
        }
    }
}

/// How a line comes to its amount, in one sentence of numbers.
pub(super) fn reckoning(line: &PayLine, format: Format) -> Option<Signal<String>> {
    let say = |of, rate| {
        Signal::derive(move || format!("{} × {}", format.money(of), percent_words(rate)))
    };
    match line.why {
        Why::Base { wage, part } => Some(say(wage, part)),
        Why::Commission { of, rate, .. } | Why::GivenBack { of, rate, .. } => Some(say(of, rate)),
        Why::Vested { of, part, .. } => Some(say(of, part)),
        _ => None,
    }
}
