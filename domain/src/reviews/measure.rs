//! What an indicator is measured by. To add one: a variant with its word and unit here, where its pieces are found in
//! [`super::figures`], and its name in the words of the screen.

use serde::{Deserialize, Serialize};

use crate::clients::record::words;

/// New ones are added at the end: the position is the number on the wire.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Measure {
    /// Clients the person has written down, not imported and not archived since (R05).
    #[default]
    NewClients,
    /// The person's orders accepted in the period, net of what was given back in it (R06).
    Sales,
    /// Of the clients who bought in the period, those who had bought before (R07).
    Repurchase,
    /// Of the fields that files should have, those that are filled; as the files stand today (R08).
    Completeness,
    /// Of the fields checked by callback, those that were right (R08).
    Accuracy,
    /// What clients say in surveys, of 100 % (R09).
    Satisfaction,
    /// Of the visits planned for days gone by, those that were made, and of the classes at which the person was marked,
    /// those they were at (R10).
    Attendance,
    /// From a client's question to the first answer: the median (R11).
    FirstResponse,
    /// Clients' questions that were settled (R43).
    Resolved,
    /// Of the tasks that fell due, those that were finished by their day.
    TasksOnTime,
    /// Rated (R13).
    TeamWork,
    /// Rated (R13).
    Communication,
    /// Rated: clients who stay (R13).
    Retention,
    /// Rated (R13).
    MarketShare,
}

words!(Measure {
    NewClients = "new-clients",
    Sales = "sales",
    Repurchase = "repurchase",
    Completeness = "completeness",
    Accuracy = "accuracy",
    Satisfaction = "satisfaction",
    Attendance = "attendance",
    FirstResponse = "first-response",
    Resolved = "resolved",
    TasksOnTime = "tasks-on-time",
    TeamWork = "team-work",
    Communication = "communication",
    Retention = "retention",
    MarketShare = "market-share",
});

/// What a figure is a whole number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unit {
    Count,
    Fen,
    /// Hundredths of a per cent.
    Share,
    Minutes,
    /// Hundredths of a level, 0–500.
    Level,
}

impl Measure {
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::NewClients | Self::Resolved => Unit::Count,
            Self::Sales => Unit::Fen,
            Self::Repurchase
            | Self::Completeness
            | Self::Accuracy
            | Self::Satisfaction
            | Self::Attendance
            | Self::TasksOnTime => Unit::Share,
            Self::FirstResponse => Unit::Minutes,
            Self::TeamWork | Self::Communication | Self::Retention | Self::MarketShare => {
                Unit::Level
            }
        }
    }

    /// Said by reviewers, with evidence, and not counted from records.
    #[must_use]
    pub const fn is_rated(self) -> bool {
        matches!(self.unit(), Unit::Level)
    }

    /// Fewer pieces say nothing, whatever the plan says: a single client must not be found out by a figure.
    #[must_use]
    pub const fn fewest(self) -> u32 {
        match self {
            Self::Satisfaction => crate::surveys::record::STEP,
            _ => 0,
        }
    }

    /// Whether a target for a month is asked for as many times as the period has months.
    #[must_use]
    pub const fn adds_up(self) -> bool {
        matches!(self.unit(), Unit::Count | Unit::Fen)
    }
}
