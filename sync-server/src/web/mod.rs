//! What browsers get around the interface for devices: the app's files, the headers that keep it
//! safe, and the check of where a request comes from.

mod address;
mod device;
mod files;
mod headers;
mod observe;
mod origin;

pub use address::{ClientAddress, PeerAddress};
pub use device::ProvedDevice;
pub use files::{AppFiles, serve_app};
pub use headers::{SecurityHeaders, set_headers};
pub use observe::observe;
pub use origin::{AllowedOrigins, check_origin};
