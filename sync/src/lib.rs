//! How edits and decisions travel: envelopes, frames, and the two state machines, without I/O.
//! The engine, the relay and the simulator drive the same code.
//!
//! What it leaves out: sockets, storage, signatures' arithmetic (the shell signs and verifies)
//! and the inside of a change, of which only the header is read ([`change`]).

pub mod change;
pub mod codec;
pub mod columns;
pub mod cursor;
pub mod envelope;
pub mod frame;
pub mod join;
pub mod rebuild;
pub mod refill;
pub mod relay;
