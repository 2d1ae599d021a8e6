//! Reading and writing files. The worker that knows spreadsheets is started when the first file is chosen or written,
//! and ended when nothing is open any more, so that opening the app never pays for it.

mod client;
mod explain;
mod fields;

pub(crate) use client::{Files, FilesFailure, provide, use_files};
pub(crate) use explain::ExplainFiles;
pub(crate) use fields::FieldNames;
