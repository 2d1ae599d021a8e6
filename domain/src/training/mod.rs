//! Training: what people would like to learn, courses, what each person has learned, and what the workspace requires of
//! whom (R28–R33, R35).
//!
//! A course lies in the company's document, what a person has read and answered in that person's. What is
//! required of whom, and that somebody has passed, is decided by the relay: it counts once, and it may keep
//! new clients from somebody who is behind.

pub mod answer;
mod checks;
pub mod classes;
pub mod command;
pub mod course;
pub mod decision;
pub mod done;
pub mod effect;
pub mod fact;
mod learn;
pub mod learned;
pub mod library;
pub mod needs;
pub mod paths;
pub mod person;
pub mod required;
pub(crate) mod rights;
pub mod row;
pub mod sheets;
pub mod standing;
pub mod view;
mod write;
pub mod written;
