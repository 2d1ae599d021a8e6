//! What a person sees and touches. Leptos, rendered in the browser; it holds no document and opens no
//! database: it sends commands to the engine's worker and shows the answers to its queries.
//!
//! # Adding a screen
//! 1. `src/<module>/mod.rs` with `pub(crate) const MODULE: Module`: its routes, its links for the sidebar and the
//!    palette, its actions for “+”. One file per screen beside it.
//! 2. `locales/zh/<module>.json` and `locales/en/<module>.json`. Keys are checked when compiling; a key that is
//!    missing from one language stops the build. In the code: `tr!(module.key)` or `tr!(module.key, name = name.get())`,
//!    which is a `Signal<String>` and goes anywhere a label, a child or an attribute does.
//! 3. One line in [`modules`].
//! 4. Screens that a visit does not need go into a part of the binary: `screens!` in [`part`].
//!
//! A screen is a [`ui::Page`] (title, back, actions, one main action within the thumb's reach) made of the
//! components in [`ui`]. Data comes from `engine::watch(query)`, a signal that stays current; writing goes through
//! `engine::run(command)`. Forms keep what was typed with `engine::use_draft(key)`; what they say when a command is refused
//! stands in [`forms`].
//! With the feature `gallery`, `/gallery` shows every component.
//!
//! # Rules
//! No literal text and no inline style in `view!`; no `inner_html`. Dates, times and numbers through [`format`](mod@format).
//! Colour is never the only sign. A control is at least 44 px tall. Styles are tokens from `style/app.css`.
//! [`ui::Show`], [`ui::Each`] and [`ui::live`] instead of Leptos's `Show`, `For` and a closure as a component: those are
//! compiled anew wherever they stand, and every kilobyte is one that a phone downloads.

#![expect(
    unreachable_pub,
    reason = "the component macro makes the properties of a crate-private component public"
)]

include!(concat!(env!("OUT_DIR"), "/i18n.rs"));

#[macro_use]
mod text;
#[macro_use]
mod part;
mod agreements;
mod app;
mod clients;
mod conflicts;
mod dashboard;
mod development;
mod engine;
mod errors;
mod export;
mod files;
mod format;
mod forms;
#[cfg(feature = "gallery")]
mod gallery;
mod goals;
mod grades;
mod handovers;
mod help;
mod import;
mod join;
mod location;
mod lock;
mod me;
mod module;
mod modules;
mod orders;
mod pay;
mod people;
mod prefs;
mod random;
mod recognition;
mod reviews;
mod shell;
mod storage;
mod surveys;
mod sync;
mod tasks;
mod today;
mod training;
mod ui;
mod visits;
mod work;

pub use app::start;
