//! What the library has of the browser: storage, and the few interfaces it is made of. In the
//! library, so that the storage contract can be run against it in Chromium.

pub mod indexed_db;
pub mod js;
