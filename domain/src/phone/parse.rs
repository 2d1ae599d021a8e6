//! From what people type to the stored form.

use super::PhoneError;
use crate::fold::plain;

/// Longest number E.164 allows, and the shortest worth calling one.
const ABROAD_DIGITS: core::ops::RangeInclusive<usize> = 7..=15;
const EXTENSION_DIGITS: core::ops::RangeInclusive<usize> = 1..=6;
const SHORTEST_SUBSCRIBER: usize = 7;

pub(super) fn canonical(text: &str) -> Result<String, PhoneError> {
    let text = plain(text).to_lowercase();
    if text.is_empty() {
        return Err(PhoneError::Empty);
    }
    let (number, extension) = split_extension(&text);
    let international = number.trim_start_matches(['(', ' ']).starts_with('+');
    let groups = groups(number)?;
    let extension = extension.map(digits_of).transpose()?;
    let all = groups.concat();

    let (national, international) = strip_country(&all, international);
    if let Some(abroad) = international {
        return if ABROAD_DIGITS.contains(&abroad.len()) {
            Ok(format!("+{abroad}"))
        } else {
            Err(PhoneError::Length {
                digits: abroad.len(),
            })
        };
    }
    if extension.is_none()
        && let Some(number) = mobile(national).or_else(|| service(national))
    {
        return Ok(number);
    }
    let extended = if extension.is_none() {
        with_extension(national, &groups)
    } else {
        None
    };
    match (extended, landline(national), extension) {
        (Some(number), _, _) | (None, Some(number), None) => Ok(number),
        (None, Some(number), Some(it)) if EXTENSION_DIGITS.contains(&it.len()) => {
            Ok(format!("{number}-{it}"))
        }
        (None, Some(_), Some(it)) => Err(PhoneError::Length { digits: it.len() }),
        (None, None, _) => Err(refusal(national)),
    }
}

/// A last group after a whole number is an extension: `0755-73171691-867`, but not
/// `0571-8888-8888`.
fn with_extension(national: &str, groups: &[String]) -> Option<String> {
    let [.., before, last] = groups else {
        return None;
    };
    let whole_before = before.len() >= SHORTEST_SUBSCRIBER || landline(national).is_none();
    let number = landline(national.strip_suffix(last.as_str())?)?;
    (whole_before && EXTENSION_DIGITS.contains(&last.len())).then(|| format!("{number}-{last}"))
}

/// `转`, `分机`, `#`, `ext` and `x` announce an extension.
fn split_extension(text: &str) -> (&str, Option<&str>) {
    ["转", "轉", "分机", "#", "ext.", "ext", "x"]
        .into_iter()
        .find_map(|mark| text.split_once(mark))
        .map_or((text, None), |(number, rest)| (number, Some(rest)))
}

fn digits_of(text: &str) -> Result<String, PhoneError> {
    groups(text).map(|groups| groups.concat())
}

/// The runs of digits between separators.
fn groups(text: &str) -> Result<Vec<String>, PhoneError> {
    let mut groups = vec![String::new()];
    for c in text.chars() {
        match c {
            '0'..='9' => groups.last_mut().into_iter().for_each(|it| it.push(c)),
            ' '
            | '\t'
            | '-'
            | '('
            | ')'
            | '.'
            | '/'
            | '+'
            | '_'
            | ':'
            | '·'
            | '\u{2010}'..='\u{2015}'
            | '\u{2212}' => groups.push(String::new()),
            _ => return Err(PhoneError::Character(c)),
        }
    }
    groups.retain(|group| !group.is_empty());
    if groups.is_empty() {
        return Err(PhoneError::Empty);
    }
    Ok(groups)
}

/// The national number, or the digits of a number abroad.
fn strip_country(all: &str, plus: bool) -> (&str, Option<&str>) {
    let dialled = if plus {
        Some(all)
    } else {
        all.strip_prefix("00")
    };
    match dialled {
        Some(rest) => match rest.strip_prefix("86") {
            Some(national) => (national, None),
            None => (all, Some(rest)),
        },
        None => match all.strip_prefix("86") {
            Some(national) if mobile(national).is_some() || national.starts_with('0') => {
                (national, None)
            }
            _ => (all, None),
        },
    }
}

fn mobile(digits: &str) -> Option<String> {
    let bytes = digits.as_bytes();
    (bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]))
        .then(|| digits.to_owned())
}

fn service(digits: &str) -> Option<String> {
    (digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800")))
        .then(|| format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..]))
}

/// Area codes 010 and 02x have eight digits after them, the others seven or eight. After `+86`
/// the area code's zero is dropped.
fn landline(digits: &str) -> Option<String> {
    let digits = digits.strip_prefix('0').unwrap_or(digits);
    let (area, lengths) = match digits.as_bytes().first()? {
        b'1' if !digits.starts_with("10") => return None,
        b'1' | b'2' => (2, 8..=8),
        b'3'..=b'9' => (3, 7..=8),
        _ => return None,
    };
    let (area, number) = digits.split_at_checked(area)?;
    let real = lengths.contains(&number.len()) && number.as_bytes()[0] >= b'2';
    real.then(|| format!("0{area}-{number}"))
}

fn refusal(national: &str) -> PhoneError {
    let plausible = match national.as_bytes() {
        [b'1', ..] => national.len() == 11,
        [b'0', ..] => (10..=12).contains(&national.len()),
        _ => national.len() >= 10,
    };
    if plausible {
        PhoneError::Prefix
    } else {
        PhoneError::Length {
            digits: national.len(),
        }
    }
}
