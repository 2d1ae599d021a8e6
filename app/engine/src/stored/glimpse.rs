//! What the first screens said last.

use caravan_domain::time::Day;
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Glimpse {
    /// Another build may write answers in another way, and cannot read these.
    pub(crate) build: String,
    /// What is due is due on a day.
    #[serde(with = "caravan_domain::calendar::written")]
    pub(crate) day: Day,
    /// See [`caravan_port::message::Greeting`].
    #[serde(with = "serde_bytes")]
    pub(crate) told: Vec<u8>,
}

impl Stored for Glimpse {}
