//! The listening side: connections, TLS, and a stop that lets open requests finish.

mod accept;
mod signals;
mod tls;

pub use accept::{Listening, listen};
pub use signals::stop_on_signals;
pub use tls::{ReloadableTls, TlsError};
