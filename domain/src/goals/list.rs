//! Questions about goals and their answers.

use serde::{Deserialize, Serialize};

use crate::calendar::{Period, Span};
use crate::command::RecordRef;
use crate::goals::agreement::Agreement;
use crate::goals::metric::Metric;
use crate::goals::place::{GoalPlace, GoalRef, Level};
use crate::goals::progress::{Coverage, Point, Progress};
use crate::goals::record::{Side, Update, Version};
use crate::id::{GoalVersionId, TeamId};
use crate::mark::Mark;
use crate::time::{Day, Instant};

/// The board (R21): goals whose period contains `on`, those that want looking at first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalList {
    pub whose: Whose,
    /// `None` for years, quarters and months alike.
    pub span: Option<Span>,
    #[serde(with = "crate::calendar::written")]
    pub on: Day,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whose {
    /// Those the asker is to reach.
    Mine,
    /// A team's and those of its people.
    Team(TeamId),
    /// All on this device.
    Everybody,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalPage {
    pub lines: Vec<GoalLine>,
    /// Of those whose goals were asked for, whose are on this device.
    pub coverage: Coverage,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalLine {
    pub goal: GoalRef,
    /// The team's or the person's name; empty for the company.
    pub place_name: String,
    pub metric: Metric,
    pub unit: String,
    pub period: Period,
    pub what: String,
    pub target: u32,
    #[serde(with = "crate::calendar::written")]
    pub deadline: Day,
    pub agreement: Agreement,
    pub progress: Progress,
    /// A version waits for the asker's signature, or a choice between two.
    pub awaits_me: bool,
    /// The asker is to reach it and has not said for too long where it stands.
    pub update_due: bool,
    pub mark: Mark,
}

/// One goal opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalFile {
    pub line: GoalLine,
    /// The latest first.
    pub versions: Vec<VersionLine>,
    /// The latest first.
    pub updates: Vec<UpdateLine>,
    pub parent: Option<ParentLine>,
    /// What its children come to, one for each layer that has any (R19).
    pub layers: Vec<Layer>,
    pub points: Vec<Point>,
    /// Whose signature it waits for.
    pub awaited: Vec<String>,
    pub may_write: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VersionLine {
    pub version: Version,
    pub by_name: String,
    pub signatures: Vec<SignatureLine>,
    /// No other replaces it.
    pub is_head: bool,
    pub in_force: bool,
    pub may_accept: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignatureLine {
    pub side: Side,
    pub by_name: String,
    pub at: Instant,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UpdateLine {
    pub update: Update,
    pub by_name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ParentLine {
    pub goal: GoalRef,
    /// `None` when it is not on this device.
    pub line: Option<GoalLine>,
}

/// The children of one width and length, such as the months of a team's quarter or its people's shares of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Layer {
    pub level: Level,
    pub span: Span,
    pub children: Vec<GoalLine>,
    pub sum: u64,
    /// What the children come to beyond the parent's target; less than nothing when they are short.
    pub over: i64,
    /// Of those who could have a child in it, whose are on this device.
    pub coverage: Coverage,
}

/// What is being typed into the form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalProbe {
    pub place: GoalPlace,
    pub metric: Metric,
    pub period: Period,
    /// The goal being changed, which is not its own parent.
    pub except: Option<GoalRef>,
}

/// What helps to fill it in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalHint {
    /// Where the asker may set goals.
    pub places: Vec<(GoalPlace, String)>,
    /// The same metric in the periods before, the earliest first.
    pub history: Vec<(Period, u32)>,
    pub coverage: Coverage,
    /// Goals that this one could serve.
    pub parents: Vec<GoalLine>,
}

/// The records that a number of a goal was counted from; the latest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalRecords {
    pub goal: GoalRef,
    #[serde(with = "crate::calendar::written::optional")]
    pub from: Option<Day>,
    #[serde(with = "crate::calendar::written::optional")]
    pub to: Option<Day>,
    pub offset: u32,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalRecordPage {
    pub total: u32,
    pub offset: u32,
    pub metric: Metric,
    pub what: String,
    pub lines: Vec<GoalRecordLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalRecordLine {
    pub record: RecordRef,
    /// The client's name or the task's title.
    pub title: String,
    pub by_name: String,
    pub at: Instant,
    /// What it adds: 1, or fen.
    pub part: i64,
}

impl GoalHint {
    /// The least, the median and the best of the periods before; `None` without any.
    #[must_use]
    pub fn usual(&self) -> Option<(u32, u32, u32)> {
        let mut values: Vec<_> = self.history.iter().map(|(_, value)| *value).collect();
        values.sort_unstable();
        let middle = *values.get(values.len().checked_sub(1)? / 2)?;
        Some((*values.first()?, middle, *values.last()?))
    }
}

impl GoalFile {
    /// The versions that stand side by side, or the one that stands.
    pub fn heads(&self) -> impl Iterator<Item = &VersionLine> {
        self.versions.iter().filter(|line| line.is_head)
    }

    #[must_use]
    pub fn head_ids(&self) -> std::collections::BTreeSet<GoalVersionId> {
        self.heads().map(|line| line.version.id).collect()
    }
}
