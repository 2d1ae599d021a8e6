//! What a goal is measured by. To add one: a variant with its word here, and where its deeds are found in
//! [`super::deeds`]; its name goes into the words of the screen.

use serde::{Deserialize, Serialize};

use crate::clients::record::words;
use crate::money::Fen;

/// New ones are added at the end.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Metric {
    /// Clients written down, not imported and not archived since, by whoever wrote them down.
    NewClients,
    /// Visits checked in, by whoever made them.
    #[default]
    Visits,
    /// Of these, those whose check-in is verified.
    VerifiedVisits,
    /// Clients with a visit; each counts once in a period.
    ClientsVisited,
    /// Visits that came within the cadence of the client's grade after the visit before.
    Revisits,
    TasksDone,
    /// What no record tells: the value is the last update's.
    ByHand,
    /// Orders accepted in whole yuan, net of what was given back (R06), by whose order it is.
    Sales,
}

words!(Metric {
    NewClients = "new-clients",
    Visits = "visits",
    VerifiedVisits = "verified-visits",
    ClientsVisited = "clients-visited",
    Revisits = "revisits",
    TasksDone = "tasks-done",
    ByHand = "by-hand",
    Sales = "sales",
});

impl Metric {
    /// Whether what two people reach, or one in two months, is the sum of both.
    #[must_use]
    pub const fn adds_up(self) -> bool {
        !matches!(self, Self::ClientsVisited)
    }

    #[must_use]
    pub const fn is_counted(self) -> bool {
        !matches!(self, Self::ByHand)
    }

    /// What the parts of its deeds come to together: nothing where more was given back than sold.
    #[must_use]
    pub fn value(self, sum: i64) -> u32 {
        let sum = sum.max(0);
        let value = match self {
            Self::Sales => sum / Fen::yuan(1).0,
            _ => sum,
        };
        u32::try_from(value).unwrap_or(u32::MAX)
    }
}
