//! Recognition (R44): posts before a team about one of its people, applause for them, and what is worth one right now.
//!
//! A post is written once and never rewritten; whoever wrote it, or leads the team, may withdraw it. Left out: points and
//! money (R37 has its award), and what a client said in a survey, which not everybody in the team may read.

pub(crate) mod answer;
pub mod command;
pub(crate) mod ideas;
pub mod kind;
pub mod list;
pub mod rights;
pub mod row;
