//! Full-width letters, digits and signs folded to their plain forms, as Chinese input methods and
//! spreadsheets mix them. Leaves every other character as it is: no case, no Unicode normalisation.

/// One character, full-width ASCII (U+FF01–FF5E) and the ideographic space made plain.
#[must_use]
pub fn plain_char(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// The whole text with [`plain_char`] applied, invisible joiners and marks dropped, and trimmed.
#[must_use]
pub fn plain(text: &str) -> String {
    let folded: String = text
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(plain_char)
        .collect();
    folded.trim().to_owned()
}

/// Whether nothing of it can be seen: a name must not be this.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    plain(text).is_empty()
}

/// Zero-width characters, direction marks and fillers, which a copied number often carries.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_becomes_plain() {
        assert_eq!(plain("　１３８－ＡＢ（ｘ）\u{200e} "), "138-AB(x)");
        assert_eq!(plain("客户、𠮷田"), "客户、𠮷田");
    }

    #[test]
    fn what_cannot_be_seen_is_blank() {
        assert!(is_blank(" \u{3000}\u{2067}\u{200d}\u{3164}"));
        assert!(!is_blank("\u{200f}甲"));
    }
}
