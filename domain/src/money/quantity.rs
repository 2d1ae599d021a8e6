use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fen::{NotMoney, decimal};
use crate::fold::plain;
use crate::value::Value;

/// Thousandths: pieces, and kilos with their grams.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Quantity(pub i64);

impl Quantity {
    pub const ONE: Self = Self(1000);
    /// Ten million.
    pub const MOST: Self = Self(10_000_000_000);

    /// `12`, `2.5`.
    #[must_use]
    pub fn typed(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000);
        match part {
            0 => format!("{sign}{whole}"),
            _ => format!("{sign}{whole}.{part:03}")
                .trim_end_matches('0')
                .to_owned(),
        }
    }
}

/// More than nothing, at most [`Quantity::MOST`], three decimals.
impl FromStr for Quantity {
    type Err = NotMoney;

    fn from_str(text: &str) -> Result<Self, NotMoney> {
        let thousandths = decimal(&plain(text), 3).ok_or(NotMoney)?;
        (1..=Self::MOST.0)
            .contains(&thousandths)
            .then_some(Self(thousandths))
            .ok_or(NotMoney)
    }
}

impl From<Quantity> for Value {
    fn from(quantity: Quantity) -> Self {
        Self::Int(quantity.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn there_is_no_order_for_nothing() {
        for text in ["", "0", "0.000", "-1", "1.2345", "99999999999"] {
            assert_eq!(text.parse::<Quantity>(), Err(NotMoney), "{text}");
        }
        assert_eq!("2.5".parse(), Ok(Quantity(2500)));
    }

    proptest! {
        #[test]
        fn what_is_typed_is_read_back(thousandths in 1..=Quantity::MOST.0) {
            let quantity = Quantity(thousandths);
            prop_assert_eq!(quantity.typed().parse(), Ok(quantity));
        }
    }
}
