//! Who wrote what, and where two people's values stand side by side.

use automerge::{Automerge, ObjId, ObjType, ROOT, Value as Held};
use caravan_domain::edit::Path;
use caravan_domain::id::DeviceId;
use caravan_domain::time::Instant;
use caravan_domain::value::Value;

use crate::actor;
use crate::document::Document;
use crate::error::DocumentError;
use crate::view::{self, DEPTH_MAX, Slot};

/// The change that wrote a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    pub device: DeviceId,
    /// The device's count of changes in this document, from 1.
    pub sequence: u64,
    /// The device's clock.
    pub written_at: Instant,
}

#[derive(Debug, Clone, PartialEq)]
pub struct WrittenValue {
    pub value: Value,
    pub origin: Origin,
}

/// A field on which people disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct RawConflict {
    pub path: Path,
    /// Two or more different values; the first is the one that is shown until somebody picks.
    pub values: Vec<WrittenValue>,
}

impl Document {
    /// The fields in which two people wrote different values, neither knowing the other's. Writing
    /// into the field settles it. Equal values are no conflict, nor is a value that somebody else
    /// deleted at the same time: it stays. Records written whole are not compared.
    ///
    /// # Errors
    /// `Damaged`, of a document that was, or that cannot be read.
    pub fn conflicts(&self) -> Result<Vec<RawConflict>, DocumentError> {
        self.read(|inner| {
            let mut found = Vec::new();
            collect(inner, &[ROOT], &mut Path::new(), &mut found)?;
            Ok(found)
        })
    }

    /// # Errors
    /// As [`Document::conflicts`].
    pub fn conflict_count(&self) -> Result<u32, DocumentError> {
        let count = self.conflicts()?.len();
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Who wrote the value at `path`; of prose and maps, who began them. `None` when there is
    /// nothing, or only what the genesis made.
    ///
    /// # Errors
    /// `Damaged`, of a document that was.
    pub fn origin(&self, path: &[String]) -> Result<Option<Origin>, DocumentError> {
        self.read(|inner| {
            let slot = view::resolve(inner, path)?;
            Ok(slot.first().and_then(|(_, id)| origin(inner, id)))
        })
    }
}

fn origin(document: &Automerge, id: &ObjId) -> Option<Origin> {
    let hash = document.hash_for_opid(id)?;
    let change = document.get_change_meta_by_hash(&hash)?;
    Some(Origin {
        device: actor::device(&change.actor)?,
        sequence: change.seq,
        written_at: Instant::from_millis(change.timestamp),
    })
}

fn collect(
    document: &Automerge,
    objects: &[ObjId],
    path: &mut Path,
    found: &mut Vec<RawConflict>,
) -> Result<(), DocumentError> {
    if path.len() >= DEPTH_MAX {
        return Ok(());
    }
    for (key, slot) in view::entries(document, objects)? {
        path.push(key);
        if slot.len() > 1 {
            let values = contenders(document, &slot)?;
            if values.len() > 1 {
                found.push(RawConflict {
                    path: path.clone(),
                    values,
                });
            }
        }
        let below = view::below(document, &slot)?;
        if !below.is_empty() {
            collect(document, &below, path, found)?;
        }
        path.pop();
    }
    Ok(())
}

/// The different fields in `slot`, what counts first; maps are not fields.
fn contenders(document: &Automerge, slot: &Slot) -> Result<Vec<WrittenValue>, DocumentError> {
    let mut values: Vec<WrittenValue> = Vec::new();
    for contender in slot {
        let is_field = matches!(contender.0, Held::Scalar(_) | Held::Object(ObjType::Text));
        if !is_field {
            continue;
        }
        let shown = view::shown(document, &vec![contender.clone()], 0)?;
        if let (Some(value), Some(origin)) = (shown, origin(document, &contender.1))
            && values.iter().all(|other| other.value != value)
        {
            values.push(WrittenValue { value, origin });
        }
    }
    Ok(values)
}
