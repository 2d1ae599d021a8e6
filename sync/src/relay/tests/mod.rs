//! The relay's core against a small workspace.

mod admitting;
mod joining;
mod properties;
mod pulling;
mod refilling;
mod releasing;
mod world;
