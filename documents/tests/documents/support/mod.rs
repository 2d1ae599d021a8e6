//! Edits as properties draw them, over few enough paths that people meet.

use caravan_documents::{Document, NewChange};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::{Edit, Operation, path_of};
use caravan_domain::id::{ClientId, DeviceId, Id};
use caravan_domain::time::Instant;
use caravan_domain::value::{Map, Value};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

pub(crate) fn client() -> DocumentId {
    ClientId(Id::from_bytes([1; 16])).into()
}

pub(crate) fn device(number: u8) -> DeviceId {
    DeviceId(Id::from_bytes([number + 10; 16]))
}

pub(crate) fn at(millis: i64) -> Instant {
    Instant::from_millis(1_790_000_000_000 + millis)
}

pub(crate) fn text(text: &str) -> Value {
    Value::from(text)
}

pub(crate) fn prose(text: &str) -> Value {
    Value::Prose(text.to_owned())
}

pub(crate) fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let entries = entries.into_iter();
    Value::Map(
        entries
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

pub(crate) fn put(path: &[&str], value: impl Into<Value>) -> Edit {
    Edit::put(client(), path, value)
}

pub(crate) fn delete(path: &[&str]) -> Edit {
    Edit::delete(client(), path)
}

/// A document grown by everybody's changes, in the order given.
pub(crate) fn merged<'a>(changes: impl IntoIterator<Item = &'a NewChange>) -> Document {
    let mut document = Document::new(client());
    for change in changes {
        document.apply(&change.bytes).unwrap();
    }
    document
}

/// One change by `number` on top of `base`.
pub(crate) fn write(base: &mut Document, number: u8, edits: &[Edit]) -> NewChange {
    base.commit(device(number), at(number.into()), edits)
        .unwrap()
        .unwrap()
}

pub(crate) fn edits() -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec(edit(), 1..4)
}

fn edit() -> impl Strategy<Value = Edit> {
    (path(), operation()).prop_map(|(path, operation)| Edit {
        document: client(),
        path: path_of(&path),
        operation,
    })
}

fn path() -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::select(vec![
        vec!["profile", "name"],
        vec!["profile", "note"],
        vec!["tags", "red"],
        vec!["tags", "blue"],
        vec!["contacts", "ann"],
        vec!["contacts", "ann", "name"],
        vec!["contacts", "ann", "phones", "1"],
        vec!["contacts", "ann", "phones", "2"],
        vec!["visits", "monday", "photos", "a"],
        vec!["visits", "monday", "photos"],
        vec!["visits", "monday"],
    ])
}

fn operation() -> impl Strategy<Value = Operation> {
    prop_oneof![4 => value().prop_map(Operation::Put), 1 => Just(Operation::Delete)]
}

pub(crate) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        (-1e9..1e9).prop_map(Value::Float),
        "[a-c张]{0,3}".prop_map(Value::Text),
        "[a-c张 ]{0,6}".prop_map(Value::Prose),
        prop::collection::vec(any::<u8>(), 0..4).prop_map(Value::Bytes),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop::collection::btree_map("[a-c]", inner, 0..3).prop_map(|map: Map| Value::Map(map))
    })
}

/// A change with a wrong checksum would not get far.
pub(crate) fn mended(mut chunk: Vec<u8>) -> Vec<u8> {
    if chunk.len() > 9 {
        let digest = Sha256::digest(&chunk[8..]);
        chunk[4..8].copy_from_slice(&digest[..4]);
    }
    chunk
}
