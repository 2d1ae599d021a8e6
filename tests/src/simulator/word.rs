//! Words that occur once in a story, by which what was typed can be found again in any bytes.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

/// Rare letters that nothing else here uses.
const LETTERS: Range<u32> = 0x2_0000..0x2_ebe0;
const LETTER_BYTES: usize = 4;
const LENGTH: usize = 3 * LETTER_BYTES;

/// Clones draw from the same supply.
#[derive(Debug, Clone, Default)]
pub(super) struct Words(Rc<Cell<u32>>);

impl Words {
    /// Three times a letter of its own, so that it survives as it is where texts are compared letter
    /// by letter.
    pub(super) fn next(&self) -> String {
        let number = self.0.get();
        self.0.set(number + 1);
        let letter = Some(LETTERS.start + number).filter(|letter| LETTERS.contains(letter));
        let letter = letter.and_then(char::from_u32);
        let letter = letter.expect("a story has fewer words than there are letters");
        [letter; 3].into_iter().collect()
    }
}

/// Every word in `bytes`.
pub(super) fn words_in(bytes: &[u8]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (place, first) in bytes.iter().enumerate() {
        if *first != 0xf0 {
            continue;
        }
        let Some(three) = bytes.get(place..place + LENGTH) else {
            break;
        };
        let mut letters = three.chunks(LETTER_BYTES);
        if letters.all(|letter| letter == &three[..LETTER_BYTES])
            && let Ok(word) = std::str::from_utf8(three)
            && word.starts_with(|letter| LETTERS.contains(&u32::from(letter)))
        {
            found.insert(word.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_among_other_bytes() {
        let words = Words::default();
        let (one, other) = (words.next(), words.next());
        let bytes = [
            &[0xf0, 0xa0],
            one.as_bytes(),
            other.as_bytes(),
            "商商商😀😀😀".as_bytes(),
        ]
        .concat();
        assert_eq!(words_in(&bytes), [one.clone(), other].into());
        assert_eq!(words_in(&one.as_bytes()[..8]), BTreeSet::new());
    }
}
