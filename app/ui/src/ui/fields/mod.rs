//! One field for each kind of value, with the keyboard that suits it.

mod area;
mod check;
mod input;
mod select;
mod tags;

pub(crate) use area::TextArea;
pub(crate) use check::CheckField;
pub(crate) use input::{
    DateField, DecimalField, NewPasswordField, NumberField, PasswordField, TelField, TextField,
    TimeField,
};
pub(crate) use select::SelectField;
pub(crate) use tags::TagsField;
