//! The program from start to stop.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Client, Device, Running, Socket};

/// Ended when the test is, whatever happened.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn serve_prints_a_link_that_works_and_stops_on_sigterm() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_caravan"));
    program
        .args(["serve", "--port", "0", "--data"])
        .arg(folder.path());
    program.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut program = Program(program.spawn().unwrap());
    let lines = BufReader::new(program.0.stdout.take().unwrap()).lines();
    let link = lines
        .map(Result::unwrap)
        .find(|line| line.contains("/join#"))
        .unwrap();
    let (origin, token) = link.trim().split_once("/join#").unwrap();
    let port: u16 = origin.rsplit(':').next().unwrap().parse().unwrap();
    let token: caravan_domain::id::Id = token.parse().unwrap();

    let client = Client::new(([127, 0, 0, 1], port).into());
    let device = Device::found(client, *token.as_bytes()).await;
    let mut socket = Socket::open(&device).await;
    socket.reply().await;

    let asked = Instant::now();
    let id = program.0.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .unwrap()
            .success()
    );
    // The live connection is told goodbye, and does not hold up the stop.
    assert_eq!(socket.hear().await, None);
    let ended = program.0.wait().unwrap();
    assert!(ended.success());
    assert!(asked.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn invite_admin_prints_a_link_for_a_relay_that_runs() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Running::start(folder.path()).await;
    let output = Command::new(env!("CARGO_BIN_EXE_caravan"))
        .args([
            "invite-admin",
            "--public-url",
            "https://crm.example.com",
            "--data",
        ])
        .arg(folder.path())
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let link = "https://crm.example.com/join#";
    let token = printed
        .split_once(link)
        .unwrap()
        .1
        .split_whitespace()
        .next()
        .unwrap();
    let token: caravan_domain::id::Id = token.parse().unwrap();
    Device::found(relay.client(), *token.as_bytes()).await;
}
