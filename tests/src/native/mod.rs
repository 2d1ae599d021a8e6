//! What a device without a browser needs: its key, and a way to the relay. It leaves out the engine,
//! which the demo and the simulator have and the benches do not want to measure.

mod key;
mod post;

pub use key::DeviceKey;
pub use post::{Answer, post};
