//! What became of a record: a client that can be imported, or the reasons why not.

use caravan_domain::clients::record::ClientDraft;
use caravan_domain::id::ClientId;
use caravan_domain::time::Instant;
use caravan_domain::uscc::CodeDoubt;
use serde::{Deserialize, Serialize};

use crate::field::Field;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportRow {
    /// The record's number with the header as 1.
    pub row: u32,
    /// Made from name, code and phones, and from which of several equal rows this is: a file
    /// imported twice, or on two phones, names the same clients.
    pub client: ClientId,
    /// Phones, birthday and code in their stored forms.
    pub draft: ClientDraft,
    /// As written; empty when the file names none.
    pub owner: String,
    pub followed_up_at: Option<Instant>,
    /// What was left out or looks wrong, without stopping the row.
    pub doubts: Vec<Doubt>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    pub field: Field,
    /// As it stands in the file.
    pub value: String,
    pub kind: DoubtKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DoubtKind {
    /// Kept as written.
    Code(CodeDoubt),
    /// Left out, because another number of the row is good.
    PhoneLeftOut,
    BirthdayLeftOut,
    /// The default grade or stage was taken.
    UnknownWord,
}

/// One reason why a row cannot be imported; a row can have several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowError {
    pub row: u32,
    /// Counted from 0; `None` when the record as a whole is wrong.
    pub column: Option<u32>,
    pub value: String,
    pub reason: RowReason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RowReason {
    /// Fewer than the header has: cells may have shifted.
    TooFewColumns,
    /// More than the header has, and not all of the rest empty.
    TooManyColumns,
    NameMissing,
    /// Phones are written, and none of them is one.
    NoValidPhone,
    /// The file has columns for phones, and none is filled.
    PhoneMissing,
    LastFollowUpInvalid,
    /// Bytes that are no text in the file's encoding.
    Undecodable,
    TooLong,
}

impl RowReason {
    pub const ALL: [Self; 8] = [
        Self::TooFewColumns,
        Self::TooManyColumns,
        Self::NameMissing,
        Self::NoValidPhone,
        Self::PhoneMissing,
        Self::LastFollowUpInvalid,
        Self::Undecodable,
        Self::TooLong,
    ];
}

/// Two rows of one file that may be one client. A person decides; nothing is dropped or merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Duplicate {
    pub row: u32,
    /// The first row with the same phone or code.
    pub of: u32,
    pub by: DuplicateBy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DuplicateBy {
    Phone,
    Code,
}
