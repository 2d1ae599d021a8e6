//! What lists need of a development plan: all of it.

use serde::{Deserialize, Serialize};

use crate::development::record::DevelopmentPlan;
use crate::value::Value;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DevelopmentRow {
    pub plan: DevelopmentPlan,
}

/// At most one.
#[must_use]
pub fn rows(tree: &Value) -> Vec<DevelopmentRow> {
    let plan = DevelopmentPlan::read(tree);
    match plan == DevelopmentPlan::default() {
        true => Vec::new(),
        false => vec![DevelopmentRow { plan }],
    }
}
