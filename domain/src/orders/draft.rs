//! What the order form holds, as it was typed; and what it comes to while one types.

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Field};
use crate::fold::is_blank;
use crate::id::PersonId;
use crate::money::{BasisPoints, Fen, Quantity};
use crate::orders::record::{Channel, OrderLine, OrderVersion};
use crate::time::Day;

/// Lines of one order.
pub const LINES_MAX: usize = 200;
/// Names of products, in characters.
pub const PRODUCT_MAX: usize = 200;
/// Notes and replies, in characters.
pub const NOTE_MAX: usize = 2000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDraft {
    /// Whose order it is.
    pub representative: PersonId,
    pub channel: Channel,
    #[serde(with = "crate::calendar::written")]
    pub ordered_on: Day,
    pub note: String,
    pub lines: Vec<LineDraft>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LineDraft {
    pub product: String,
    pub quantity: String,
    /// Yuan for one.
    pub price: String,
    /// Per cent off; empty for none.
    pub discount: String,
}

impl LineDraft {
    #[must_use]
    pub fn of(line: &OrderLine) -> Self {
        Self {
            product: line.product.clone(),
            quantity: line.quantity.typed(),
            price: line.price.typed(),
            discount: match line.discount {
                BasisPoints::NONE => String::new(),
                // Hundredths of a per cent, as fen are of a yuan.
                BasisPoints(points) => Fen(i64::from(points)).typed(),
            },
        }
    }

    /// Nothing typed in it: a line that was begun and left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [&self.product, &self.quantity, &self.price, &self.discount]
            .iter()
            .all(|text| is_blank(text))
    }

    /// # Errors
    /// The field that is blank, too long or cannot be read.
    pub fn read(&self) -> Result<OrderLine, CommandError> {
        if is_blank(&self.product) {
            return Err(CommandError::blank(Field::Product));
        }
        if self.product.chars().count() > PRODUCT_MAX {
            return Err(CommandError::too_long(Field::Product, PRODUCT_MAX));
        }
        let unreadable = |field| move |_| CommandError::malformed(field);
        Ok(OrderLine {
            product: self.product.trim().to_owned(),
            quantity: self
                .quantity
                .parse::<Quantity>()
                .map_err(unreadable(Field::Quantity))?,
            price: self
                .price
                .parse::<Fen>()
                .map_err(unreadable(Field::Price))?,
            discount: self.read_discount()?,
        })
    }

    fn read_discount(&self) -> Result<BasisPoints, CommandError> {
        if is_blank(&self.discount) {
            return Ok(BasisPoints::NONE);
        }
        let text = self.discount.trim().trim_end_matches(['%', '％']);
        let points = text.parse::<Fen>().ok();
        points
            .and_then(|points| u32::try_from(points.0).ok())
            .map(BasisPoints)
            .filter(|points| points.is_a_part())
            .ok_or(CommandError::malformed(Field::Discount))
    }
}

impl OrderDraft {
    #[must_use]
    pub fn of(version: &OrderVersion) -> Self {
        Self {
            representative: version.representative,
            channel: version.channel,
            ordered_on: version.ordered_on,
            note: version.note.clone(),
            lines: version.lines.iter().map(LineDraft::of).collect(),
        }
    }

    /// The lines in which anything is typed.
    ///
    /// # Errors
    /// As [`LineDraft::read`]; `Blank` without any line, `TooMany` with too many.
    pub fn read_lines(&self) -> Result<Vec<OrderLine>, CommandError> {
        let filled = self.lines.iter().filter(|line| !line.is_empty());
        let lines = filled.map(LineDraft::read).collect::<Result<Vec<_>, _>>()?;
        match lines.len() {
            0 => Err(CommandError::blank(Field::Product)),
            1..=LINES_MAX => Ok(lines),
            _ => Err(CommandError::TooMany),
        }
    }
}

/// What the lines that can be read come to.
#[must_use]
pub fn running_total(lines: &[LineDraft]) -> Fen {
    lines.iter().filter_map(amount).sum()
}

/// What one line comes to; `None` while it cannot be said. It needs no name for that.
#[must_use]
pub fn amount(line: &LineDraft) -> Option<Fen> {
    let line = LineDraft {
        product: "?".to_owned(),
        ..line.clone()
    };
    line.read().ok().map(|line| line.amount())
}
