//! What the library has of the browser: storage, encryption, and the few interfaces they are made of. In
//! the library, so that the storage contract can be run against them in Chromium.

pub mod cipher;
pub mod indexed_db;
pub mod js;
