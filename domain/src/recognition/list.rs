//! Questions about recognition and their answers.

use serde::{Deserialize, Serialize};

use crate::development::record::LinkTo;
use crate::grades::ladder::RungName;
use crate::id::{PersonId, TeamId};
use crate::mark::Mark;
use crate::recognition::kind::PostKind;
use crate::recognition::row::PostRow;
use crate::time::Day;

/// The wall of every team the asker reads, the latest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecognitionList {
    /// Only posts about this person.
    pub person: Option<PersonId>,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecognitionPage {
    pub lines: Vec<PostLine>,
    pub total: u32,
    /// Whom any post is about, by name.
    pub people: Vec<(PersonId, String)>,
    /// There is somebody the asker may post about.
    pub may_post: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostLine {
    pub post: PostRow,
    pub name: String,
    pub by_name: String,
    pub team_name: String,
    /// It is about the asker.
    pub is_me: bool,
    /// Whoever applauds, by name; the asker first.
    pub applause: Vec<String>,
    /// The asker does.
    pub applauded: bool,
    pub may_withdraw: bool,
    /// Whoever withdrew it. Only its author and whoever leads the team still see it then.
    pub withdrawn_by: Option<String>,
    pub mark: Mark,
}

/// What the form begins with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecognitionForm {
    /// Whom the asker may post about, by name.
    pub people: Vec<Recognisable>,
    /// The latest first.
    pub ideas: Vec<Idea>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognisable {
    pub person: PersonId,
    pub name: String,
    /// Else the asker thanks them.
    pub any_kind: bool,
}

/// What is worth a post, by the records the asker may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Idea {
    pub person: PersonId,
    pub name: String,
    pub team: TeamId,
    pub kind: PostKind,
    /// When it came about; of a goal the last day on which it could.
    #[serde(with = "crate::calendar::written")]
    pub on: Day,
    pub about: Option<LinkTo>,
    pub what: IdeaOf,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum IdeaOf {
    /// What it was to reach: for the asker, who may read it, and not for the words that everybody reads.
    Goal(String),
    Course(String),
    Rung(RungName),
    /// Of the month of `on`.
    Best,
}

/// What Today brings to mind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RecognitionToday {
    /// About the asker and not read yet.
    pub about_me: Vec<PostLine>,
    /// Of the asker's team, of the last days, about somebody else.
    pub latest: Option<PostLine>,
}
