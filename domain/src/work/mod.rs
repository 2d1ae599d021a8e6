//! Work by skill and load (R23 to R27): what kinds of tasks are worth, what people can and when they can, how much each
//! has to do, and who had best do the next.

pub mod answer;
pub mod command;
pub mod decision;
pub mod hours;
pub mod kind;
pub mod limits;
pub mod load;
pub mod query;
pub(crate) mod rights;
pub mod row;
pub mod skill;
pub mod spread;
pub mod suggest;
