//! What is written to files, and the writers. Every word that people see comes in with the
//! request.

pub mod formula;

#[cfg(feature = "worker")]
mod content_line;
#[cfg(feature = "worker")]
mod csv;
#[cfg(feature = "worker")]
mod errors;
#[cfg(feature = "worker")]
mod grid;
#[cfg(feature = "worker")]
mod ical;
#[cfg(feature = "worker")]
mod sheet;
#[cfg(feature = "worker")]
mod vcard;
#[cfg(feature = "worker")]
mod xlsx;

use caravan_domain::clients::record::{ClientDraft, Stage};
use caravan_domain::id::ClientId;
use caravan_domain::money::Fen;
use caravan_domain::time::{Day, Instant};
use serde::{Deserialize, Serialize};

#[cfg(feature = "worker")]
pub use self::{
    csv::csv, errors::errors_csv, grid::grid, ical::calendar, vcard::vcards, xlsx::xlsx,
};
use crate::field::Field;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportFormat {
    Csv,
    Xlsx,
    VCard,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportClient {
    pub client: ClientId,
    pub draft: ClientDraft,
    /// The owner's name.
    pub owner: String,
    pub followed_up_at: Option<Instant>,
}

/// A day or a time in a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportReminder {
    /// The same for the same reminder in every export, so that calendars replace and not repeat.
    pub uid: String,
    pub title: String,
    pub detail: String,
    #[serde(with = "caravan_domain::calendar::written")]
    pub on: Day,
    /// `HH:MM` in Asia/Shanghai, empty for the whole day.
    pub at: String,
}

/// Translated words of a client list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportWords {
    pub sheet: String,
    pub headings: Vec<(Field, String)>,
    /// Heading of the column for contacts after the first.
    pub other_contacts: String,
    pub stages: Vec<(Stage, String)>,
    /// Stands before a lunar birthday: `农历` or `lunar `.
    pub lunar: String,
}

/// A list in words that are translated already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportGrid {
    pub sheet: String,
    pub heading: Vec<String>,
    pub rows: Vec<Vec<ExportCell>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportCell {
    Text(String),
    /// A number in the file.
    Money(Fen),
}
