//! Unified social credit codes (统一社会信用代码, GB 32100-2015). A doubtful code is kept and
//! flagged, never refused: the paper in front of a person outranks the arithmetic.

use serde::{Deserialize, Serialize};

use crate::fold::plain;

/// The letters of GB 32100-2015, in the order of their values: no I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// 3^i mod 31 for the first seventeen places.
const WEIGHTS: [u32; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];
const LENGTH: usize = 18;

/// What speaks against a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodeDoubt {
    /// Not eighteen characters.
    Length(usize),
    /// A character the standard does not use, often O for 0 or I for 1.
    Character(char),
    /// The last character should be this one.
    CheckDigit(char),
}

/// The code as it is stored: upper case, without spaces and hyphens.
#[must_use]
pub fn normalize(text: &str) -> String {
    plain(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && *c != '-')
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// What speaks against a code; nothing against one that is right or was not given.
#[must_use]
pub fn doubt(text: &str) -> Option<CodeDoubt> {
    let text = normalize(text);
    let length = text.chars().count();
    if length == 0 {
        return None;
    }
    if length != LENGTH {
        return Some(CodeDoubt::Length(length));
    }
    let mut values = [0u32; LENGTH];
    for (value, c) in values.iter_mut().zip(text.chars()) {
        match ALPHABET.iter().position(|letter| char::from(*letter) == c) {
            Some(found) => *value = found as u32,
            None => return Some(CodeDoubt::Character(c)),
        }
    }
    let sum: u32 = values
        .iter()
        .zip(WEIGHTS)
        .map(|(v, weight)| v * weight)
        .sum();
    let check = (31 - sum % 31) % 31;
    (values[LENGTH - 1] != check)
        .then(|| CodeDoubt::CheckDigit(char::from(ALPHABET[check as usize])))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn published_codes_pass() {
        // Tencent, Alibaba (China), Huawei.
        for code in [
            "9144030071526726XG",
            "91330100799655058B",
            "914403001922038216",
        ] {
            assert_eq!(doubt(code), None, "{code}");
        }
    }

    #[test]
    fn dress_is_taken_off() {
        let written = " ９１44 0300-71526726xg\t";
        assert_eq!(normalize(written), "9144030071526726XG");
        assert_eq!(doubt(written), None);
        assert_eq!(normalize(" - "), "");
        assert_eq!(doubt(" - "), None);
    }

    #[test]
    fn doubts_say_what_is_wrong() {
        assert_eq!(doubt("9144030071526726X"), Some(CodeDoubt::Length(17)));
        assert_eq!(doubt("9144O30071526726XG"), Some(CodeDoubt::Character('O')));
        assert_eq!(
            doubt("9144030071526726X1"),
            Some(CodeDoubt::CheckDigit('G'))
        );
    }

    proptest! {
        #[test]
        fn any_one_wrong_character_is_noticed(place in 0usize..17, letter in 0usize..31) {
            let mut code = b"9144030071526726XG".to_vec();
            let changed = code[place] != ALPHABET[letter];
            code[place] = ALPHABET[letter];
            let code = String::from_utf8(code).unwrap();
            prop_assert_eq!(doubt(&code).is_some(), changed);
        }

        #[test]
        fn any_text_is_read(text in "\\PC{0,24}") {
            let code = normalize(&text);
            prop_assert_eq!(doubt(&code), doubt(&text));
            prop_assert_eq!(normalize(&code), code);
        }
    }
}
