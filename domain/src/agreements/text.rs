//! An agreement as a record: `agreements/{id}` with its `draft` and `versions/{id}`. A version is written once; its digest
//! is what is required and signed, so that neither relay nor manager can put another text beneath a signature.

use core::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::clients::record::words;
use crate::fold::is_blank;
use crate::id::{AgreementId, Id, PersonId};
use crate::order::sort_by;
use crate::time::Instant;
use crate::value::{Map, Value, map_of};

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Kind {
    /// 合作协议
    #[default]
    Cooperation,
    /// 保密协议
    Confidentiality,
    Other,
}

words!(Kind {
    Cooperation = "cooperation",
    Confidentiality = "confidentiality",
    Other = "other",
});

/// The text in one language; both blank where there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Wording {
    pub title: String,
    pub text: String,
}

impl Wording {
    #[must_use]
    pub fn is_blank(&self) -> bool {
        is_blank(&self.title) && is_blank(&self.text)
    }

    pub(crate) fn is_whole(&self) -> bool {
        !is_blank(&self.title) && !is_blank(&self.text)
    }
}

/// What the next version is to say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AgreementDraft {
    pub kind: Kind,
    pub zh: Wording,
    pub en: Wording,
    /// What is different from the version before, in a sentence.
    pub note: String,
}

/// SHA-256 of a version's canonical form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct VersionDigest(pub [u8; 32]);

impl fmt::Debug for VersionDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// From 1. Two that were published at once, apart, may have the same.
    pub number: u32,
    pub zh: Wording,
    pub en: Wording,
    pub note: String,
    pub by: PersonId,
    pub at: Instant,
    pub digest: VersionDigest,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    pub id: AgreementId,
    pub draft: AgreementDraft,
    /// The oldest first.
    pub versions: Vec<Version>,
    pub created_by: PersonId,
    pub created_at: Instant,
    pub archived: bool,
}

impl Agreement {
    /// `None` when the entry lacks what every agreement has: who began it and when.
    #[must_use]
    pub fn read(key: &str, entry: &Value) -> Option<Self> {
        let id = key.parse().ok()?;
        let versions = entry.entries(&["versions"]);
        let versions = versions.filter_map(|(key, entry)| Some((key, version(id, entry)?)));
        let mut versions: Vec<_> = versions.collect();
        sort_by(&mut versions, |(one, a), (other, b)| {
            (a.number, one).cmp(&(b.number, other))
        });
        Some(Self {
            id,
            draft: AgreementDraft {
                kind: entry.parsed(&["kind"]).unwrap_or(Kind::Other),
                note: entry.string(&["draft", "note"]),
                zh: wording(entry, "draft", "zh"),
                en: wording(entry, "draft", "en"),
            },
            versions: versions.into_iter().map(|(_, version)| version).collect(),
            created_by: entry.parsed(&["created_by"])?,
            created_at: entry.instant(&["created_at"])?,
            archived: entry.at(&["archived_at"]).is_some(),
        })
    }

    #[must_use]
    pub fn find(agreement: AgreementId, tree: &Value) -> Option<Self> {
        let key = agreement.to_string();
        Self::read(&key, tree.at(&["agreements", &key])?)
    }

    #[must_use]
    pub fn read_all(tree: &Value) -> Vec<Self> {
        tree.entries(&["agreements"])
            .filter_map(|(key, entry)| Self::read(key, entry))
            .collect()
    }

    #[must_use]
    pub fn version(&self, digest: VersionDigest) -> Option<&Version> {
        self.versions.iter().find(|known| known.digest == digest)
    }

    /// Whether the draft says anything that no version says yet.
    #[must_use]
    pub fn has_news(&self) -> bool {
        let published = self.versions.last();
        published.is_none_or(|last| (&last.zh, &last.en) != (&self.draft.zh, &self.draft.en))
    }
}

fn wording(entry: &Value, place: &str, language: &str) -> Wording {
    Wording {
        title: entry.string(&[place, &format!("{language}_title")]),
        text: entry.string(&[place, &format!("{language}_text")]),
    }
}

fn version(agreement: AgreementId, entry: &Value) -> Option<Version> {
    let part = |field: &str| entry.string(&[field]);
    let number = u32::try_from(entry.int(&["number"])?).ok()?;
    let wording = |title, text| Wording {
        title: part(title),
        text: part(text),
    };
    let (zh, en) = (
        wording("zh_title", "zh_text"),
        wording("en_title", "en_text"),
    );
    Some(Version {
        digest: digest(agreement, number, &zh, &en),
        number,
        note: part("note"),
        by: entry.parsed(&["by"])?,
        at: entry.instant(&["at"])?,
        zh,
        en,
    })
}

/// As it is stored for good.
pub(crate) fn version_map(number: u32, draft: &AgreementDraft, by: PersonId, at: Instant) -> Map {
    let plain = |text: &str| Some(Value::from(text.to_owned()));
    map_of([
        ("number", Some(i64::from(number).into())),
        ("zh_title", plain(&draft.zh.title)),
        ("zh_text", plain(&draft.zh.text)),
        ("en_title", plain(&draft.en.title)),
        ("en_text", plain(&draft.en.text)),
        ("note", plain(&draft.note)),
        ("by", Some(by.to_string().into())),
        ("at", Some(at.into())),
    ])
}

/// SHA-256 over which agreement it is of, its number, and title and text in both languages, each behind its length.
#[must_use]
pub fn digest(agreement: AgreementId, number: u32, zh: &Wording, en: &Wording) -> VersionDigest {
    let mut hash = Sha256::new();
    let (id, number): (Id, _) = (agreement.0, number.to_string());
    for part in [
        "caravan agreement 1",
        &id.to_string(),
        &number,
        &zh.title,
        &zh.text,
        &en.title,
        &en.text,
    ] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    VersionDigest(hash.finalize().into())
}
