//! The engine: the only owner of documents and storage on a device. It runs commands, answers what
//! the interface watches, and exchanges with the relay.
//!
//! Architecture invariants: what one command or one reply changes is one transaction, and memory
//! follows only when it is complete; cold start reads rows and never a document; whatever the
//! relay sends can come again.
//!
//! What it leaves out: sockets, IndexedDB and WebCrypto, which the worker binary supplies through
//! [`storage::Storage`] and [`platform::Platform`]; the simulator supplies others.

mod act;
mod answer;
mod answers;
mod boot;
mod cache;
mod engine;
mod error;
mod exchange;
mod giving;
mod glimpse;
pub mod lock;
mod marks;
mod open;
mod outbox;
pub mod platform;
mod project;
mod run;
mod stage;
mod state;
pub mod storage;
mod stored;
mod subject;
mod touched;
mod watch;
#[cfg(target_arch = "wasm32")]
pub mod web;
mod wipe;

pub use act::Upload;
pub use engine::Engine;
pub use error::EngineError;
pub use exchange::Next;
pub use stored::CommandId;
pub use watch::{Listener, News, Open, Watches};
