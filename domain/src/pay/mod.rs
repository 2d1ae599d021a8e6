//! Pay: what people are due for what they sold and did, as statements whose every line says where it
//! comes from (R36, R38–R42, R46–R48).
//!
//! A pure function of events and of the plan that was in force when they happened: asked again about
//! a month gone by, it says the same. Left out: taxes and social insurance, which are the payroll's.

mod accepted;
mod cap;
mod commission;
pub mod filed;
mod gather;
pub(crate) mod lines;
pub(crate) mod paid;
mod rank;
mod shelf;
mod written;

pub mod adjustment;
pub mod answer;
pub mod approval;
pub mod command;
pub mod decision;
pub mod digest;
pub mod draft;
pub mod event;
pub mod late;
pub mod lock;
pub mod period;
pub mod plan;
pub mod record;
pub mod rights;
pub mod row;
pub mod statement;
pub mod view;
pub mod what_if;
