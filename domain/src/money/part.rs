use serde::{Deserialize, Serialize};

use super::Fen;

/// Hundredths of a per cent.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct BasisPoints(pub u32);

impl BasisPoints {
    pub const NONE: Self = Self(0);
    pub const WHOLE: Self = Self(10_000);

    #[must_use]
    pub const fn percent(percent: u32) -> Self {
        Self(percent.saturating_mul(100))
    }

    /// This part of an amount, rounded once.
    #[must_use]
    pub fn of(self, amount: Fen) -> Fen {
        amount.times(i64::from(self.0), i64::from(Self::WHOLE.0))
    }

    #[must_use]
    pub fn is_a_part(self) -> bool {
        self <= Self::WHOLE
    }
}

/// Divides an amount between its representative and somebody who is due `part` of it: (the
/// representative's, the other's). The other's is cut to whole fen, and what is left over is the
/// representative's.
#[must_use]
pub fn split(amount: Fen, part: BasisPoints) -> (Fen, Fen) {
    let part = part.min(BasisPoints::WHOLE);
    let whole = i128::from(BasisPoints::WHOLE.0);
    let other = i128::from(amount.0) * i128::from(part.0) / whole;
    let other = Fen(i64::try_from(other).unwrap_or_default());
    (amount - other, other)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_divided_is_the_representatives() {
        assert_eq!(split(Fen(9), BasisPoints::percent(20)), (Fen(8), Fen(1)));
        assert_eq!(split(Fen(-9), BasisPoints::percent(20)), (Fen(-8), Fen(-1)));
        assert_eq!(split(Fen(9), BasisPoints(99_999)), (Fen(0), Fen(9)));
        assert_eq!(BasisPoints(250).of(Fen(20)), Fen(1));
        assert_eq!(BasisPoints(250).of(Fen(19)), Fen(0));
    }

    proptest! {
        #[test]
        fn a_split_conserves_every_fen(amount: i64, part in 0u32..=20_000) {
            let (representative, other) = split(Fen(amount), BasisPoints(part));
            prop_assert_eq!(
                i128::from(representative.0) + i128::from(other.0),
                i128::from(amount)
            );
            prop_assert!(other.0.unsigned_abs() <= amount.unsigned_abs());
        }

        #[test]
        fn a_split_given_back_is_a_split(amount in -i64::MAX..=i64::MAX, part in 0u32..=10_000) {
            let (one, other) = split(Fen(amount), BasisPoints(part));
            prop_assert_eq!(split(-Fen(amount), BasisPoints(part)), (-one, -other));
        }
    }
}
