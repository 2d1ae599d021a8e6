//! What lists and the statement's page need of a person's Pay document: all of it.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::pay::record::{self, AdjustmentRecord, Dispute, StatementRecord};
use crate::value::Value;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayRow {
    pub statements: Vec<StatementRecord>,
    pub adjustments: Vec<AdjustmentRecord>,
    pub disputes: Vec<Dispute>,
}

/// One, or none of a document in which nothing stands.
#[must_use]
pub fn rows(person: PersonId, tree: &Value) -> Vec<PayRow> {
    let row = PayRow {
        statements: record::statements(person, tree),
        adjustments: record::adjustments(person, tree),
        disputes: record::disputes(tree),
    };
    let empty = row.statements.is_empty() && row.adjustments.is_empty() && row.disputes.is_empty();
    (!empty).then_some(row).into_iter().collect()
}
