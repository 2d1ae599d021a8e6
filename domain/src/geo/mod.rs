//! Positions in WGS-84, distances, the grade of a check-in, and the shift to GCJ-02 that map apps
//! in mainland China expect. Leaves out asking for consent and reading the device.

mod check_in;
mod gcj02;
mod position;

pub use check_in::{CheckInGrade, CheckInRule, Unverified, grade_check_in};
pub use gcj02::to_gcj02;
pub use position::{InvalidPosition, Position, distance_m};
