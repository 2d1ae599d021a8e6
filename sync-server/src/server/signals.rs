//! SIGTERM and SIGINT stop the relay, SIGHUP reads its certificate again.

use tokio_util::sync::CancellationToken;

use super::ReloadableTls;

/// Cancels `stopping` at the first signal to stop.
pub async fn stop_on_signals(stopping: CancellationToken, tls: Option<ReloadableTls>) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};

        let signals = (
            signal(SignalKind::terminate()),
            signal(SignalKind::interrupt()),
            signal(SignalKind::hangup()),
        );
        if let (Ok(mut terminate), Ok(mut interrupt), Ok(mut hangup)) = signals {
            loop {
                tokio::select! {
                    _ = terminate.recv() => break,
                    _ = interrupt.recv() => break,
                    _ = hangup.recv() => reload(tls.as_ref()),
                }
            }
            tracing::info!("stopping");
            return stopping.cancel();
        }
        tracing::error!("signals cannot be received");
    }
    drop(tls);
    if tokio::signal::ctrl_c().await.is_ok() {
        stopping.cancel();
    }
}

#[cfg(unix)]
fn reload(tls: Option<&ReloadableTls>) {
    match tls.map(ReloadableTls::reload) {
        Some(Ok(())) => tracing::info!("the certificate was read again"),
        Some(Err(error)) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the old certificate stays in use"
            );
        }
        None => {}
    }
}
