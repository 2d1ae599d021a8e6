//! What a document shows where people wrote at once.
//!
//! Under one key several values can stand. The one with the highest Lamport time counts. Maps are
//! of two sorts. A *record* is written whole ([`Value::Map`]); of two, one counts. A *container*
//! was made because an edit's path led through it (the photos of a visit, say): two that were made
//! at once read as one, so that neither person's photos vanish. Containers carry a mark, to be
//! told apart. An empty container is not shown: it is as if nobody had made it.

use std::collections::BTreeSet;

use automerge::{ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value as Held};
use caravan_domain::value::{Map, Value};

use crate::error::DocumentError;

/// Deeper than any path of ours, in steps; what lies below is not shown.
pub(crate) const DEPTH_MAX: usize = 12;

/// Stands in every container under a key that no edit can have.
pub(crate) const CONTAINER_MARK: &str = "";

/// Everything under one key, what counts first.
pub(crate) type Slot = Vec<(Held<'static>, ObjId)>;

/// `objects` are the containers that read as one; usually there is just one.
pub(crate) fn slot(
    document: &impl ReadDoc,
    objects: &[ObjId],
    key: &str,
) -> Result<Slot, DocumentError> {
    let mut slot = Slot::new();
    for object in objects {
        let held = document.get_all(object, key)?;
        // Automerge gives them in the order of their Lamport times.
        slot.extend(
            held.into_iter()
                .rev()
                .map(|(held, id)| (held.into_owned(), id)),
        );
    }
    Ok(slot)
}

/// The maps to look into below `slot`; empty when what counts there is not a map.
pub(crate) fn below(document: &impl ReadDoc, slot: &Slot) -> Result<Vec<ObjId>, DocumentError> {
    let mut maps = slot
        .iter()
        .filter(|(held, _)| *held == Held::Object(ObjType::Map))
        .map(|(_, id)| id);
    let counts = match slot.first() {
        Some((Held::Object(ObjType::Map), id)) => id,
        _ => return Ok(Vec::new()),
    };
    if slot.len() == 1 || !is_container(document, counts)? {
        return Ok(vec![counts.clone()]);
    }
    maps.try_fold(Vec::new(), |mut containers, id| {
        if is_container(document, id)? {
            containers.push(id.clone());
        }
        Ok(containers)
    })
}

pub(crate) fn is_container(document: &impl ReadDoc, map: &ObjId) -> Result<bool, DocumentError> {
    Ok(document.get(map, CONTAINER_MARK)?.is_some())
}

/// Everything at `path`; empty when nothing is.
pub(crate) fn resolve(document: &impl ReadDoc, path: &[String]) -> Result<Slot, DocumentError> {
    let mut objects = vec![ROOT];
    let mut found = Slot::new();
    for step in path {
        found = slot(document, &objects, step)?;
        objects = below(document, &found)?;
    }
    Ok(found)
}

/// Every key of the maps that read as one, and what it holds.
pub(crate) fn entries(
    document: &impl ReadDoc,
    objects: &[ObjId],
) -> Result<Vec<(String, Slot)>, DocumentError> {
    let [object] = objects else {
        let keys: BTreeSet<_> = objects
            .iter()
            .flat_map(|object| document.keys(object))
            .collect();
        return keys
            .into_iter()
            .filter(|key| key != CONTAINER_MARK)
            .map(|key| Ok((key.clone(), slot(document, objects, &key)?)))
            .collect();
    };
    // Nearly always: one pass over the map instead of one search for each key.
    let mut entries = Vec::new();
    for item in document.map_range(object, ..) {
        if item.key == CONTAINER_MARK {
            continue;
        }
        let slot = match item.conflict {
            true => slot(document, objects, &item.key)?,
            false => vec![(item.value.clone().into_value(), item.id())],
        };
        entries.push((item.key.into_owned(), slot));
    }
    Ok(entries)
}

pub(crate) fn tree(document: &impl ReadDoc) -> Result<Value, DocumentError> {
    Ok(Value::Map(map(document, &[ROOT], 0)?))
}

/// What `slot` shows; `None` for nothing, for empty containers and for what is not ours.
pub(crate) fn shown(
    document: &impl ReadDoc,
    slot: &Slot,
    depth: usize,
) -> Result<Option<Value>, DocumentError> {
    let Some((held, id)) = slot.first() else {
        return Ok(None);
    };
    match held {
        Held::Scalar(value) => Ok(scalar(value)),
        Held::Object(ObjType::Text) => Ok(Some(Value::Prose(document.text(id)?))),
        Held::Object(ObjType::Map) if depth < DEPTH_MAX => {
            let map = map(document, &below(document, slot)?, depth + 1)?;
            let hidden = map.is_empty() && is_container(document, id)?;
            Ok((!hidden).then_some(Value::Map(map)))
        }
        Held::Object(_) => Ok(None),
    }
}

fn map(document: &impl ReadDoc, objects: &[ObjId], depth: usize) -> Result<Map, DocumentError> {
    let mut map = Map::new();
    for (key, slot) in entries(document, objects)? {
        if let Some(value) = shown(document, &slot, depth)? {
            map.insert(key, value);
        }
    }
    Ok(map)
}

fn scalar(value: &ScalarValue) -> Option<Value> {
    Some(match value {
        ScalarValue::Null => Value::Null,
        ScalarValue::Boolean(flag) => Value::Bool(*flag),
        ScalarValue::Int(int) | ScalarValue::Timestamp(int) => Value::Int(*int),
        ScalarValue::Uint(int) => Value::Int(i64::try_from(*int).ok()?),
        ScalarValue::F64(float) => Value::Float(*float),
        ScalarValue::Str(text) => Value::Text(text.to_string()),
        ScalarValue::Bytes(bytes) => Value::Bytes(bytes.clone()),
        ScalarValue::Counter(_) | ScalarValue::Unknown { .. } => return None,
    })
}
