//! What the interface and the engine say to each other: postcard bytes through `postMessage`.
//! The interface never sees a document, the engine never sees a signal.

pub mod act;
pub mod ask;
pub mod codec;
pub mod message;
pub mod roster;
pub mod view;
