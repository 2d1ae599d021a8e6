//! Points, figures and targets as the reader writes them.

use caravan_domain::{
    money::{BasisPoints, Fen},
    reviews::measure::{Measure, Unit},
};

use crate::format::Format;

/// 86.5 out of 8650.
pub(crate) fn points(points: BasisPoints) -> String {
    hundredths(i64::from(points.0))
}

/// `—` for what is not known.
pub(super) fn points_or_dash(known: Option<BasisPoints>) -> String {
    known.map_or_else(|| "—".to_owned(), points)
}

/// Whole points for a chart, half up.
pub(super) fn whole(points: BasisPoints) -> u32 {
    (points.0 + 50) / 100
}

pub(crate) fn figure(format: Format, measure: Measure, value: i64) -> String {
    match measure.unit() {
        Unit::Count => format.count(value.unsigned_abs()),
        Unit::Fen => format.money(Fen(value)),
        Unit::Share => format!("{}%", hundredths(value)),
        Unit::Minutes => format.duration(u32::try_from(value).unwrap_or(u32::MAX)),
        Unit::Level => hundredths(value),
    }
}

/// What one record adds: money, a share of its own, minutes; nothing where each counts for one.
pub(super) fn part(format: Format, measure: Measure, part: i64, of: i64) -> String {
    match measure.unit() {
        Unit::Fen | Unit::Minutes => figure(format, measure, part),
        Unit::Share => format!("{part}/{of}"),
        Unit::Count | Unit::Level => part.to_string(),
    }
}

/// Two decimals at the most.
fn hundredths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.unsigned_abs();
    let text = format!("{sign}{}.{:02}", value / 100, value % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// As a form shows it for typing.
pub(crate) fn typed(measure: Measure, value: i64) -> String {
    match measure.unit() {
        Unit::Count | Unit::Minutes => value.to_string(),
        Unit::Fen | Unit::Share | Unit::Level => Fen(value).typed(),
    }
}

/// What was typed, in the measure's unit.
pub(crate) fn read(measure: Measure, text: &str) -> Option<i64> {
    match measure.unit() {
        Unit::Count | Unit::Minutes => text.trim().parse().ok(),
        Unit::Fen | Unit::Share | Unit::Level => {
            let text = text.trim().trim_end_matches('%');
            text.parse::<Fen>().ok().map(|value| value.0)
        }
    }
}

/// A part in per cent, as typed.
pub(crate) fn read_part(text: &str) -> Option<BasisPoints> {
    let value = read(Measure::Satisfaction, text)?;
    u32::try_from(value).ok().map(BasisPoints)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_have_the_decimals_they_need() {
        for (value, text) in [
            (10_000, "100"),
            (8_650, "86.5"),
            (8_667, "86.67"),
            (5, "0.05"),
        ] {
            assert_eq!(points(BasisPoints(value)), text);
        }
        assert_eq!(
            (whole(BasisPoints(8_650)), whole(BasisPoints(8_649))),
            (87, 86)
        );
    }

    #[test]
    fn what_is_typed_is_read_back() {
        for measure in Measure::ALL {
            assert_eq!(read(*measure, &typed(*measure, 9_500)), Some(9_500));
        }
        assert_eq!(read_part("80%"), Some(BasisPoints(8_000)));
        assert_eq!(read(Measure::NewClients, "five"), None);
    }
}
