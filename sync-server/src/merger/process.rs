//! The child as the relay holds it.

use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use super::child::GREETING;
use super::{Report, Request, pipe};

/// Far above what the child allows itself in processor time: for one that hangs without working.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(super) struct Process {
    /// Killed when dropped.
    _child: Child,
    input: ChildStdin,
    output: ChildStdout,
}

/// The child died, hung, or talked nonsense.
#[derive(Debug)]
pub(super) struct Gone;

impl Process {
    pub(super) async fn start(program: &Path) -> io::Result<Self> {
        let mut child = Command::new(program)
            .arg("merger")
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let broken = || io::Error::from(io::ErrorKind::BrokenPipe);
        let mut process = Self {
            input: child.stdin.take().ok_or_else(broken)?,
            output: child.stdout.take().ok_or_else(broken)?,
            _child: child,
        };
        let greeting: String = timeout(PATIENCE, process.read()).await??;
        match greeting == GREETING {
            true => Ok(process),
            false => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    pub(super) async fn ask(&mut self, requests: &[Request]) -> Result<Vec<Report>, Gone> {
        let asked = async {
            self.input.write_all(&pipe::encoded(requests)?).await?;
            self.input.flush().await?;
            self.read::<Vec<Report>>().await
        };
        let answers = |reports: &[Report]| {
            let expected = requests.iter().map(|request| request.changes.len());
            reports.iter().map(Vec::len).eq(expected)
        };
        match timeout(PATIENCE, asked).await {
            Ok(Ok(reports)) if answers(&reports) => Ok(reports),
            _ => Err(Gone),
        }
    }

    async fn read<T: serde::de::DeserializeOwned>(&mut self) -> io::Result<T> {
        let mut header = [0; 4];
        self.output.read_exact(&mut header).await?;
        let mut body = vec![0; pipe::length(header)?];
        self.output.read_exact(&mut body).await?;
        pipe::decoded(&body)
    }
}
