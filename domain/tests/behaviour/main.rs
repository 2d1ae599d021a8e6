//! What the domain promises, through its public face: policy, decisions, commands, answers and
//! formats.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod agreements;
mod answers;
mod at_once;
mod classes;
mod client_commands;
mod conflicts;
mod dashboard;
mod decisions;
mod development;
mod effect;
mod field;
mod formats;
mod goal_figures;
mod goals;
mod grades;
mod handovers;
mod hostile;
mod library;
mod needs;
mod opened;
mod orders;
mod pay;
mod pay_run;
mod policy;
mod recognition;
mod remembered;
mod reviews;
mod rows;
mod sold;
mod surveys;
mod task_commands;
mod task_history;
mod today;
mod training;
mod visit_commands;
mod work;
