//! The interface's end of the engine: starts its worker, numbers requests, keeps live answers, and starts the worker
//! again when it dies. A trap over there never takes the interface with it.

mod client;
mod draft;
mod failure;
mod perform;
mod questions;
mod spawn;
mod submit;
mod wake;

pub(crate) use client::{Engine, Phase, provide, use_engine};
pub(crate) use draft::use_draft;
pub(crate) use failure::Failure;
pub(crate) use perform::{Perform, use_perform};
pub(crate) use spawn::{ByteWorker, NotStarted};
pub(crate) use submit::{Submit, use_submit};
pub(crate) use wake::follow_wakes;
