//! Numbers as dates write them: `8`, `十五`, `廿三`, `初一`, `一九八三`.

/// Up to 99: `7`, `07`, `十`, `十五`, `二十三`, `廿三`, `卅`.
pub(super) fn small(text: &str) -> Option<u8> {
    if !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let mut tens = None;
    let mut ones = None;
    for c in text.chars() {
        match c {
            '廿' if tens.is_none() && ones.is_none() => tens = Some(2),
            '卅' if tens.is_none() && ones.is_none() => tens = Some(3),
            '十' if tens.is_none() => tens = Some(ones.take().unwrap_or(1)),
            _ if ones.is_none() => ones = Some(digit(c)?),
            _ => return None,
        }
    }
    (tens.is_some() || ones.is_some()).then(|| tens.unwrap_or(0) * 10 + ones.unwrap_or(0))
}

/// A year of two or four digits, ASCII or Chinese.
pub(super) fn year(text: &str) -> Option<i16> {
    let digits: Vec<u8> = text
        .chars()
        .map(|c| c.to_digit(10).map(|it| it as u8).or_else(|| digit(c)))
        .collect::<Option<_>>()?;
    let value = digits
        .iter()
        .take(4)
        .fold(0i16, |value, it| value * 10 + i16::from(*it));
    match digits.len() {
        4 => Some(value),
        2 => Some(full_year(value)),
        _ => None,
    }
}

/// `85` is 1985 and `05` is 2005: the people in a client file are adults.
fn full_year(two_digits: i16) -> i16 {
    const LAST_OF_THIS_CENTURY: i16 = 15;
    if two_digits <= LAST_OF_THIS_CENTURY {
        2000 + two_digits
    } else {
        1900 + two_digits
    }
}

fn digit(c: char) -> Option<u8> {
    "零一二三四五六七八九"
        .chars()
        .position(|it| it == c)
        .map(|at| at as u8)
        .or(match c {
            '〇' | '○' => Some(0),
            '两' => Some(2),
            _ => None,
        })
}
