//! What Caravan knows about its field: records, commands, decisions, policy, projections and
//! queries. Pure: no I/O, clock, randomness, web or translated text. How documents are stored and
//! merged is the `documents` crate's, how they travel the `sync` crate's.

pub mod agreements;
pub mod birthday;
pub mod calendar;
pub mod clients;
pub mod command;
pub mod dashboard;
mod dated;
pub mod decision;
pub mod development;
pub mod document;
pub mod edit;
pub mod facts;
pub mod fold;
pub mod geo;
pub mod goals;
pub mod grades;
pub mod handovers;
pub mod id;
mod index;
pub mod label;
pub mod mark;
pub mod money;
mod order;
pub mod orders;
pub mod pay;
pub mod people;
pub mod phone;
pub mod plan;
pub mod policy;
pub mod query;
pub mod recognition;
pub mod reviews;
pub mod role;
pub mod row;
pub mod search;
pub mod surveys;
pub mod tasks;
pub mod time;
pub mod today;
pub mod training;
pub mod uscc;
pub mod value;
pub mod visits;
mod window;
pub mod work;
