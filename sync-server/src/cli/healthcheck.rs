//! `caravan healthcheck`

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use super::{CliError, trust};
use crate::config::{ConfigFile, ListenOptions};

const PATIENCE: Duration = Duration::from_secs(5);

/// Ask the relay on this machine whether it is ready; exit with an error when it is not
///
/// For container and service managers. Give it the same options (or environment) as `serve`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    listen: ListenOptions,
}

pub(super) async fn run(args: Args, file: ConfigFile) -> Result<(), CliError> {
    let listen = args.listen.or(file.listen).resolve()?;
    let stream = TcpStream::connect(reachable(listen.address));
    let ask = async {
        let stream = stream.await?;
        match &listen.tls {
            Some(files) => ask(trust::connect(stream, &files.certificate).await?).await,
            None => ask(stream).await,
        }
    };
    let status = tokio::time::timeout(PATIENCE, ask).await??;
    if status != StatusCode::OK {
        return Err(format!("the relay is not ready: {status}").into());
    }
    Ok(())
}

/// "Every address" is no place to connect to.
fn reachable(listening: SocketAddr) -> SocketAddr {
    let ip = match listening.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listening.port())
}

async fn ask<S>(stream: S) -> Result<StatusCode, CliError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let request = Request::get("/readyz")
        .header("host", "localhost")
        .body(Body::empty())?;
    Ok(sender.send_request(request).await?.status())
}
