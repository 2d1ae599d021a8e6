//! Edits into one change.

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value as Held};
use caravan_domain::edit::{Edit, Operation, Path};
use caravan_domain::id::DeviceId;
use caravan_domain::time::Instant;
use caravan_domain::value::Value;

use crate::actor;
use crate::document::{ChangeHash, Document};
use crate::error::DocumentError;
use crate::view::{self, CONTAINER_MARK, DEPTH_MAX, Slot};

/// A change to be signed and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChange {
    /// One uncompressed chunk, as an envelope carries it.
    pub bytes: Vec<u8>,
    pub hash: ChangeHash,
    /// The device's count of changes in this document, from 1.
    pub sequence: u64,
}

impl Document {
    /// Runs `edits` as one change by `device`; `None` when they change nothing. `at` is the
    /// device's clock: Automerge keeps it as evidence, in milliseconds.
    ///
    /// # Errors
    /// `WrongDocument` or `BadPath`; the document is as it was then.
    pub fn commit(
        &mut self,
        device: DeviceId,
        at: Instant,
        edits: &[Edit],
    ) -> Result<Option<NewChange>, DocumentError> {
        for edit in edits {
            if edit.document != self.id {
                return Err(DocumentError::WrongDocument(edit.document));
            }
            // The maps at the root belong to the genesis.
            let is_deep = (2..=DEPTH_MAX).contains(&edit.path.len());
            if !is_deep || edit.path.iter().any(|step| step == CONTAINER_MARK) {
                return Err(DocumentError::BadPath);
            }
        }
        self.write(|inner| commit(inner, device, at, edits))
    }
}

fn commit(
    inner: &mut Automerge,
    device: DeviceId,
    at: Instant,
    edits: &[Edit],
) -> Result<Option<NewChange>, DocumentError> {
    inner.set_actor(actor::of_device(device));
    let mut transaction = inner.transaction();
    for edit in edits {
        let done = match &edit.operation {
            Operation::Put(value) => put(&mut transaction, &edit.path, value),
            Operation::Delete => delete(&mut transaction, &edit.path),
        };
        if let Err(error) = done {
            transaction.rollback();
            return Err(error);
        }
    }
    let options = CommitOptions::default().with_time(at.millis());
    let (Some(hash), _) = transaction.commit_with(options) else {
        return Ok(None);
    };
    let change = inner
        .get_change_by_hash(&hash)
        .expect("the change was committed just now");
    Ok(Some(NewChange {
        bytes: change.raw_bytes().to_vec(),
        hash: hash.into(),
        sequence: change.seq(),
    }))
}

fn put(transaction: &mut Transaction<'_>, path: &Path, value: &Value) -> Result<(), DocumentError> {
    let (key, parents) = path.split_last().ok_or(DocumentError::BadPath)?;
    let mut objects = vec![ROOT];
    for step in parents {
        let slot = view::slot(transaction, &objects, step)?;
        let below = view::below(transaction, &slot)?;
        objects = match (below.is_empty(), slot.is_empty()) {
            (false, _) => below,
            (true, true) => vec![container(transaction, &objects[0], step)?],
            (true, false) => return Err(DocumentError::BadPath),
        };
    }
    let slot = view::slot(transaction, &objects, key)?;
    write(transaction, &objects[0], key, &slot, value)?;
    for object in &objects[1..] {
        remove(transaction, object, key)?;
    }
    Ok(())
}

fn delete(transaction: &mut Transaction<'_>, path: &Path) -> Result<(), DocumentError> {
    let (key, parents) = path.split_last().ok_or(DocumentError::BadPath)?;
    let objects = view::below(transaction, &view::resolve(transaction, parents)?)?;
    for object in &objects {
        remove(transaction, object, key)?;
    }
    Ok(())
}

fn container(
    transaction: &mut Transaction<'_>,
    object: &ObjId,
    key: &str,
) -> Result<ObjId, DocumentError> {
    let container = transaction.put_object(object, key, ObjType::Map)?;
    transaction.put(&container, CONTAINER_MARK, true)?;
    Ok(container)
}

fn remove(
    transaction: &mut Transaction<'_>,
    object: &ObjId,
    key: &str,
) -> Result<(), DocumentError> {
    if transaction.get(object, key)?.is_some() {
        transaction.delete(object, key)?;
    }
    Ok(())
}

/// Writes nothing when everything in `slot` is `value` already: a change costs bytes for ever and
/// would win over what somebody else really changed.
fn write(
    transaction: &mut Transaction<'_>,
    object: &ObjId,
    key: &str,
    slot: &Slot,
    value: &Value,
) -> Result<(), DocumentError> {
    if !slot.is_empty() && all_equal(transaction, slot, value)? {
        return Ok(());
    }
    match value {
        Value::Prose(text) => match slot.as_slice() {
            [(Held::Object(ObjType::Text), id)] => transaction.update_text(id, text)?,
            _ => fresh(transaction, object, key, value)?,
        },
        _ => fresh(transaction, object, key, value)?,
    }
    Ok(())
}

fn all_equal(
    transaction: &Transaction<'_>,
    slot: &Slot,
    value: &Value,
) -> Result<bool, DocumentError> {
    for contender in slot {
        let shown = view::shown(transaction, &vec![contender.clone()], 0)?;
        if shown.as_ref() != Some(value) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Puts `value` whole, over whatever was there.
fn fresh(
    transaction: &mut Transaction<'_>,
    object: &ObjId,
    key: &str,
    value: &Value,
) -> Result<(), DocumentError> {
    let scalar = match value {
        Value::Map(map) => {
            let record = transaction.put_object(object, key, ObjType::Map)?;
            for (key, value) in map.iter().filter(|(key, _)| *key != CONTAINER_MARK) {
                fresh(transaction, &record, key, value)?;
            }
            return Ok(());
        }
        Value::Prose(text) => {
            let prose = transaction.put_object(object, key, ObjType::Text)?;
            transaction.splice_text(&prose, 0, 0, text)?;
            return Ok(());
        }
        Value::Null => ScalarValue::Null,
        Value::Bool(flag) => ScalarValue::Boolean(*flag),
        Value::Int(int) => ScalarValue::Int(*int),
        Value::Float(float) => ScalarValue::F64(*float),
        Value::Text(text) => ScalarValue::Str(text.as_str().into()),
        Value::Bytes(bytes) => ScalarValue::Bytes(bytes.clone()),
    };
    Ok(transaction.put(object, key, scalar)?)
}
