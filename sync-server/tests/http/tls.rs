//! TLS by the relay itself, and the health check that goes with it.

use std::process::Command;

use caravan_relay::config::TlsFiles;

use crate::support::{Running, Setup};

fn certificate(folder: &std::path::Path, name: &str) -> TlsFiles {
    let made = rcgen::generate_simple_self_signed(["crm.example.com".to_owned()]).unwrap();
    let files = TlsFiles {
        certificate: folder.join(format!("{name}.pem")),
        key: folder.join(format!("{name}.key")),
    };
    std::fs::write(&files.certificate, made.cert.pem()).unwrap();
    std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
    files
}

fn healthcheck(port: u16, files: &TlsFiles) -> bool {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caravan"));
    command.args(["healthcheck", "--port", &port.to_string()]);
    command.arg("--tls-cert").arg(&files.certificate);
    command.arg("--tls-key").arg(&files.key);
    command.output().unwrap().status.success()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_health_check_trusts_exactly_our_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let (ours, other) = (
        certificate(folder.path(), "ours"),
        certificate(folder.path(), "other"),
    );
    let setup = Setup {
        tls: Some(ours.clone()),
        ..Setup::default()
    };
    let relay = Running::with(folder.path(), setup).await;
    let port = relay.address.port();
    let check = move |files| tokio::task::spawn_blocking(move || healthcheck(port, &files));
    assert!(check(ours).await.unwrap());
    assert!(!check(other).await.unwrap());
}
