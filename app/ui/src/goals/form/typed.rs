//! What is typed, and what it comes to.

use caravan_domain::{
    calendar::{Period, Span, parse_day},
    command::{CommandError, Field},
    goals::{
        command::GoalDraft,
        metric::Metric,
        place::{GoalPlace, GoalRef},
        record::Terms,
    },
    time::Day,
};
use caravan_port::message::RunError;
use serde::{Deserialize, Serialize};

use crate::engine::Failure;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    /// `None` for the reader.
    pub(super) place: Option<GoalPlace>,
    pub(super) metric: Metric,
    pub(super) unit: String,
    pub(super) span: Span,
    /// `None` for the one that is now.
    pub(super) period: Option<Period>,
    pub(super) what: String,
    pub(super) target: String,
    /// `YYYY-MM-DD`, or empty for the period's last day.
    pub(super) deadline: String,
    pub(super) parent: Option<GoalRef>,
    pub(super) reason: String,
    pub(super) update_every: String,
    pub(super) alert_below: String,
    pub(super) dropped: bool,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            place: None,
            metric: Metric::default(),
            unit: String::new(),
            span: Span::default(),
            period: None,
            what: String::new(),
            target: String::new(),
            deadline: String::new(),
            parent: None,
            reason: String::new(),
            update_every: "7".to_owned(),
            alert_below: "80".to_owned(),
            dropped: false,
        }
    }
}

impl Typed {
    /// The terms as they stand, to be changed; the reason is always a new one.
    pub(super) fn of(terms: &Terms, period: Period) -> Self {
        Self {
            span: period.span(),
            period: Some(period),
            what: terms.what.clone(),
            target: terms.target.to_string(),
            deadline: terms.deadline.to_string(),
            parent: terms.parent,
            update_every: terms.update_every.to_string(),
            alert_below: terms.alert_below.to_string(),
            ..Self::default()
        }
    }

    /// The chosen period while it is of the chosen length.
    pub(super) fn period(&self, today: Day) -> Period {
        let chosen = self.period.filter(|period| period.span() == self.span);
        chosen.unwrap_or_else(|| Period::of(self.span, today))
    }

    pub(super) fn terms(&self, today: Day) -> Result<Terms, Failure<RunError>> {
        let unread = |field| Failure::Refused(RunError::Command(CommandError::Malformed(field)));
        let deadline = match self.deadline.is_empty() {
            true => self.period(today).last(),
            false => parse_day(&self.deadline).ok_or_else(|| unread(Field::Due))?,
        };
        let number = |text: &str| text.trim().parse::<u32>().ok();
        Ok(Terms {
            what: self.what.clone(),
            target: number(&self.target).ok_or_else(|| unread(Field::Target))?,
            deadline,
            parent: self.parent,
            update_every: number(&self.update_every).ok_or_else(|| unread(Field::UpdateEvery))?,
            alert_below: number(&self.alert_below)
                .and_then(|percent| u8::try_from(percent).ok())
                .ok_or_else(|| unread(Field::AlertBelow))?,
        })
    }

    pub(super) fn draft(&self, me: GoalPlace, today: Day) -> Result<GoalDraft, Failure<RunError>> {
        Ok(GoalDraft {
            place: self.place.unwrap_or(me),
            metric: self.metric,
            unit: self.unit.clone(),
            period: self.period(today),
            terms: self.terms(today)?,
            reason: self.reason.clone(),
        })
    }
}
