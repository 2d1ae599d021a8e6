use core::iter::Sum;
use core::ops::{Add, AddAssign, Neg, Sub};
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::fold::plain;
use crate::value::Value;

/// A hundredth of a yuan. Sums stay at the ends of their range: a document may hold any number.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Fen(pub i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an amount of money")]
pub struct NotMoney;

impl Fen {
    pub const ZERO: Self = Self(0);
    /// A billion yuan: the most that is typed in one place.
    pub const MOST: Self = Self(100_000_000_000);

    #[must_use]
    pub const fn yuan(yuan: i64) -> Self {
        Self(yuan.saturating_mul(100))
    }

    /// `numerator / denominator` of it, rounded once. A denominator of nothing gives nothing.
    #[must_use]
    pub fn times(self, numerator: i64, denominator: i64) -> Self {
        Self(rounded(
            i128::from(self.0) * i128::from(numerator),
            i128::from(denominator),
        ))
    }

    /// As a form shows it for typing: `12345.67`, `12`.
    #[must_use]
    pub fn typed(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (yuan, fen) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match fen {
            0 => format!("{sign}{yuan}"),
            _ => format!("{sign}{yuan}.{fen:02}"),
        }
    }
}

/// Half away from zero.
pub(super) fn rounded(value: i128, divisor: i128) -> i64 {
    if divisor <= 0 {
        return 0;
    }
    let half_up = (value.abs() * 2 + divisor) / (divisor * 2);
    let most = i128::from(i64::MAX);
    let whole = half_up.min(most) * value.signum();
    i64::try_from(whole).unwrap_or_default()
}

/// Reads `¥12,345.67`, `12345.6`, `１２`: nothing below zero, nothing beyond [`Fen::MOST`] and no
/// part of a fen.
impl FromStr for Fen {
    type Err = NotMoney;

    fn from_str(text: &str) -> Result<Self, NotMoney> {
        let text = plain(text);
        let text = text.trim_start_matches(['¥', '￥']).trim_end_matches('元');
        let amount = decimal(text, 2).ok_or(NotMoney)?;
        (amount <= Self::MOST.0)
            .then_some(Self(amount))
            .ok_or(NotMoney)
    }
}

/// Digits with groups of three or without, and at most `places` decimals, as a whole number of the
/// smallest of them.
pub(super) fn decimal(text: &str, places: usize) -> Option<i64> {
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, ',' | '，' | ' '))
        .collect();
    let (whole, part) = text.split_once(['.', '。']).unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let readable = !(whole.is_empty() && part.is_empty())
        && whole.len() <= 12
        && part.len() <= places
        && digits(whole)
        && digits(part);
    readable.then(|| format!("{whole}{part:0<places$}").parse().ok())?
}

impl Add for Fen {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Fen {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Fen {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Fen {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

impl From<Fen> for Value {
    fn from(fen: Fen) -> Self {
        Self::Int(fen.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_type_is_read() {
        for (text, fen) in [
            ("0", 0),
            ("12", 1200),
            ("12.3", 1230),
            (".5", 50),
            ("12.", 1200),
            ("¥12,345.67", 1_234_567),
            ("￥ 12，345。67 元", 1_234_567),
            ("１２．５０", 1250),
            ("1000000000", 100_000_000_000),
        ] {
            assert_eq!(text.parse(), Ok(Fen(fen)), "{text}");
        }
        for text in [
            "",
            ".",
            "-1",
            "1.234",
            "1e3",
            "一百",
            "1.2.3",
            "1000000000.01",
        ] {
            assert_eq!(text.parse::<Fen>(), Err(NotMoney), "{text}");
        }
    }

    #[test]
    fn half_a_fen_goes_away_from_zero() {
        assert_eq!(Fen(5).times(1, 10), Fen(1));
        assert_eq!(Fen(4).times(1, 10), Fen(0));
        assert_eq!(Fen(-5).times(1, 10), Fen(-1));
        assert_eq!(Fen(7).times(1, 0), Fen::ZERO);
        assert_eq!(Fen(i64::MAX).times(i64::MAX, 1), Fen(i64::MAX));
    }

    proptest! {
        #[test]
        fn what_is_typed_is_read_back(fen in 0..=Fen::MOST.0) {
            prop_assert_eq!(Fen(fen).typed().parse(), Ok(Fen(fen)));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "([0-9.,¥元 -]|\\PC){0,16}") {
            let _ = text.parse::<Fen>();
        }

        #[test]
        fn what_is_given_back_is_what_was_given(fen: i64, part in 0i64..100_000, of in 1i64..100_000) {
            prop_assume!(fen != i64::MIN);
            prop_assert_eq!((-Fen(fen)).times(part, of), -Fen(fen).times(part, of));
        }

        #[test]
        fn no_sum_panics(one: i64, other: i64) {
            let _ = (Fen(one) + Fen(other), Fen(one) - Fen(other), -Fen(one), Fen(one).typed());
        }
    }
}
