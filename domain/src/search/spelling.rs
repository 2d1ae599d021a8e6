//! Pinyin of a name: toneless, with the readings a person might type.

use super::heteronym::readings;

include!(concat!(env!("OUT_DIR"), "/syllables.rs"));

/// The most readings of one name that are kept; the likelier come first.
const MOST_VARIANTS: usize = 8;

/// What can be typed for a name, without spaces, most likely first and none twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spelling {
    /// `zhangsan`
    pub full: Vec<String>,
    /// `zs`
    pub initials: Vec<String>,
}

/// What names are put in order by: pinyin of a Chinese name, any other in lower case.
#[must_use]
pub fn sort_key(name: &str) -> String {
    let spelled = spelling(name).full.into_iter().next();
    spelled.unwrap_or_else(|| name.to_lowercase())
}

/// Letters and digits spell themselves in lower case; other signs are left out. A name without
/// a Chinese character has no spelling of its own.
#[must_use]
pub fn spelling(name: &str) -> Spelling {
    let mut variants = vec![(String::new(), String::new())];
    let mut chinese = false;
    for c in name.chars().map(crate::fold::plain_char) {
        if c.is_ascii_alphanumeric() {
            let c = c.to_ascii_lowercase();
            for (full, initials) in &mut variants {
                full.push(c);
                initials.push(c);
            }
        } else {
            chinese |= spell(c, &mut variants);
        }
    }
    if !chinese {
        return Spelling::default();
    }
    let (full, initials) = variants.into_iter().unzip();
    Spelling {
        full: distinct(full),
        initials: distinct(initials),
    }
}

/// The usual reading of one character.
#[must_use]
pub(super) fn syllable(c: char) -> Option<&'static str> {
    if let Some(first) = readings(c).first() {
        return Some(first);
    }
    let at = u32::from(c).checked_sub(FIRST)?;
    let number = *INDEX.get(usize::try_from(at).ok()?)?;
    SYLLABLES.get(usize::from(number).checked_sub(1)?).copied()
}

/// Appends `c` to every variant, once for each reading; false when it has none.
fn spell(c: char, variants: &mut Vec<(String, String)>) -> bool {
    let Some(usual) = syllable(c) else {
        return false;
    };
    let spoken = readings(c);
    if spoken.is_empty() {
        for (full, initials) in variants.iter_mut() {
            full.push_str(usual);
            initials.push_str(&usual[..1]);
        }
        return true;
    }
    let mut grown = Vec::with_capacity(variants.len() * spoken.len());
    for reading in spoken {
        for (full, initials) in variants.iter() {
            grown.push((
                format!("{full}{reading}"),
                format!("{initials}{}", &reading[..1]),
            ));
        }
    }
    grown.truncate(MOST_VARIANTS);
    *variants = grown;
    true
}

fn distinct(mut all: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(all.len());
    for one in all.drain(..) {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_spell_full_and_short() {
        let zhang = spelling("张三");
        assert_eq!(zhang.full, ["zhangsan"]);
        assert_eq!(zhang.initials, ["zs"]);
        assert_eq!(spelling("MBP软件").full, ["mbpruanjian"]);
        assert_eq!(spelling("吕布").full, ["lvbu", "lubu"]);
    }

    #[test]
    fn heteronyms_offer_their_readings() {
        assert!(spelling("单雄信").full.contains(&"shanxiongxin".to_owned()));
        assert!(spelling("曾国藩").full.contains(&"zengguofan".to_owned()));
        assert!(
            spelling("重庆银行")
                .full
                .contains(&"chongqingyinhang".to_owned())
        );
        assert!(spelling("长江实业").initials.contains(&"cjsy".to_owned()));
        assert!(spelling("区仇解").full.contains(&"ouqiuxie".to_owned()));
        assert!(spelling("行长乐重单").full.len() <= MOST_VARIANTS);
    }

    #[test]
    fn without_chinese_there_is_nothing_to_add() {
        assert_eq!(spelling("IBM 3"), Spelling::default());
        assert_eq!(spelling("𠮷"), Spelling::default());
    }
}
