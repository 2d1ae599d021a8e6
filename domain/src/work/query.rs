//! Questions about skills, hours and load, and their answers.

use serde::{Deserialize, Serialize};

use crate::calendar::written;
use crate::id::{ClientId, PersonId, TaskId};
use crate::tasks::kind::TaskKind;
use crate::time::Day;
use crate::work::hours::{Hours, HoursOf};
use crate::work::kind::{Difficulty, KindRule};
use crate::work::limits::WorkLimits;
use crate::work::load::{OverLimit, PartTimeLimit, Tally, Week};
use crate::work::skill::{Known, Rating, Skill};

/// What the workspace has decided about work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkRules {
    pub kinds: Vec<KindLine>,
    pub limits: WorkLimits,
    /// Whether the asker decides them.
    pub may_decide: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KindLine {
    pub kind: TaskKind,
    pub rule: KindRule,
    /// A decision about it still waits for the relay.
    pub provisional: bool,
}

/// One person's skills and hours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkFile {
    pub person: PersonId,
    pub name: String,
    pub is_me: bool,
    pub may_edit: bool,
    pub skills: Vec<SkillLine>,
    /// Monday to Sunday.
    pub weekdays: Vec<Hours>,
    /// From today on.
    pub dates: Vec<DateLine>,
    pub load: LoadLine,
    pub week: Week,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SkillLine {
    pub skill: Skill,
    /// Empty for that of a built-in kind, which every language has a name for.
    pub name: String,
    pub known: Known,
    /// In tenths, 0–50.
    pub level_tenths: u32,
    /// The latest first.
    pub ratings: Vec<RatingLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RatingLine {
    pub rating: Rating,
    pub by_name: String,
    /// Of oneself.
    pub claim: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DateLine {
    #[serde(with = "written")]
    pub day: Day,
    pub of: HoursOf,
    pub hours: Hours,
}

/// The work of everybody the asker answers for, the fullest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoadView {
    pub week: Week,
    pub lines: Vec<LoadLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoadLine {
    pub person: PersonId,
    pub name: String,
    pub team_name: String,
    /// Minutes of ordinary work.
    pub load: u32,
    /// Minutes.
    pub available: u32,
    pub tally: Tally,
    pub over_limit: Option<OverLimit>,
}

/// What is to be given to somebody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    pub kind: TaskKind,
    /// `None` for the kind's.
    pub difficulty: Option<Difficulty>,
    pub estimate: Option<u32>,
    #[serde(with = "crate::calendar::written::optional")]
    pub due: Option<Day>,
    /// Who has it now.
    pub except: Option<PersonId>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    pub week: Week,
    pub skill: Skill,
    /// Empty for that of a built-in kind.
    pub skill_name: String,
    /// The best first.
    pub candidates: Vec<Candidate>,
}

/// Everything a suggestion rests on, to be said in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    pub person: PersonId,
    pub name: String,
    pub known: Known,
    pub level_tenths: u32,
    /// Minutes.
    pub available: u32,
    /// Minutes that are left; negative for somebody who has more to do than time.
    pub free: i64,
    pub tally: Tally,
    /// With this task.
    pub over_limit: Option<OverLimit>,
    /// Skill match × free capacity.
    pub score: u64,
}

/// Several tasks of somebody, or one new task for each of several clients.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpreadOver {
    pub tasks: Vec<(PersonId, TaskId)>,
    pub clients: Vec<ClientId>,
    /// What is to be done at each client.
    pub wanted: Wanted,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpreadView {
    pub pieces: Vec<SpreadPiece>,
    /// Everybody who may be given something, by name.
    pub takers: Vec<SpreadTaker>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SpreadOf {
    Task(PersonId, TaskId),
    Client(ClientId),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpreadPiece {
    pub of: SpreadOf,
    /// The task's title or the client's name.
    pub title: String,
    /// Minutes of ordinary work.
    pub weight: u32,
    /// Minutes, whatever the difficulty.
    pub estimate: u32,
    pub hard: bool,
    pub to: PersonId,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpreadTaker {
    pub person: PersonId,
    pub name: String,
    /// Minutes of ordinary work without any of the pieces.
    pub before: u32,
    pub available: u32,
    /// Estimates without any of the pieces: what a limit counts.
    pub planned: u32,
    pub limit: Option<PartTimeLimit>,
}
