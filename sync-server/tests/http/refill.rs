//! `/api/refill`, on a relay that `caravan restore` has filled from a backup.

use std::path::Path;
use std::process::Command;

use axum::http::Method;
use caravan_sync::codec;
use caravan_sync::envelope::{Envelope, Signature};
use caravan_sync::frame::{Rejection, Verdict};
use caravan_sync::refill::{RefillAnswer, RefillRequest};

use crate::support::{Answer, Device, Running, client_document};

fn caravan(command: &str, folders: &[(&str, &Path)], more: &[&str]) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_caravan"));
    process.arg(command).args(more).env("CARAVAN_LOG", "warn");
    for (flag, folder) in folders {
        process.arg(flag).arg(folder);
    }
    let output = process.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

async fn post(device: &Device, body: Vec<u8>) -> Answer {
    let proof = device.proof(&Method::POST, "/api/refill");
    let headers = [
        ("content-type", "application/octet-stream"),
        (caravan_sync::frame::PROOF_HEADER, proof.as_str()),
    ];
    let client = &device.client;
    client
        .send(Method::POST, "/api/refill", &headers, body.into())
        .await
}

async fn ask(device: &mut Device, request: &RefillRequest) -> RefillAnswer {
    // A proof counts once, and a challenge of the old life not at all.
    device.exchange(Vec::new()).await;
    let answer = post(device, codec::encode(request).unwrap()).await;
    assert_eq!(answer.status, 200);
    answer.frame()
}

/// A relay restored for so many hours, the founder, and what came after the backup.
async fn restored(folder: &Path, hours: &str) -> (Running, Device, Device, Envelope) {
    let [data, copy, restored] = ["data", "copy", "restored"].map(|name| folder.join(name));
    let relay = Running::start(&data).await;
    let mut founder = relay.founder().await;
    let token = founder.invite().await;
    let mut other = Device::join(relay.client(), token).await;
    relay.settled().await;
    caravan("backup", &[("--data", &data), ("--to", &copy)], &[]);
    let lost = other.name_client(client_document(), "after the backup");
    other.push(vec![lost.clone()]).await;
    relay.stop().await;
    let folders = [("--data", restored.as_path()), ("--from", &copy)];
    caravan("restore", &folders, &["--refill-hours", hours]);
    let relay = Running::start(&restored).await;
    for device in [&mut founder, &mut other] {
        device.client.address = relay.address;
        device.client.origin = relay.client().origin;
    }
    (relay, founder, other, lost)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_gives_back_what_somebody_else_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let (relay, mut founder, mut other, lost) = restored(folder.path(), "1").await;
    let asked = RefillRequest {
        devices: vec![
            other.id,
            founder.id,
            caravan_domain::id::DeviceId(crate::support::mint()),
        ],
        envelopes: Vec::new(),
    };
    let answer = ask(&mut founder, &asked).await;
    assert!(answer.until.is_some());
    assert_eq!(answer.lacks_from[0], Some(1));
    assert_eq!(answer.lacks_from[2], None, "it knows no such device");
    let forged = Envelope {
        signature: Signature([9; 64]),
        ..lost.clone()
    };
    let given = RefillRequest {
        devices: Vec::new(),
        envelopes: vec![forged, lost.clone(), lost.clone()],
    };
    let verdicts = ask(&mut founder, &given).await.verdicts;
    let reason = Rejection::BadSignature;
    assert!(matches!(verdicts[0], Verdict::Refused { reason: it, .. } if it == reason));
    assert!(matches!(verdicts[1], Verdict::Received { .. }));
    assert_eq!(verdicts[1], verdicts[2]);
    let again = other.push(vec![lost]).await;
    assert_eq!(again.receipts[0].verdict, verdicts[1]);
    assert_eq!(ask(&mut founder, &asked).await.lacks_from[0], Some(2));
    relay.settled().await;
    relay.stop().await;
    // What an offline check finds in it: nothing.
    let data = folder.path().join("restored");
    caravan("audit", &[("--data", &data)], &["verify"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_refill_nobody_gives_what_is_not_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let (_relay, mut founder, mut other, lost) = restored(folder.path(), "0").await;
    let given = RefillRequest {
        devices: Vec::new(),
        envelopes: vec![lost.clone()],
    };
    let answer = ask(&mut founder, &given).await;
    assert_eq!(answer.until, None);
    assert!(matches!(answer.verdicts[0], Verdict::Refused { .. }));
    let own = other.push(vec![lost]).await;
    assert!(matches!(own.receipts[0].verdict, Verdict::Received { .. }));
}

#[tokio::test]
async fn it_answers_only_to_a_proved_device_and_to_frames() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut founder = relay.founder().await;
    let request = RefillRequest::default();
    let unproved = founder.client.post("/api/refill", &request).await;
    assert_eq!(unproved.status, 401);
    founder.exchange(Vec::new()).await;
    assert_eq!(post(&founder, vec![1, 0, 255, 255, 255]).await.status, 400);
}
