//! What is shown of rounds and of what came back.

use serde::{Deserialize, Serialize};

use crate::id::{CourseId, PersonId, RoundId, TeamId};
use crate::training::course::Topic;
use crate::training::needs::gap::Cell;
use crate::training::needs::record::{AnswerRow, Mark};
use crate::training::needs::round::{NeedTopic, Round};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NeedsView {
    /// The one that closes first comes first.
    pub open: Vec<RoundLine>,
    /// The latest first.
    pub over: Vec<RoundLine>,
    pub may_open: bool,
    /// Topics of courses and of the library.
    pub topics: Vec<Topic>,
    /// That the asker may ask.
    pub teams: Vec<(TeamId, String)>,
    /// Whether the asker may ask by role, whatever the team.
    pub may_ask_all: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundLine {
    pub id: RoundId,
    pub round: Round,
    pub is_open: bool,
    pub mine: Mine,
    /// Of those for whom the asker answers.
    pub answered: u16,
    pub asked: u16,
    /// The round, or what the asker has answered, is not settled yet.
    pub provisional: bool,
}

/// How the asker stands with a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mine {
    NotAsked,
    ToAnswer,
    Answered,
}

/// One round opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoundFile {
    pub line: RoundLine,
    pub by_name: String,
    pub team_names: Vec<String>,
    pub may_close: bool,
    /// The asker's own, that counts.
    pub answer: Option<AnswerRow>,
    /// Who manages the asker, and so reads the answer besides directors and HR.
    pub readers: Vec<String>,
    /// Whether there is anybody for whom the asker answers.
    pub reads: bool,
    pub map: NeedsMap,
    /// Of those for whom the asker answers, who has not answered; by name.
    pub missing: Vec<(PersonId, String)>,
    /// By name; never blank.
    pub wishes: Vec<(PersonId, String, String)>,
}

/// People or teams by topics.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NeedsMap {
    /// The widest gap first; those that nobody has answered last.
    pub topics: Vec<(u8, NeedTopic)>,
    /// When there are several, by name.
    pub teams: Vec<NeedsRow>,
    /// Who has answered, by name.
    pub people: Vec<NeedsRow>,
    /// Everybody together.
    pub all: Vec<Cell>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedsRow {
    pub of: NeedsOf,
    /// Blank for those who are in no team.
    pub name: String,
    /// The person's own, of a person.
    pub team: Option<TeamId>,
    pub answered: u16,
    pub asked: u16,
    /// As many as there are topics, in their order.
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NeedsOf {
    Person(PersonId),
    /// Those who are in none for `None`.
    Team(Option<TeamId>),
}

/// Which cell of which round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NeedsCellOf {
    pub round: RoundId,
    /// The topic's, in the round.
    pub place: u8,
    pub of: NeedsOf,
}

/// What a cell is made of, and what quizzes say of the same topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NeedsCellFile {
    pub topic: NeedTopic,
    /// Of the person or team; blank for those who are in none.
    pub name: String,
    pub cell: Cell,
    /// Whose answers it is made of: the widest gap first.
    pub people: Vec<NeedsPerson>,
    /// Courses of this topic.
    pub courses: Vec<(CourseId, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedsPerson {
    pub person: PersonId,
    pub name: String,
    pub mark: Mark,
    pub quizzes: Quizzes,
}

/// What one person's quizzes and certificates say of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Quizzes {
    /// Of the questions answered in the latest try of each course.
    pub right: u32,
    pub of: u32,
    /// Courses passed, and not expired.
    pub passed: u16,
    pub courses: u16,
}
