//! The relay as the process it is: `caravan serve` on a folder that outlives it.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use caravan_domain::id::{Id, WorkspaceId};
use caravan_relay::store::{LogStore, SqliteStore};
use caravan_sync::cursor::Sequence;

const PATIENCE: Duration = Duration::from_secs(60);

/// The program and the folder it keeps its data in.
#[derive(Debug, Clone)]
pub struct RelayProgram {
    pub path: PathBuf,
}

impl RelayProgram {
    /// The one that was built beside the program that is running, or a folder above.
    ///
    /// # Errors
    /// When there is none.
    pub fn beside() -> Result<Self> {
        let own = std::env::current_exe()?;
        let folders = own.ancestors().skip(1).take(2);
        let name = Path::new("caravan").with_extension(std::env::consts::EXE_EXTENSION);
        let path = folders
            .map(|folder| folder.join(&name))
            .find(|it| it.exists());
        let path = path.context("there is no relay yet: cargo build --package caravan-relay")?;
        Ok(Self { path })
    }

    /// The token of a link that founds one more workspace on a relay that runs.
    pub(super) fn another_founding(&self, data: &Path) -> Result<[u8; 16]> {
        let mut command = Command::new(&self.path);
        let said = command
            .args(["invite-admin", "--data"])
            .arg(data.join("relay"))
            .output()?;
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        let token = said.lines().find_map(token);
        token.with_context(|| format!("there is no link in {said:?}"))
    }

    pub(super) fn serve(&self, data: &Path) -> Result<Relay> {
        self.serve_within(Command::new(&self.path), data)
    }

    /// Starts it by a command that ends up as the relay.
    pub(super) fn serve_within(&self, mut command: Command, data: &Path) -> Result<Relay> {
        let dist = data.join("dist");
        std::fs::create_dir_all(&dist)?;
        std::fs::write(
            dist.join("index.html"),
            "<!doctype html><title>soak</title>",
        )?;
        let mut process = command
            .arg("serve")
            .args(["--port", "0"])
            .args(["--joins-per-minute", "1000000"])
            .args(["--exchanges-per-second", "1000000"])
            .arg("--data")
            .arg(data.join("relay"))
            .arg("--dist")
            .arg(dist)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} cannot be started", self.path.display()))?;
        let output = process.stdout.take().context("the output was asked for")?;
        let errors = process.stderr.take().context("the errors were asked for")?;
        let panics = Arc::<AtomicUsize>::default();
        count_panics(errors, panics.clone());
        let said = listen(output);
        let address = said.address.recv_timeout(PATIENCE);
        let address = address.map_err(|_| anyhow!("the relay did not start"))?;
        Ok(Relay {
            data: data.to_owned(),
            process,
            address,
            founding: said.founding,
            panics,
        })
    }
}

/// Killed when dropped.
pub(super) struct Relay {
    data: PathBuf,
    process: Child,
    /// `host:port`.
    pub(super) address: String,
    founding: mpsc::Receiver<[u8; 16]>,
    panics: Arc<AtomicUsize>,
}

impl Relay {
    /// The token of the link that founds a workspace, of a relay that has none.
    pub(super) fn founding(&self) -> Result<[u8; 16]> {
        let token = self.founding.recv_timeout(PATIENCE);
        token.map_err(|_| anyhow!("the relay printed no link for a first administrator"))
    }

    /// At once, wherever it is (`SIGKILL`).
    pub(super) fn kill(mut self) -> Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    pub(super) fn is_running(&mut self) -> Result<bool> {
        Ok(self.process.try_wait()?.is_none())
    }

    /// The newest sequence of a workspace's log, looked into or not.
    pub(super) fn newest(&self, workspace: WorkspaceId) -> Result<Sequence> {
        let store = SqliteStore::open(&self.data.join("relay/relay.sqlite"))?;
        let known = store.workspaces()?;
        let known = known.iter().find(|known| known.workspace == workspace);
        Ok(known.map_or(0, |known| known.head))
    }

    pub(super) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Lines of its log that tell of a panic.
    pub(super) fn panics(&self) -> usize {
        self.panics.load(Ordering::Relaxed)
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing else to do about it here.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct Said {
    address: mpsc::Receiver<String>,
    founding: mpsc::Receiver<[u8; 16]>,
}

/// Reads on in a thread for as long as the relay writes, so that it never waits for a reader.
fn listen(output: impl Read + Send + 'static) -> Said {
    let (found_address, address) = mpsc::channel();
    let (found_token, founding) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            // Whoever started it may be gone.
            if let Some(token) = token(&line) {
                let _ = found_token.send(token);
            } else if let Some(port) = port(&line) {
                let _ = found_address.send(format!("127.0.0.1:{port}"));
            }
        }
    });
    Said { address, founding }
}

/// `  Caravan · 商队  http://localhost:8080`
fn port(line: &str) -> Option<u16> {
    let (_, port) = line.trim_end().rsplit_once(':')?;
    port.parse().ok()
}

/// `http://localhost:8080/join#01J…`
fn token(line: &str) -> Option<[u8; 16]> {
    let (_, token) = line.split_once("/join#")?;
    let token: Id = token.split_whitespace().next()?.parse().ok()?;
    Some(*token.as_bytes())
}

fn count_panics(errors: impl Read + Send + 'static, panics: Arc<AtomicUsize>) {
    std::thread::spawn(move || {
        for line in BufReader::new(errors).lines().map_while(Result::ok) {
            if line.contains("panicked") {
                eprintln!("{line}");
                panics.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
}

/// Whether it says that it could acknowledge an envelope now.
pub(super) async fn ready(address: &str) -> Result<u16> {
    use http_body_util::Empty;
    use hyper_util::client::legacy::Client;
    use hyper_util::rt::TokioExecutor;
    let client = Client::builder(TokioExecutor::new()).build_http::<Empty<bytes::Bytes>>();
    let answer = client
        .get(format!("http://{address}/readyz").parse()?)
        .await?;
    let status = answer.status().as_u16();
    ensure!(matches!(status, 200 | 503), "/readyz answered {status}");
    Ok(status)
}
