//! What is shown of classes.

use serde::{Deserialize, Serialize};

use crate::id::{ClassId, PersonId};
use crate::training::classes::decision::{Class, Seat};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassesView {
    /// Today's and later ones, the soonest first.
    pub ahead: Vec<ClassLine>,
    /// The latest first.
    pub over: Vec<ClassLine>,
    pub may_hold: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassLine {
    pub id: ClassId,
    pub class: Class,
    pub course_title: String,
    pub trainer_name: String,
    /// The asker's own.
    pub seat: Option<Seat>,
    /// Nobody is marked of those whom the asker may mark, and the day has come.
    pub to_mark: u16,
    /// What the asker has said is not settled yet.
    pub provisional: bool,
}

/// One class opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassFile {
    pub line: ClassLine,
    /// Of whom the asker knows, by name.
    pub people: Vec<ClassSeat>,
    /// The day has come.
    pub begun: bool,
    pub over: bool,
    pub may_call_off: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClassSeat {
    pub person: PersonId,
    pub name: String,
    pub seat: Seat,
    pub may_mark: bool,
    /// Of the past classes that count, those the person was at.
    pub attended: u16,
    pub of: u16,
}
