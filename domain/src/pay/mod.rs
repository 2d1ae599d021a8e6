//! Pay: what people are due for what they sold and did, as statements whose every line says where it
//! comes from (R36, R38–R42, R46–R48).
//!
//! A pure function of events and of the plan that was in force when they happened: asked again about
//! a month gone by, it says the same. Left out: taxes and social insurance, which are the payroll's.

mod cap;
mod commission;
mod rank;

pub mod event;
pub mod period;
pub mod plan;
pub mod statement;
