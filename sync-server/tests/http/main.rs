//! The relay from outside, over loopback: one file per address.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod support;

mod agreements;
mod audit;
mod backup;
mod blobs;
mod classes;
mod erasure;
mod exchange;
mod files;
mod grades;
mod handovers;
mod health;
mod join;
mod live;
mod merging;
mod needs;
mod orders;
mod origin;
mod password;
mod pay;
mod rebuild;
mod recognition;
mod refill;
mod reviews;
mod session;
mod sign_in;
mod stop;
mod surveys;
mod tls;
