//! automerge-repo and its sync server, by `tests/peers/automerge-repo/measure.mjs`, on the same machine in the same run.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::report::{Line, OURS, Report, Target};

const RUNS: usize = 3;

pub(crate) fn measure(documents: usize, report: &mut Report) -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/automerge-repo");
    install(&folder)?;
    let output = Command::new("node")
        .arg("measure.mjs")
        .args([documents.to_string(), RUNS.to_string()])
        .current_dir(&folder)
        .stderr(Stdio::inherit())
        .output()
        .context("Node.js is needed on the search path")?;
    ensure!(
        output.status.success(),
        "measure.mjs ended with {}",
        output.status
    );
    let text = String::from_utf8(output.stdout)?;
    let lines = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<Vec<Line>, _>>()?;
    for line in lines {
        let ours = report.value(&line.bench, &line.case, OURS);
        let times = line.bench.ends_with("-time").then_some(ours).flatten();
        let faster = times.map(|ours| line.value / ours);
        let (bench, case) = (line.bench.clone(), line.case.clone());
        report.add(line);
        if let Some(faster) = faster {
            let target = (bench == "reconnect-time").then_some(Target::AtLeast(100.0));
            let bench = bench.replace("-time", "-times-faster");
            report.ours(&bench, case, &[faster], "×", target);
        }
    }
    Ok(())
}

/// Not `npm ci`: it wants every platform's optional packages in the lock file, and one of a peer's
/// dependencies has some that not every registry carries. The lock file decides all the same.
fn install(folder: &Path) -> Result<()> {
    if folder.join("node_modules").is_dir() {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let done = Command::new(npm)
        .args(["install", "--no-save", "--ignore-scripts"])
        .args(["--no-audit", "--no-fund"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .status()?;
    ensure!(done.success(), "npm could not install automerge-repo");
    Ok(())
}
