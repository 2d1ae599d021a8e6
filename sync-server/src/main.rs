//! `caravan`: see [`caravan_relay::cli`].

use std::error::Error;
use std::process::ExitCode;

use caravan_relay::cli::Cli;
use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    let Err(error) = Cli::parse().run().await else {
        return ExitCode::SUCCESS;
    };
    eprintln!("caravan: {error}");
    let mut cause = (&*error as &dyn Error).source();
    while let Some(inner) = cause {
        eprintln!("  because: {inner}");
        cause = inner.source();
    }
    ExitCode::FAILURE
}
