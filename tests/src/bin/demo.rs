//! `cargo xtask run --demo`: fills a data folder of the relay with the demo workspace, once.
//!
//! The folder gets its name when everything is in it: a filling that was cut off starts anew.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use caravan_tests::demo::{Relay, Size, fill};
use clap::Parser;

/// In the folder, who can sign in.
const GUIDE: &str = "demo.json";

#[derive(Parser)]
struct Args {
    /// The folder to make
    data: PathBuf,
    /// Another one makes another year
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    ensure!(
        !args.data.exists(),
        "{} is there already",
        args.data.display()
    );
    let unfinished = beside(&args.data)?;
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    let relay = Relay::start(&unfinished).await?;
    let tell = |line: &str| println!("  {line}");
    let guide = fill(&relay, args.seed, Size::default(), tell).await?;
    relay.stop().await?;
    guide.write(&unfinished.join(GUIDE))?;
    fs::rename(&unfinished, &args.data)?;
    Ok(())
}

fn beside(data: &Path) -> Result<PathBuf> {
    let name = data.file_name().context("the folder has no name")?;
    let mut name = name.to_owned();
    name.push(".unfinished");
    Ok(data.with_file_name(name))
}
