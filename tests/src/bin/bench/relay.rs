//! The relay as its own process on a fresh data folder, and what the system says it costs.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use caravan_domain::id::Id;
use caravan_tests::native::looked_into;
use tempfile::TempDir;

pub(crate) struct RelayProgram(pub(crate) PathBuf);

/// Stopped and removed when dropped.
pub(crate) struct Relay {
    process: Child,
    port: u16,
    founding: [u8; 16],
    _data: TempDir,
}

impl RelayProgram {
    /// Starts it on any free port, with limits that a bench of one machine does not run into.
    pub(crate) fn start(&self) -> Result<Relay> {
        let data = tempfile::tempdir()?;
        let dist = data.path().join("dist");
        std::fs::create_dir(&dist)?;
        std::fs::write(
            dist.join("index.html"),
            "<!doctype html><title>bench</title>",
        )?;
        let mut process = Command::new(&self.0)
            .arg("serve")
            .args(["--port", "0", "--sign-ins-per-minute", "1000000"])
            .args([
                "--joins-per-minute",
                "1000000",
                "--exchanges-per-second",
                "1000000",
            ])
            .arg("--data")
            .arg(data.path().join("relay"))
            .arg("--dist")
            .arg(dist)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .with_context(|| {
                format!(
                    "{} cannot be started: build the relay first",
                    self.0.display()
                )
            })?;
        let output = process.stdout.take().context("the output was asked for")?;
        let link = founding_link(output)?;
        Ok(Relay {
            process,
            port: link.port,
            founding: link.token,
            _data: data,
        })
    }
}

impl Relay {
    /// `host:port`.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The token of the link that founds a workspace.
    pub(crate) fn founding(&self) -> [u8; 16] {
        self.founding
    }

    /// Waits until everything it has received was looked into and is passed on.
    pub(crate) async fn looked_into(&self) -> Result<()> {
        looked_into(&self.address()).await
    }

    /// Memory in use, in bytes (Linux: `VmRSS`).
    pub(crate) fn resident(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
        Ok(kilobytes.context("there is no VmRSS")?.parse::<u64>()? * 1024)
    }

    /// Processor time spent so far, without the merger's.
    pub(crate) fn processor(&self) -> Result<Duration> {
        processor(self.process.id())
    }

    /// Processor time that the merger has spent.
    pub(crate) fn merger(&self) -> Result<Duration> {
        let mut sum = Duration::ZERO;
        // Each thread has the children that it started.
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.process.id()))? {
            let children = std::fs::read_to_string(thread?.path().join("children"))?;
            for child in children.split_whitespace() {
                sum += processor(child.parse()?)?;
            }
        }
        Ok(sum)
    }
}

/// Linux: user and system, in ticks of 10 ms.
fn processor(process: u32) -> Result<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name in brackets may hold blanks: the numbers begin behind it, with the third.
    let (_, fields) = stat.rsplit_once(')').context("there is no name")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    ensure!(fields.len() > 12, "there are no times");
    let ticks: u64 = fields[11].parse::<u64>()? + fields[12].parse::<u64>()?;
    Ok(Duration::from_millis(ticks * 10))
}

impl Drop for Relay {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing else to do about it here.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct Link {
    port: u16,
    token: [u8; 16],
}

/// Reads on in a thread for as long as the relay writes, so that it never waits for a reader.
fn founding_link(output: impl std::io::Read + Send + 'static) -> Result<Link> {
    let (found, link) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if let Some(link) = parse(&line) {
                // The receiver has gone when a second line fits too.
                let _ = found.send(link);
            }
        }
    });
    link.recv_timeout(Duration::from_secs(20))
        .map_err(|_| anyhow!("the relay printed no link for a first administrator"))
}

/// `http://localhost:8080/join#01J…`
fn parse(line: &str) -> Option<Link> {
    let (before, token) = line.split_once("/join#")?;
    let (_, port) = before.rsplit_once(':')?;
    let token: Id = token.split_whitespace().next()?.parse().ok()?;
    Some(Link {
        port: port.parse().ok()?,
        token: *token.as_bytes(),
    })
}
