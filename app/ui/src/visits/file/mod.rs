//! One visit opened: where to, check-in, the actions of its kind, the next step, check-out, and what the evidence says.

mod actions;
mod check;
mod evidence;
mod header;
mod jpeg;
mod more;
mod next;
mod note;
mod order;
mod page;
mod photos;
mod place;
mod steps;
mod thumbnail;

pub(super) use check::CheckButton;
pub(super) use page::{VisitPage, visit_of};
