//! The columns a client list can have.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Field {
    Name,
    Code,
    Contact,
    Title,
    Mobile,
    Landline,
    Email,
    Wechat,
    /// 省市区
    Region,
    Address,
    Grade,
    Stage,
    Birthday,
    Source,
    Owner,
    Tags,
    Note,
    LastFollowUp,
}

impl Field {
    /// In the order in which an export writes them.
    pub const ALL: [Self; 18] = [
        Self::Name,
        Self::Code,
        Self::Contact,
        Self::Title,
        Self::Mobile,
        Self::Landline,
        Self::Email,
        Self::Wechat,
        Self::Region,
        Self::Address,
        Self::Grade,
        Self::Stage,
        Self::Birthday,
        Self::Source,
        Self::Owner,
        Self::Tags,
        Self::Note,
        Self::LastFollowUp,
    ];
}
