//! Questions about pay and their answers.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{Id, PersonId};
use crate::mark::Mark;
use crate::money::Fen;
use crate::pay::adjustment::AdjustmentStanding;
use crate::pay::approval::StatementStanding;
use crate::pay::command::Drawing;
use crate::pay::period::PayPeriod;
use crate::pay::plan::PayPlan;
use crate::pay::record::{AdjustmentRecord, Dispute};
use crate::pay::statement::PayLine;

/// One person's pay around a month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PayFile {
    pub person: PersonId,
    pub name: String,
    /// The periods of the month.
    pub now: Vec<StatementSummary>,
    /// Those that were drawn up for other months, the latest first.
    pub earlier: Vec<StatementSummary>,
    /// The latest first.
    pub adjustments: Vec<AdjustmentLine>,
    /// The open ones first, then the latest.
    pub disputes: Vec<DisputeLine>,
    pub city: String,
    pub may_propose: bool,
    pub may_set_city: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementSummary {
    pub person: PersonId,
    pub name: String,
    pub period: PayPeriod,
    /// As drawn up, or as reckoned now.
    pub total: Fen,
    pub standing: Option<StatementStanding>,
    /// The relay has not said so yet.
    pub provisional: bool,
    /// The period is not over.
    pub so_far: bool,
    /// Open disputes of it.
    pub disputed: u32,
    pub may: StatementRights,
}

/// What the asker may do with a statement now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StatementRights {
    pub draw_up: bool,
    pub approve: bool,
    pub lock: bool,
    pub send_back: bool,
    /// Only the payee.
    pub dispute: bool,
    /// Would decide, but somebody else has to.
    pub not_separate: bool,
}

/// One statement opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementFile {
    pub summary: StatementSummary,
    pub lines: Vec<ShownLine>,
    /// What it takes into account, to draw it up by.
    pub counted: BTreeSet<Id>,
    pub drawn_by_name: String,
    pub approved_by_name: String,
    pub by_name: String,
    /// What the device would come to now, when that is something else than what was drawn up and the
    /// device has all it takes to say so.
    pub reckoned_now: Option<Reckoned>,
    /// What was drawn up reads as it did then. `None` before anything was drawn up.
    pub as_drawn: Option<bool>,
    /// Not every order is on this device: bonuses by rank and what comes from earlier months are missing.
    pub partial: bool,
    /// An adjustment of the period waits for its approval.
    pub under_way: bool,
    pub disputes: Vec<DisputeLine>,
    pub mark: Mark,
}

impl StatementFile {
    /// What is shown, to be drawn up: as it would come to now, where that is something else than what was.
    #[must_use]
    pub fn drawing(&self) -> Drawing {
        let (lines, counted) = match &self.reckoned_now {
            Some(now) => (now.lines.clone(), now.counted.clone()),
            None => {
                let lines = self.lines.iter().map(|shown| shown.line.clone());
                (lines.collect(), self.counted.clone())
            }
        };
        Drawing {
            person: self.summary.person,
            period: self.summary.period,
            lines,
            counted,
        }
    }
}

/// To be drawn up in the place of what was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reckoned {
    pub total: Fen,
    pub lines: Vec<PayLine>,
    pub counted: BTreeSet<Id>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShownLine {
    pub line: PayLine,
    /// The client, the task, or why it was adjusted; empty when that is not on this device.
    pub subject: String,
    /// Whose order it was, for the manager's share.
    pub representative: String,
    pub disputed: bool,
    /// Whether the record it comes from is on this device, to be opened.
    pub is_here: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdjustmentLine {
    pub person: PersonId,
    pub record: AdjustmentRecord,
    pub standing: Option<AdjustmentStanding>,
    pub author_name: String,
    pub decided_by_name: String,
    pub provisional: bool,
    /// Reads as it was proposed.
    pub as_proposed: bool,
    pub may_approve: bool,
    pub may_withdraw: bool,
    pub may_forfeit: bool,
    pub not_separate: bool,
    pub mark: Mark,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DisputeLine {
    pub person: PersonId,
    pub dispute: Dispute,
    pub name: String,
    /// Whoever answered, in the answers' order.
    pub answered_by: Vec<String>,
    pub mark: Mark,
}

/// Everybody's pay of a month, as far as the asker may read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamPay {
    pub statements: Vec<StatementSummary>,
    pub total: Fen,
    /// Adjustments that wait for the asker.
    pub to_approve: Vec<AdjustmentLine>,
    pub disputes: Vec<DisputeLine>,
    pub best: Option<BestOfMonth>,
    pub partial: bool,
    pub may_plan: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BestOfMonth {
    pub person: PersonId,
    pub name: String,
    pub net: Fen,
    pub award: Fen,
    /// The team has been told.
    pub recognised: bool,
    /// Whether there is a team to tell and the asker may.
    pub may_recognise: bool,
}

/// Every version of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanVersions {
    /// The latest first; the last is the usual one.
    pub versions: Vec<PlanVersion>,
    pub may_plan: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanVersion {
    pub plan: PayPlan,
    /// Nobody has decided it: it holds until the first that somebody has.
    pub usual: bool,
    pub state: VersionState,
    pub provisional: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum VersionState {
    ToCome,
    InForce,
    Past,
}
