//! What forms that send a command have in common; their fields stand in [`ui`](crate::ui), their drafts in
//! [`engine`](crate::engine).

mod refused;
mod words;
mod wrong;

pub(crate) use refused::Refused;
pub(crate) use words::WordsForm;
pub(crate) use wrong::{Elsewhere, use_error_of};
