//! What lists need of agreements; the texts stay in the document.

use serde::{Deserialize, Serialize};

use crate::agreements::text::{Agreement, Kind, VersionDigest, Wording};
use crate::id::AgreementId;
use crate::value::Value;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementRow {
    pub id: AgreementId,
    pub kind: Kind,
    /// Of the draft; where it is blank, of the other language.
    pub titles: Titles,
    /// The oldest first.
    pub versions: Vec<VersionRow>,
    pub archived: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRow {
    pub number: u32,
    pub digest: VersionDigest,
    pub titles: Titles,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Titles {
    pub zh: String,
    pub en: String,
}

impl Titles {
    fn of(zh: &Wording, en: &Wording) -> Self {
        let either = |one: &Wording, other: &Wording| match one.title.is_empty() {
            true => other.title.clone(),
            false => one.title.clone(),
        };
        Self {
            zh: either(zh, en),
            en: either(en, zh),
        }
    }
}

#[must_use]
pub fn rows(tree: &Value) -> Vec<AgreementRow> {
    Agreement::read_all(tree)
        .into_iter()
        .map(|agreement| AgreementRow {
            id: agreement.id,
            kind: agreement.draft.kind,
            titles: Titles::of(&agreement.draft.zh, &agreement.draft.en),
            archived: agreement.archived,
            versions: agreement
                .versions
                .iter()
                .map(|version| VersionRow {
                    number: version.number,
                    digest: version.digest,
                    titles: Titles::of(&version.zh, &version.en),
                })
                .collect(),
        })
        .collect()
}
