//! `caravan backup` and `caravan restore`, rehearsed with the program itself.

use std::path::Path;
use std::process::Command;

use caravan_sync::frame::{RelayFrame, Verdict};

use crate::support::{Running, client_document};

fn caravan(args: &[&str], folders: &[(&str, &Path)]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caravan"));
    command.args(args).env("CARAVAN_LOG", "warn");
    for (flag, folder) in folders {
        command.arg(flag).arg(folder);
    }
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_while_the_relay_runs_is_restored_under_a_new_epoch() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy, restored) = ["data", "copy", "restored"]
        .map(|name| folder.path().join(name))
        .into();
    let relay = Running::start(&data).await;
    let mut device = relay.founder().await;
    let saved = device.name_client(client_document(), "in the backup");
    device.push(vec![saved.clone()]).await;
    relay.settled().await;
    caravan(&["backup"], &[("--data", &data), ("--to", &copy)]);
    let lost = device.name_client(client_document(), "after the backup");
    let before = device.push(vec![lost.clone()]).await;
    relay.stop().await;

    caravan(&["restore"], &[("--data", &restored), ("--from", &copy)]);
    let relay = Running::start(&restored).await;
    device.client.address = relay.address;
    device.client.origin = relay.client().origin;
    // The challenge was issued by the same relay, so the device is known at once. What the backup
    // lacks is asked for again by its number.
    let RelayFrame::Reply(reply) = device.exchange_frame(vec![saved, lost]).await else {
        panic!("a reply was expected");
    };
    assert_ne!(reply.epoch, before.epoch);
    let received = |index: usize| {
        let verdict = &reply.receipts[index].verdict;
        matches!(verdict, Verdict::Received { .. })
    };
    assert!(received(0) && received(1), "{:?}", reply.receipts);
    let documents = reply.snapshots.len();
    assert_eq!(
        documents, 2,
        "a new epoch begins from nothing, and what was pushed just now belongs to it"
    );
}

#[test]
fn a_restore_never_overwrites_a_database() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("relay.sqlite"), "something").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_caravan"))
        .args(["restore", "--from", "nowhere", "--data"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(!output.status.success());
    let kept = std::fs::read_to_string(folder.path().join("relay.sqlite")).unwrap();
    assert_eq!(kept, "something");
}
