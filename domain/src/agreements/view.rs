//! Questions about agreements and their answers.

use serde::{Deserialize, Serialize};

use crate::agreements::decision::{Requirement, Signature, Terms};
use crate::agreements::row::Titles;
use crate::agreements::standing::Standing;
use crate::agreements::text::{Agreement, Kind, VersionDigest};
use crate::id::{AgreementId, PersonId};
use crate::mark::Mark;
use crate::time::Instant;

/// One person's agreements.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgreementsView {
    /// What is overdue first, then what is due; then what was signed, then the rest.
    pub lines: Vec<AgreementLine>,
    /// Seen by those who run them only.
    pub archived: Vec<AgreementLine>,
    /// No client data reaches this person before they sign.
    pub waits: bool,
    /// They are so late that they are given no new client.
    pub held_back: bool,
    /// Whether the asker writes agreements and says what is required.
    pub may_run: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AgreementLine {
    pub id: AgreementId,
    pub kind: Kind,
    pub titles: Titles,
    /// Of the version that is asked for, or of the latest; 0 before there is any.
    pub number: u32,
    pub standing: Standing,
    /// The latest version that was signed.
    pub signed: Option<SignedLine>,
    /// Signed on this device and not yet by the relay's word.
    pub provisional: bool,
    pub count: Count,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SignedLine {
    pub number: u32,
    pub on: Instant,
    pub countersigned: bool,
}

/// Of those whom the asker answers for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Count {
    pub asked: u32,
    pub signed: u32,
    pub overdue: u32,
    /// Signed by the person, and not yet for the company.
    pub to_countersign: u32,
}

/// One agreement opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgreementFile {
    pub agreement: Agreement,
    pub requirement: Option<Requirement>,
    /// What the asker is shown: what they have to sign, else what they signed last, else the latest version.
    pub shown: Option<VersionDigest>,
    /// The asker's own.
    pub standing: Standing,
    /// The asker's own, the latest last.
    pub signatures: Vec<SignatureLine>,
    pub waits: bool,
    /// Those whom the asker answers for, whoever is latest first.
    pub people: Vec<Signer>,
    pub may_run: bool,
    pub may_countersign: bool,
    pub mark: Mark,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SignatureLine {
    pub signature: Signature,
    /// Not yet by the relay's word.
    pub provisional: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Signer {
    pub person: PersonId,
    pub name: String,
    pub team_name: String,
    pub standing: Standing,
    /// No client data reaches them before they sign this.
    pub waits: bool,
    /// The latest.
    pub signed: Option<SignatureLine>,
    /// Whether the asker may sign for the company now.
    pub to_countersign: bool,
    /// Whether the asker may put a task on their list.
    pub may_remind: bool,
}

/// The sheet with both signatures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignedSheet {
    pub agreement: Agreement,
    pub person: PersonId,
    pub name: String,
    pub code: String,
    /// The latest last.
    pub signatures: Vec<SignatureLine>,
    pub may_countersign: bool,
}

/// What is being typed, before it is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    pub agreement: AgreementId,
    pub version: VersionDigest,
    pub terms: Terms,
}

/// Whom it would touch. Names, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Foreseen {
    /// Asked, and have not signed this version.
    pub to_sign: Vec<String>,
    /// Have client data today, and would have none until they sign.
    pub lose: Vec<String>,
    /// Newcomers later are asked as well; these have signed already.
    pub signed: u32,
}
