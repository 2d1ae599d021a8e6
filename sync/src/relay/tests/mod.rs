//! The relay's core against a small workspace.

mod admitting;
mod erasing;
mod joining;
mod properties;
mod pulling;
mod rebuilding;
mod refilling;
mod releasing;
mod world;
