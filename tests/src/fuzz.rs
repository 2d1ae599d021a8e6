//! What a stranger can hand to us as bytes, and what must hold whatever they are. The targets of
//! cargo-fuzz (`tests/fuzz`) are these functions; a short run over their seeds, injured, is among
//! the tests (`tests/tests/fuzz.rs`). Each panics when something does not hold.

use caravan_documents::Document;
use caravan_domain::document::DocumentId;
use caravan_domain::geo::Position;
use caravan_domain::id::{ClientId, Id};
use caravan_domain::search::{HaystackBuilder, Query};
use caravan_domain::{birthday, calendar, phone, uscc};
use caravan_files::mapping::Mapping;
use caravan_files::parse;
use caravan_sync::codec;
use caravan_sync::envelope::Envelope;
use caravan_sync::frame::{DeviceFrame, ExchangeRequest, RelayFrame};
use caravan_sync::refill::{RefillAnswer, RefillRequest};
use caravan_sync::{change, columns};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// One target: its name, and what it does with any bytes.
pub type Target = (&'static str, fn(&[u8]));

pub const TARGETS: [Target; 6] = [
    ("frame", frame),
    ("envelope", envelope),
    ("change", examined_change),
    ("document", document),
    ("file", file),
    ("text", text),
];

/// A frame of either side: what can be read is written as it was read.
pub fn frame(bytes: &[u8]) {
    comes_back::<DeviceFrame>(bytes);
    comes_back::<ExchangeRequest>(bytes);
    comes_back::<RefillRequest>(bytes);
    comes_back::<RefillAnswer>(bytes);
    comes_back::<RelayFrame>(bytes);
}

fn comes_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(bytes: &[u8]) {
    let Ok(read) = codec::decode::<T>(bytes) else {
        return;
    };
    let written = codec::encode(&read).expect("what came in a frame goes into one");
    let again = codec::decode::<T>(&written).expect("what was written can be read");
    assert_eq!(read, again);
}

/// A stored envelope: what can be read has one hash however often it is written.
pub fn envelope(bytes: &[u8]) {
    let Some(read) = Envelope::from_bytes(bytes) else {
        return;
    };
    let again = Envelope::from_bytes(&read.to_bytes()).expect("what was written can be read");
    assert_eq!(read, again);
}

/// A change as the relay takes it: what its outside and the merger let pass makes a document that
/// loads.
pub fn examined_change(bytes: &[u8]) {
    let Ok(header) = change::header(bytes) else {
        return;
    };
    match columns::longest(bytes) {
        Ok(items) if items < columns::ITEMS_MAX => {}
        _ => return,
    }
    let mut examined = Document::new(client());
    let found = examined.examine([bytes]);
    if found.iter().all(Result::is_ok) {
        assert!(examined.heads().iter().any(|head| head.0 == header.hash.0));
        let saved = examined.save().expect("what was examined can be saved");
        let loaded = Document::load(client(), &saved).expect("what was saved loads");
        assert_eq!(loaded.heads(), examined.heads());
        assert_eq!(loaded.tree().ok(), examined.tree().ok());
    }
}

/// A document from storage or from a snapshot: what loads can be read, saved and loaded again.
pub fn document(bytes: &[u8]) {
    let Ok(loaded) = Document::load(client(), bytes) else {
        return;
    };
    let (Ok(saved), Ok(tree)) = (loaded.save(), loaded.tree()) else {
        return;
    };
    // Automerge saves some documents that it will not load; they are told apart, not trusted.
    if let Ok(again) = Document::load(client(), &saved) {
        assert_eq!(again.heads(), loaded.heads());
        assert_eq!(again.tree().ok(), Some(tree));
    }
}

/// A list of clients from somebody's computer.
pub fn file(bytes: &[u8]) {
    if let Ok(table) = parse::read(bytes, &mut |_| {}) {
        let _ = Mapping::guess(&table.header);
    }
}

/// What is typed into a field: whatever is understood reads the same in its stored form.
pub fn text(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    if let Ok(phone) = phone::normalize(&typed) {
        assert_eq!(phone::normalize(phone.as_str()), Ok(phone.clone()));
        let _ = (phone.spaced(), phone.masked(), phone.uri());
    }
    if let Ok(born) = birthday::parse(&typed) {
        assert_eq!(birthday::parse(&born.to_string()), Ok(born));
    }
    if let Ok(place) = typed.parse::<Position>() {
        assert!(place.to_string().parse::<Position>().is_ok());
    }
    let _ = (uscc::doubt(&typed), calendar::written::parse_day(&typed));
    let mut haystack = HaystackBuilder::new();
    haystack.name(&typed);
    if let Some(query) = Query::parse(&typed) {
        let _ = query.rank(&haystack.finish());
    }
}

fn client() -> DocumentId {
    ClientId(Id::from_bytes([1; 16])).into()
}
