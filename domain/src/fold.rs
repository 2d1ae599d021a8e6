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

/// Zero-width characters and direction marks that a copied number often carries.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_becomes_plain() {
        assert_eq!(plain("　１３８－ＡＢ（ｘ）\u{200e} "), "138-AB(x)");
        assert_eq!(plain("客户、𠮷田"), "客户、𠮷田");
    }
}
