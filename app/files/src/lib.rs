//! Files in and out: client lists from CSV and XLSX, exports as CSV, XLSX, vCard and iCalendar.
//! Runs in a worker of its own that is started when a file is read or written, so that neither
//! the interface nor the engine carries spreadsheets. Knows no document and no store: it turns
//! bytes into drafts and back. Whether a row is already a client is the engine's to say, and
//! what to do about it a person's.

pub mod export;
pub mod field;
pub mod mapping;
pub mod message;
pub mod row;
pub mod table;

#[cfg(feature = "worker")]
pub mod convert;
#[cfg(feature = "worker")]
pub mod parse;
#[cfg(feature = "worker")]
pub mod worker;
