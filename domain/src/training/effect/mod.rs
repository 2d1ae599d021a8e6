//! Before and after a course (R32): figures of those who passed it, and in the same months of those of the same roles who
//! have not. A comparison and no proof: who takes a course when is nobody's experiment.

pub(crate) mod answer;
pub mod view;
pub(crate) mod window;
