//! What a client says in a survey, and what becomes of it.

use serde::{Deserialize, Serialize};

use crate::clients::record::words;
use crate::id::{ClientId, PersonId, SurveyId};
use crate::time::Instant;

/// Longer words are cut, in characters.
pub const WORDS_MAX: usize = 1_000;

/// The person concerned is told what clients say in steps of this many replies, and of no single one: nobody has to fear to be
/// found out.
pub const STEP: u32 = 5;

/// New ones are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Satisfaction {
    VeryDissatisfied,
    Dissatisfied,
    SoSo,
    Satisfied,
    VerySatisfied,
}

words!(Satisfaction {
    VeryDissatisfied = "very-dissatisfied",
    Dissatisfied = "dissatisfied",
    SoSo = "so-so",
    Satisfied = "satisfied",
    VerySatisfied = "very-satisfied",
});

impl Satisfaction {
    /// 20–100 in equal steps, so that "satisfied" is just what R09 asks for.
    #[must_use]
    pub const fn percent(self) -> u8 {
        match self {
            Self::VeryDissatisfied => 20,
            Self::Dissatisfied => 40,
            Self::SoSo => 60,
            Self::Satisfied => 80,
            Self::VerySatisfied => 100,
        }
    }

    /// Somebody should call the client.
    #[must_use]
    pub const fn is_low(self) -> bool {
        self.percent() < Self::Satisfied.percent()
    }
}

/// What is asked besides; each may be left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Point {
    KeptPromises,
    KnewProduct,
    OnTime,
}

impl Point {
    pub const ALL: [Self; 3] = [Self::KeptPromises, Self::KnewProduct, Self::OnTime];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Agreed {
    Yes,
    Partly,
    No,
}

words!(Agreed {
    Yes = "yes",
    Partly = "partly",
    No = "no",
});

/// By [`Point`].
pub type Points = [Option<Agreed>; Point::ALL.len()];

/// What came back, without the words: those stand by themselves, so that they can be erased with the client.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SurveyReply {
    pub client: ClientId,
    pub survey: SurveyId,
    /// Who made the link.
    pub by: PersonId,
    pub issued_at: Instant,
    /// The relay's time.
    pub at: Instant,
    pub satisfaction: Satisfaction,
    pub points: Points,
    /// A session of Caravan was in the browser that answered: kept and shown, and counted nowhere.
    pub signed_in: bool,
    pub noted: Option<Noted>,
}

/// Whoever answers for the person has seen to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Noted {
    pub by: PersonId,
    pub at: Instant,
}

impl SurveyReply {
    #[must_use]
    pub const fn counts(&self) -> bool {
        !self.signed_in
    }

    /// Whether it waits for somebody to see to it.
    #[must_use]
    pub const fn is_pressing(&self) -> bool {
        self.satisfaction.is_low() && self.noted.is_none()
    }
}

/// What replies come to together. Those that do not count are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct SurveyDigest {
    pub replies: u32,
    /// The sum of their per cents.
    pub percent: u32,
    /// How often yes, partly and no were said, by [`Point`].
    pub points: [[u32; 3]; Point::ALL.len()],
}

impl SurveyDigest {
    #[must_use]
    pub fn of<'a>(replies: impl IntoIterator<Item = &'a SurveyReply>) -> Self {
        let mut digest = Self::default();
        for reply in replies {
            digest.add(reply);
        }
        digest
    }

    fn add(&mut self, reply: &SurveyReply) {
        if !reply.counts() {
            return;
        }
        self.replies = self.replies.saturating_add(1);
        let percent = u32::from(reply.satisfaction.percent());
        self.percent = self.percent.saturating_add(percent);
        for (counts, said) in self.points.iter_mut().zip(reply.points) {
            if let Some(said) = said {
                counts[said as usize] += 1;
            }
        }
    }
}
