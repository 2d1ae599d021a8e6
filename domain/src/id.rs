//! Identifiers that are minted on a device with no network and never collide after a merge.
//!
//! An [`Id`] is 128 bits: 48 bits of Unix milliseconds, then 80 random bits, so that ids sort by
//! their time of making (as a ULID does). Its text form is 26 letters of Crockford's base 32.
//! The random part and the clock come in as arguments: this crate has neither.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::time::Instant;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 16 bytes, time-ordered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Id([u8; 16]);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct NotAnId;

impl Id {
    pub const ZERO: Self = Self([0; 16]);
    pub const MAX: Self = Self([0xff; 16]);

    #[must_use]
    pub fn mint(now: Instant, random: [u8; 10]) -> Self {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&now.millis().max(0).to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&random);
        Self(bytes)
    }

    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// When the device that made this id believed it made it.
    #[must_use]
    pub fn minted_at(&self) -> Instant {
        let mut millis = [0; 8];
        millis[2..].copy_from_slice(&self.0[..6]);
        Instant::from_millis(i64::from_be_bytes(millis))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = u128::from_be_bytes(self.0);
        let mut text = [0; 26];
        for (place, letter) in text.iter_mut().enumerate() {
            let shift = 5 * (25 - place);
            *letter = ALPHABET[((bits >> shift) & 31) as usize];
        }
        f.write_str(core::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        if text.len() != 26 {
            return Err(NotAnId);
        }
        let mut bits: u128 = 0;
        for (place, letter) in text.bytes().enumerate() {
            let digit = ALPHABET
                .iter()
                .position(|known| known.eq_ignore_ascii_case(&letter))
                .ok_or(NotAnId)?;
            // The first letter carries three bits only: 26 × 5 = 130.
            if place == 0 && digit > 7 {
                return Err(NotAnId);
            }
            bits = (bits << 5) | digit as u128;
        }
        Ok(Self(bits.to_be_bytes()))
    }
}

/// Where ids come from: the engine's is WebCrypto, the simulator's is seeded.
pub trait IdSource {
    fn mint(&mut self) -> Id;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub Id);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    WorkspaceId;
    PersonId;
    TeamId;
    /// One installation of the app; also the Automerge actor of what it writes.
    DeviceId;
    InvitationId;
    ClientId;
    ContactId;
    InteractionId;
    VisitId;
    TaskId;
    CourseId;
    LessonId;
    QuestionId;
    /// A kind of task that the workspace has defined itself.
    TaskKindId;
    /// One run of an import, so that it can be undone as a whole.
    BatchId;
    GoalId;
    GoalVersionId;
    /// A signature or an update of a goal.
    GoalEntryId;
    OrderId;
    /// What was taken down of an order at one time.
    OrderVersionId;
    /// A link that asks a client.
    SurveyId;
    /// What came of one; drawn at random, so that it tells nothing of when or by which link.
    ReplyId;
    HandoverId;
    ClassId;
    /// One sitting of a role play or drill that was scored.
    ScoreId;
    /// Courses in their order.
    PathId;
    /// Something in the library.
    EntryId;
    /// A grade on the ladder.
    RungId;
    PromotionId;
    AgreementId;
    /// One asking after what people would like to learn.
    RoundId;
    /// What somebody has answered in one.
    AnswerId;
}

impl HandoverId {
    pub const FIRST: Self = Self(Id::ZERO);
    pub const LAST: Self = Self(Id::MAX);
}

impl PersonId {
    /// The short code people say aloud, `EM-` and five letters (R01). Not unique by itself.
    #[must_use]
    pub fn code(&self) -> String {
        let text = self.0.to_string();
        format!("EM-{}", &text[text.len() - 5..])
    }
}

/// SHA-256 of a photo's bytes: its name everywhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BlobHash(pub [u8; 32]);

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for BlobHash {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(NotAnId);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = core::str::from_utf8(pair).map_err(|_| NotAnId)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| NotAnId)?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_round_trips(bytes: [u8; 16]) {
            let id = Id::from_bytes(bytes);
            prop_assert_eq!(id.to_string().parse::<Id>(), Ok(id));
        }

        #[test]
        fn text_sorts_as_bytes(a: [u8; 16], b: [u8; 16]) {
            let (a, b) = (Id::from_bytes(a), Id::from_bytes(b));
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        }

        #[test]
        fn any_text_is_refused_or_read(text: String) {
            let _ = text.parse::<Id>();
            let _ = text.parse::<BlobHash>();
        }
    }

    #[test]
    fn an_id_remembers_when_it_was_minted() {
        let now = Instant::from_millis(1_790_000_000_123);
        assert_eq!(Id::mint(now, [7; 10]).minted_at(), now);
    }
}
