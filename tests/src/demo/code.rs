//! Unified social credit codes that pass the check of GB 32100 and belong to nobody: the check
//! character of the organisation code inside (GB 11714) is never the right one.

use caravan_domain::uscc::{self, CodeDoubt};

use crate::dice::Dice;

const DIGITS: &[u8] = b"0123456789";
const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// For a company registered in `division`, six digits.
pub(super) fn code(division: &str, dice: &Dice) -> String {
    let mut organisation = b"MA".to_vec();
    organisation.extend((0..6).map(|_| dice.any(DIGITS)));
    let wrong = (check(&organisation) + 1) % 10;
    let body: String = organisation.into_iter().map(char::from).collect();
    let unchecked = format!("91{division}{body}{wrong}");
    match uscc::doubt(&format!("{unchecked}0")) {
        Some(CodeDoubt::CheckDigit(right)) => format!("{unchecked}{right}"),
        _ => format!("{unchecked}0"),
    }
}

/// 0 to 9, 10 for X.
fn check(organisation: &[u8]) -> u32 {
    let value = |letter: u8| match letter {
        b'0'..=b'9' => u32::from(letter - b'0'),
        _ => u32::from(letter - b'A') + 10,
    };
    let products = organisation.iter().zip(WEIGHTS);
    let sum: u32 = products
        .map(|(letter, weight)| value(*letter) * weight)
        .sum();
    (11 - sum % 11) % 11
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_outside_and_fails_inside() {
        let dice = Dice::new(1);
        for _ in 0..100 {
            let code = code("330100", &dice);
            assert_eq!(uscc::doubt(&code), None, "{code}");
            let right = check(&code.as_bytes()[8..16]);
            assert_ne!(code[16..17], right.to_string(), "{code}");
        }
    }

    #[test]
    fn a_published_organisation_code_has_the_right_check() {
        // Alibaba (China): 799655058.
        assert_eq!(check(b"79965505"), 8);
    }
}
