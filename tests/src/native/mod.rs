//! What a device without a browser needs: its key, a way to the relay, and a chain of envelopes. It
//! leaves out the engine, which the demo and the simulator have, the benches do not want to measure,
//! and whoever means harm would not run.

mod device;
mod http;
mod key;
mod patience;
mod post;

pub use device::{Device, Ids, now};
pub use http::{Heard, Request, request};
pub use key::DeviceKey;
pub use patience::looked_into;
pub use post::{Answer, post};
