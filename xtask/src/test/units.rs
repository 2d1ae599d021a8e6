//! Tests that need nothing but this machine.

use anyhow::Result;

use crate::{
    process::{cargo, path_with, run},
    tools,
};

pub(super) fn units() -> Result<()> {
    let mut nextest = cargo();
    nextest.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
    if let Some(folder) = tools::nextest()? {
        nextest.env("PATH", path_with(&[&folder])?);
    }
    run(&mut nextest)
}

pub(super) fn docs() -> Result<()> {
    run(cargo().args(["test", "--workspace", "--doc"]))
}
