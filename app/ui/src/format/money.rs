//! Amounts of money; the smallest unit is the fen.

use caravan_domain::money::Fen;

use super::{number::grouped, words::Language};

/// ¥12,345.67
pub(super) fn exact(amount: Fen) -> String {
    let fen = amount.0.unsigned_abs();
    format!("{}¥{}.{:02}", sign(amount), grouped(fen / 100), fen % 100)
}

/// Three or four digits and their unit: 万 and 亿, K and M. Cut, not rounded: a target just missed
/// does not look reached.
pub(super) fn about(language: Language, amount: Fen) -> String {
    let yuan = amount.0.unsigned_abs() / 100;
    let steps: [(u64, &str); 2] = match language {
        Language::Zh => [(100_000_000, "亿"), (10_000, "万")],
        Language::En => [(1_000_000, "M"), (1_000, "K")],
    };
    let sign = sign(amount);
    match steps.into_iter().find(|(step, _)| yuan >= *step) {
        None => format!("{sign}¥{yuan}"),
        Some((step, unit)) => {
            let (whole, part) = (yuan / step, yuan % step * 100 / step);
            let part = format!("{part:02}");
            let point = match part.trim_end_matches('0') {
                "" => String::new(),
                part => format!(".{part}"),
            };
            format!("{sign}¥{}{point}{unit}", grouped(whole))
        }
    }
}

fn sign(amount: Fen) -> &'static str {
    if amount.0 < 0 { "-" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fen_is_shown() {
        for (fen, shown) in [
            (1_234_567, "¥12,345.67"),
            (5, "¥0.05"),
            (-250_000, "-¥2,500.00"),
            (i64::MIN, "-¥92,233,720,368,547,758.08"),
        ] {
            assert_eq!(exact(Fen(fen)), shown);
        }
    }

    #[test]
    fn large_sums_are_shown_short() {
        for (yuan, zh, en) in [
            (0, "¥0", "¥0"),
            (999, "¥999", "¥999"),
            (9_999, "¥9999", "¥9.99K"),
            (10_000, "¥1万", "¥10K"),
            (99_999, "¥9.99万", "¥99.99K"),
            (1_234_500, "¥123.45万", "¥1.23M"),
            (230_000_000, "¥2.3亿", "¥230M"),
            (-15_000, "-¥1.5万", "-¥15K"),
        ] {
            assert_eq!(about(Language::Zh, Fen::yuan(yuan)), zh);
            assert_eq!(about(Language::En, Fen::yuan(yuan)), en);
        }
    }
}
