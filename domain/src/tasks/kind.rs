//! Kinds of tasks (R24): four that are built in, and those that the workspace has defined itself. What each is worth
//! stands in [`crate::work::kind`].

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::id::TaskKindId;
use crate::value::UnknownWord;

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum TaskKind {
    /// 老客户跟进
    #[default]
    FollowUp,
    /// 新客户开发
    NewClient,
    /// 市场调研
    Research,
    Other,
    Custom(TaskKindId),
}

impl TaskKind {
    /// Those that every workspace has.
    pub const BUILT_IN: [Self; 4] = [Self::FollowUp, Self::NewClient, Self::Research, Self::Other];
}

/// The word stored in documents; never translated, never changed. A custom kind's is its id.
impl fmt::Display for TaskKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FollowUp => f.write_str("follow-up"),
            Self::NewClient => f.write_str("new-client"),
            Self::Research => f.write_str("research"),
            Self::Other => f.write_str("other"),
            Self::Custom(id) => fmt::Display::fmt(id, f),
        }
    }
}

impl FromStr for TaskKind {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        let built_in = Self::BUILT_IN.into_iter();
        let mut built_in = built_in.filter(|kind| kind.to_string() == word);
        let custom = || word.parse().map(Self::Custom).map_err(|_| UnknownWord);
        built_in.next().map_or_else(custom, Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    #[test]
    fn every_kind_is_read_back_from_its_word() {
        let custom = TaskKind::Custom(TaskKindId(Id::MAX));
        for kind in TaskKind::BUILT_IN.into_iter().chain([custom]) {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        assert_eq!("sales".parse::<TaskKind>(), Err(UnknownWord));
    }
}
