//! Takes connections and hands their requests to the router.
//!
//! Buffers are small, because most connections are phones that stay connected and say nothing.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::{Request, service::service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use super::ReloadableTls;
use crate::web::PeerAddress;

/// For the TLS handshake, and again for the headers of each request.
const PATIENCE: Duration = Duration::from_secs(15);
/// Headers larger than this are refused.
const HEADER_BYTES: usize = 16 * 1024;
const STREAMS: u32 = 64;

#[derive(Debug)]
pub struct Listening {
    pub listener: TcpListener,
    pub tls: Option<ReloadableTls>,
}

/// # Errors
/// When the address is taken or not ours.
pub async fn listen(address: SocketAddr, tls: Option<ReloadableTls>) -> io::Result<Listening> {
    Ok(Listening {
        listener: TcpListener::bind(address).await?,
        tls,
    })
}

impl Listening {
    /// # Errors
    /// When the socket is gone.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stopping` is cancelled, then gives open requests `drain` to finish.
    pub async fn serve(self, router: Router, stopping: CancellationToken, drain: Duration) {
        let graceful = GracefulShutdown::new();
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = stopping.cancelled() => break,
            };
            match accepted {
                Ok((stream, peer)) => self.spawn(stream, peer, router.clone(), graceful.watcher()),
                Err(error) => {
                    // Out of file descriptors, most likely: taking a breath lets some close.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
        drop(self.listener);
        if tokio::time::timeout(drain, graceful.shutdown())
            .await
            .is_err()
        {
            tracing::warn!("some requests did not finish in time");
        }
    }

    fn spawn(&self, stream: TcpStream, peer: SocketAddr, router: Router, watcher: Watcher) {
        let tls = self.tls.as_ref().map(ReloadableTls::acceptor);
        tokio::spawn(async move {
            // Without delay: frames are small and somebody waits for each.
            let _ = stream.set_nodelay(true);
            let Some(tls) = tls else {
                return converse(stream, peer, router, watcher).await;
            };
            let handshake = tokio::time::timeout(PATIENCE, tls.accept(stream)).await;
            if let Ok(Ok(stream)) = handshake {
                Box::pin(converse(stream, peer, router, watcher)).await;
            }
        });
    }
}

async fn converse<S>(stream: S, peer: SocketAddr, router: Router, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut server = auto::Builder::new(TokioExecutor::new());
    server
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(HEADER_BYTES);
    server
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(PATIENCE)
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(u32::try_from(HEADER_BYTES).unwrap_or(u32::MAX));
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(PeerAddress(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    let connection = server.serve_connection_with_upgrades(TokioIo::new(stream), service);
    // An error is a client that went away or spoke nonsense: nothing to do about either.
    let _ = watcher.watch(connection.into_owned()).await;
}
