//! Questions about a month of a person, a team or the company, and their answers.

use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::clients::list::ClientLine;
use crate::clients::record::Grade;
use crate::goals::list::{GoalLine, GoalRecordLine};
use crate::goals::metric::Metric;
use crate::goals::place::GoalPlace;
use crate::goals::progress::Coverage;
use crate::money::{BasisPoints, Fen};
use crate::pay::view::StatementSummary;
use crate::reviews::list::ReviewReminder;
use crate::reviews::score::Figure;
use crate::tasks::list::TaskLine;
use crate::time::Day;
use crate::training::view::CourseLine;
use crate::work::query::LoadLine;

/// Metrics that a dashboard counts, in the order in which it shows them.
pub const SHOWN: [Metric; 4] = [
    Metric::Sales,
    Metric::Visits,
    Metric::NewClients,
    Metric::TasksDone,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DashboardOf {
    /// `None` for what the asker answers for.
    pub place: Option<GoalPlace>,
    /// Any day of it.
    #[serde(with = "crate::calendar::written")]
    pub month: Day,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dashboard {
    pub place: GoalPlace,
    /// Empty for the company.
    pub place_name: String,
    pub is_mine: bool,
    pub month: Period,
    /// Wider places that the asker may go back to, the widest first.
    pub above: Vec<(GoalPlace, String)>,
    /// One for each of [`SHOWN`].
    pub figures: Vec<MonthFigure>,
    /// The last six months, the earliest first.
    pub trend: Vec<MonthValues>,
    /// Of the place and of those in it that run now and want looking at, the most urgent first.
    pub goals: Vec<GoalLine>,
    /// Goals of the month, and how many of them are reached.
    pub goals_reached: (u32, u32),
    /// Of those the asker answers for, the fullest first.
    pub load: Vec<LoadLine>,
    /// The earliest due first.
    pub reviews: Vec<ReviewReminder>,
    /// What clients say (R09); `None` as long as none has said anything.
    pub satisfaction: Option<Figure>,
    pub at_risk: AtRisk,
    /// The teams of the company or the people of a team, the most sold first.
    pub parts: Vec<PartLine>,
    /// Of the asker's own alone.
    pub next: Option<Next>,
    pub coverage: Coverage,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MonthFigure {
    pub metric: Metric,
    /// As [`Metric`] counts it; of sales in fen.
    pub value: i64,
    /// The same of the month before, up to the same day of it.
    pub before: i64,
    /// What is to be reached of it in the month.
    pub goal: Option<GoalLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MonthValues {
    pub month: Period,
    /// One for each of [`SHOWN`], as [`MonthFigure::value`].
    pub values: Vec<i64>,
}

/// Clients whose next contact is overdue.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AtRisk {
    /// By grade, those that have any.
    pub grades: Vec<(Grade, u32)>,
    /// Of these, not heard of for two cadences.
    pub silent: u32,
    /// The first, best grades first, then the longest overdue.
    pub lines: Vec<ClientLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartLine {
    pub place: GoalPlace,
    pub name: String,
    /// One for each of [`SHOWN`], as [`MonthFigure::value`].
    pub values: Vec<i64>,
    pub goals_reached: (u32, u32),
    /// Minutes of ordinary work, and minutes there are for it.
    pub load: (u32, u32),
    /// Clients whose next contact is overdue.
    pub overdue: u32,
}

/// What the asker had best do next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Next {
    pub follow_ups: Vec<ClientLine>,
    pub follow_ups_total: u32,
    pub tasks: Vec<TaskLine>,
    pub tasks_total: u32,
    pub courses: Vec<CourseLine>,
    /// To be read, or written about others.
    pub reviews: Vec<ReviewReminder>,
}

/// Asked apart from the rest: reckoning pay takes longer than counting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DashboardPay {
    /// Of those who work with clients, as far as the asker may read it.
    pub total: Fen,
    /// Of a person.
    pub statements: Vec<StatementSummary>,
    /// Of a person: what it comes from, without what comes to nothing.
    pub made_of: Vec<(PaySource, Fen)>,
    /// Of a person whose month is still open.
    pub next_tier: Option<NextTier>,
    /// Of a team's people or the company's teams.
    pub parts: Vec<(GoalPlace, Fen)>,
}

/// What a line of a statement is about, in few words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PaySource {
    Base,
    /// Of one's own orders, less what went back.
    Commission,
    /// Of orders of one's people.
    Managed,
    Tasks,
    Bonus,
    Adjusted,
    Penalty,
}

/// What lifts every order of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextTier {
    pub now: BasisPoints,
    pub rate: BasisPoints,
    /// Net sales that are missing.
    pub missing: Fen,
}

/// The records behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DashboardRecords {
    pub of: DashboardOf,
    pub what: Counted,
    pub limit: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Counted {
    Deeds(Metric),
    /// Clients whose next contact is overdue: of all grades, or of one.
    Overdue(Option<Grade>),
    /// Those not heard of for two cadences.
    Silent,
    /// What clients said in surveys.
    Satisfaction,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DashboardRecordPage {
    /// Empty for the company.
    pub place_name: String,
    pub month: Period,
    pub total: u32,
    /// What the records come to, as [`MonthFigure::value`]; of satisfaction in basis points.
    pub sum: i64,
    /// The latest first; clients as [`AtRisk::lines`].
    pub lines: Vec<GoalRecordLine>,
}
