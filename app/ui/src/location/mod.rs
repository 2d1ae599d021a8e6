//! Where this phone is, when its person allows it: for a check-in and for a client's position. Asked for at the moment
//! it is needed, never followed.

mod field;
mod reading;

pub(crate) use field::PositionField;
pub(crate) use reading::read_position;
