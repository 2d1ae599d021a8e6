//! Roles in a workspace. A person can hold several.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// New roles are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// 客户经理
    AccountManager,
    /// 客户经理主管
    TeamManager,
    /// 销售总监
    Director,
    /// 订单处理
    OrderDesk,
    /// 财务
    Finance,
    /// 人事
    Hr,
    /// 内部监督
    InternalAuditor,
    /// 外部监督: reads only what a dated grant names
    ThirdPartyAuditor,
    /// Runs the workspace: people, roles, devices. Reads no client by that alone.
    Administrator,
}

pub type Roles = BTreeSet<Role>;

impl Role {
    pub const ALL: [Self; 9] = [
        Self::AccountManager,
        Self::TeamManager,
        Self::Director,
        Self::OrderDesk,
        Self::Finance,
        Self::Hr,
        Self::InternalAuditor,
        Self::ThirdPartyAuditor,
        Self::Administrator,
    ];
}
