//! Questions about orders and their answers.

use serde::{Deserialize, Serialize};

use crate::id::{ClientId, OrderId};
use crate::mark::Mark;
use crate::money::Fen;
use crate::orders::decision::OrderStanding;
use crate::orders::record::Order;
use crate::time::Day;

/// The order desk's queue begins with what has waited longest, every other list with the latest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderList {
    pub client: Option<ClientId>,
    pub show: OrderFilter,
    pub search: String,
    pub offset: u32,
    pub limit: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OrderFilter {
    /// Submitted, and the asker may accept it.
    Queue,
    /// The asker's own of this month.
    MineThisMonth,
    /// Not submitted, turned down or withdrawn.
    Unsettled,
    All,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderPage {
    pub total: u32,
    pub offset: u32,
    /// What all of those that were accepted come to, net of refunds.
    pub accepted: Fen,
    pub lines: Vec<OrderSummary>,
    /// Whether the asker is of the order desk.
    pub processes: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderSummary {
    pub client: ClientId,
    pub id: OrderId,
    pub client_name: String,
    pub representative_name: String,
    /// The first line's, and how many there are besides.
    pub product: String,
    pub others: u32,
    pub total: Fen,
    #[serde(with = "crate::calendar::written")]
    pub ordered_on: Day,
    pub state: ShownState,
    pub mark: Mark,
}

/// Where an order stands for whoever looks at it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShownState {
    /// `None` for a draft.
    pub standing: Option<OrderStanding>,
    /// The relay has not said so yet.
    pub provisional: bool,
    /// Something newer was taken down after what was submitted.
    pub changed_since: bool,
}

/// What one opened order shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderFile {
    pub order: Order,
    pub state: ShownState,
    /// What was accepted reads as it did then.
    pub as_accepted: bool,
    pub representative_name: String,
    pub created_by_name: String,
    pub submitted_by_name: String,
    pub decided_by_name: String,
    /// Whether the client's file is on the asker's device.
    pub holds_client: bool,
    pub may: OrderRights,
    pub mark: Mark,
}

/// What the asker may do with it now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OrderRights {
    pub change: bool,
    pub submit: bool,
    pub withdraw: bool,
    /// Accept or turn down.
    pub decide: bool,
    /// Of the order desk, but somebody else has to decide.
    pub not_separate: bool,
    /// Receipts and refunds.
    pub book: bool,
}
