//! The client form, new or changed. What is typed is kept as a draft; a change writes only the fields that differ from
//! what the form was opened with.

mod contacts;
mod edit;
mod fields;
mod new;
mod similar;
mod typed;

pub(super) use edit::EditClientPage;
pub(super) use new::NewClientPage;
