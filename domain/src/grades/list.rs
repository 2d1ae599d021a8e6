//! Questions about grades and their answers.

use serde::{Deserialize, Serialize};

use crate::grades::criterion::Judged;
use crate::grades::ladder::{Ladder, RungName};
use crate::grades::standing::{Promotion, Wish};
use crate::id::{CourseId, PersonId, PromotionId, RungId};
use crate::reviews::list::ReviewRecordLine;
use crate::reviews::measure::Measure;
use crate::reviews::score::Figure;
use crate::time::{Day, Instant};

/// Every version of the ladder, the latest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LadderView {
    /// With their numbers.
    pub versions: Vec<(u32, Ladder)>,
    pub in_force: Option<u32>,
    pub may_publish: bool,
    /// A version still waits for the relay.
    pub provisional: bool,
    /// That can be asked for, by title.
    pub courses: Vec<(CourseId, String)>,
}

/// One person's grade opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GradeFile {
    pub person: PersonId,
    pub name: String,
    pub is_me: bool,
    /// A decision still waits for the relay.
    pub provisional: bool,
    pub held: Option<HeldLine>,
    /// Every grade decided, the latest first.
    pub history: Vec<HeldLine>,
    /// The version in force; `None` before a ladder was published.
    pub ladder: Option<u32>,
    /// Of that version, from the lowest up.
    pub rungs: Vec<RungLine>,
    /// Of those, the one above.
    pub next: Option<RungId>,
    /// The latest first.
    pub promotions: Vec<PromotionLine>,
    pub wish: Option<Wish>,
    pub may: GradeRights,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RungLine {
    pub id: RungId,
    pub name: RungName,
    pub may: String,
    pub criteria: Vec<CriterionLine>,
    pub is_met: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CriterionLine {
    pub judged: Judged,
    /// Of a course; empty for one that is not on this device, and for everything else.
    pub course: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeldLine {
    pub rung: RungId,
    pub name: RungName,
    pub may: String,
    #[serde(with = "crate::calendar::written")]
    pub since: Day,
    pub by_name: String,
    pub at: Instant,
    pub reason: String,
    /// By a proposal, and not set.
    pub promoted: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PromotionLine {
    pub promotion: Promotion,
    pub name: RungName,
    pub by_name: String,
    /// Of whoever answered.
    pub answered_by: String,
    pub criteria: Vec<CriterionLine>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GradeRights {
    pub set: bool,
    pub propose: bool,
    /// The proposal that waits.
    pub decide: bool,
    pub withdraw: bool,
    pub wish: bool,
}

/// Everybody whose grade the asker sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GradePage {
    /// By name.
    pub lines: Vec<GradeLine>,
    pub may_publish: bool,
    pub has_ladder: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GradeLine {
    pub person: PersonId,
    pub name: String,
    pub team_name: String,
    /// Its place on the ladder, to sort by; `None` for one that is no longer on it.
    pub place: Option<u32>,
    pub grade: Option<RungName>,
    #[serde(with = "crate::calendar::written::optional")]
    pub since: Option<Day>,
    pub next: Option<RungName>,
    /// Of the criteria of the next grade.
    pub met: u32,
    pub of: u32,
    /// Some cannot be counted on this device.
    pub unseen: bool,
    pub wishes: bool,
    pub proposed: bool,
    pub provisional: bool,
}

impl GradeLine {
    #[must_use]
    pub const fn is_ready(&self) -> bool {
        self.next.is_some() && self.met == self.of
    }
}

/// What a criterion is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Counted {
    Figure(Measure),
    Visits,
}

/// The records that a criterion was counted from; the latest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GradeRecords {
    pub person: PersonId,
    pub of: Counted,
    pub months: u32,
    pub offset: u32,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GradeRecordPage {
    pub total: u32,
    pub offset: u32,
    pub name: String,
    pub figure: Option<Figure>,
    pub lines: Vec<ReviewRecordLine>,
}

/// What Today brings to mind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GradeReminder {
    pub person: PersonId,
    pub name: String,
    pub what: GradeReminderOf,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum GradeReminderOf {
    /// A proposal that the asker decides.
    Decide(PromotionId, RungName),
    /// Somebody of theirs would like to be considered.
    Wishes,
    /// The asker has come to a new grade.
    Reached(RungName),
}
