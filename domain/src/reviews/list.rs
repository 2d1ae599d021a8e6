//! Questions about reviews and their answers.

use serde::{Deserialize, Serialize};

use crate::calendar::{Period, Span};
use crate::command::RecordRef;
use crate::goals::progress::Coverage;
use crate::id::{CourseId, PersonId};
use crate::mark::Mark;
use crate::money::BasisPoints;
use crate::reviews::command::ReviewRef;
use crate::reviews::decision::{ReviewStanding, ScoredAs};
use crate::reviews::frozen::FrozenFigure;
use crate::reviews::measure::Measure;
use crate::reviews::plan::{DimensionKind, ScorePlan, ScoreRole};
use crate::reviews::record::{Check, Improvement, Rating, Said};
use crate::reviews::score::{Figure, Score};
use crate::tasks::record::TaskStatus;
use crate::time::{Day, Instant};

/// Everybody whom the asker reviews, and the asker: how they stand in the period of this length around a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewList {
    pub span: Span,
    #[serde(with = "crate::calendar::written")]
    pub on: Day,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewPage {
    pub period: Period,
    /// What waits for the asker first, then by name.
    pub lines: Vec<ReviewLine>,
    pub may_plan: bool,
    /// Whether the asker reviews anybody.
    pub reviews: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewLine {
    pub review: ReviewRef,
    pub name: String,
    pub role: ScoreRole,
    pub stage: Stage,
    /// The relay has not said so yet.
    pub provisional: bool,
    /// As submitted, or as it would be now.
    pub total: Option<BasisPoints>,
    pub grade: String,
    /// `None` where the plan asks for no review of periods like this.
    #[serde(with = "crate::calendar::written::optional")]
    pub due: Option<Day>,
    pub awaits_me: bool,
    pub mark: Mark,
}

/// How far a review is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// Nobody has written anything.
    NotBegun,
    UnderWay,
    Submitted,
    Disputed,
    Upheld,
    Reopened,
    Acknowledged,
}

/// One review opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewFile {
    pub line: ReviewLine,
    pub team_name: String,
    pub code: String,
    pub score: Score,
    /// Whether `score` is that of the submission, and not what it would be now.
    pub is_frozen: bool,
    /// What was submitted reads as it did then.
    pub as_submitted: bool,
    pub plan: ScorePlan,
    /// Of the plan's version.
    pub number: u32,
    /// With the records behind them: what the reviewer's submission would freeze.
    pub figures: Vec<FrozenFigure>,
    /// Those that count; before submission only for reviewers.
    pub ratings: Vec<(Rating, String)>,
    pub feedback: Vec<(Said, String)>,
    pub interviews: Vec<(Said, String)>,
    /// Objections and answers in the order of time.
    pub exchange: Vec<Turn>,
    pub standing: Option<ReviewStanding>,
    pub submitted_by_name: String,
    pub decided_by_name: String,
    pub plans: Vec<PlanLine>,
    pub may: ReviewRights,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    pub said: Said,
    pub by_name: String,
    /// The person's objection, and not an answer to one.
    pub objects: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReviewRights {
    /// Whoever reviews this person.
    pub review: bool,
    pub write: bool,
    pub acknowledge: bool,
    pub dispute: bool,
    /// Uphold or take back what was disputed.
    pub answer: bool,
    pub reopen: bool,
}

/// An improvement plan with what has become of its parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanLine {
    pub plan: Improvement,
    pub by_name: String,
    pub tasks: Vec<(RecordRef, String, TaskStatus)>,
    /// With whether it was passed since the plan was made.
    pub courses: Vec<(CourseId, String, bool)>,
    pub check: Option<Check>,
}

/// The records that a figure of a review was counted from; the latest first. Those frozen, once it is submitted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewRecords {
    pub review: ReviewRef,
    pub measure: Measure,
    pub offset: u32,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewRecordPage {
    pub total: u32,
    pub offset: u32,
    pub measure: Measure,
    pub name: String,
    pub figure: Option<Figure>,
    pub lines: Vec<ReviewRecordLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewRecordLine {
    pub record: RecordRef,
    /// The client's name or the task's title; empty for what is not on this device.
    pub title: String,
    pub part: i64,
    pub of: i64,
    pub at: Instant,
}

/// One person over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewHistory {
    pub name: String,
    /// The last twelve months since the person came, the earliest first, by records alone.
    pub months: Vec<PeriodScore>,
    /// What was submitted, the earliest first.
    pub reviews: Vec<PeriodScore>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeriodScore {
    pub period: Period,
    pub total: Option<BasisPoints>,
    pub dimensions: Vec<(DimensionKind, Option<BasisPoints>)>,
    pub grade: String,
}

/// How those who review compare with each other in one period (R15).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewSpread {
    pub period: Period,
    /// By name.
    pub raters: Vec<RaterLine>,
    /// Of all of them together.
    pub all: Spread,
    /// Whom several have rated, with how far they are apart; the furthest first.
    pub shared: Vec<SharedLine>,
    pub coverage: Coverage,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RaterLine {
    pub rater: PersonId,
    pub name: String,
    pub ratings: Spread,
    /// Of the reviews they submitted.
    pub totals: Spread,
}

/// Ratings in hundredths of a level, totals in basis points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Spread {
    pub count: u32,
    pub least: i64,
    /// Half up.
    pub mean: i64,
    pub most: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SharedLine {
    pub review: ReviewRef,
    pub name: String,
    pub measure: Measure,
    /// What each has said, by name.
    pub levels: Vec<(String, u8)>,
}

/// Every version of every plan, the latest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlansView {
    pub roles: Vec<RolePlans>,
    pub may_plan: bool,
    pub people: Vec<ScoredPerson>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RolePlans {
    pub role: ScoreRole,
    /// With their numbers.
    pub versions: Vec<(u32, ScorePlan)>,
    /// The number of the one by which this month is scored.
    pub in_force: u32,
    /// A version still waits for the relay.
    pub provisional: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoredPerson {
    pub person: PersonId,
    pub name: String,
    pub role: ScoreRole,
    pub changes: Vec<ScoredAs>,
}

/// What Today brings to mind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewReminder {
    pub review: ReviewRef,
    pub name: String,
    pub what: ReminderOf,
    #[serde(with = "crate::calendar::written")]
    pub due: Day,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReminderOf {
    /// To be written and submitted.
    Write,
    /// Disputed: an answer is asked for.
    Answer,
    /// To be read, and acknowledged or disputed.
    Read,
    /// An improvement plan to be looked at again.
    Recheck,
    /// The asker's own is coming.
    Coming,
}
