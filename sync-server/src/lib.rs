//! The relay: keeps a workspace's log, decides what is disputed, and passes each phone what its
//! person may read. Who may read what, and what becomes of a push, is the core's affair
//! (`caravan_sync::relay`); here are the sockets, the store, the clock and the keys around it.

pub mod audit;
pub mod blobs;
pub mod cipher;
pub mod cli;
pub mod clock;
pub mod config;
pub mod identity;
pub mod limits;
pub mod live;
pub mod merger;
pub mod metrics;
pub mod problem;
pub mod relay;
pub mod routes;
pub mod server;
pub mod session;
pub mod store;
mod survey;
pub mod web;
pub mod workspace;
