//! Role plays and drills that somebody scores (R32).

mod form;
mod lines;
mod score;

pub(super) use form::SheetPage;
pub(super) use lines::Scores;
pub(super) use score::ScorePage;
