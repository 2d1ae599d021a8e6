//! What an operator watches, in the Prometheus text format. Counts and times only: no label names a
//! person, a device or a workspace.

use std::sync::atomic::AtomicU64;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    pub requests: Family<RequestLabels, Counter>,
    pub request_seconds: Histogram,
    pub commit_seconds: Histogram,
    pub sockets: Gauge,
    pub slow_readers: Counter,
    pub envelopes: Family<VerdictLabels, Counter>,
    pub quarantined: Counter,
    pub unreleased: Gauge,
    pub foreign_origins: Counter,
    pub too_often: Counter,
    pub blob_bytes: Counter<u64, AtomicU64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct RequestLabels {
    /// The pattern, such as `/api/blobs/{hash}`, never the path.
    pub route: String,
    pub status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct VerdictLabels {
    pub verdict: &'static str,
}

/// From a tenth of a millisecond to three seconds.
const SECONDS: [f64; 10] = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0];

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("caravan"),
            requests: Family::default(),
            request_seconds: Histogram::new(SECONDS),
            commit_seconds: Histogram::new(SECONDS),
            sockets: Gauge::default(),
            slow_readers: Counter::default(),
            envelopes: Family::default(),
            quarantined: Counter::default(),
            unreleased: Gauge::default(),
            foreign_origins: Counter::default(),
            too_often: Counter::default(),
            blob_bytes: Counter::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("requests", "Requests answered", self.requests.clone());
        registry.register(
            "request_seconds",
            "Time to answer a request",
            self.request_seconds.clone(),
        );
        registry.register(
            "commit_seconds",
            "Time until a batch was durable",
            self.commit_seconds.clone(),
        );
        registry.register("sockets", "Live connections", self.sockets.clone());
        registry.register(
            "slow_readers",
            "Live connections dropped because they did not keep up",
            self.slow_readers.clone(),
        );
        registry.register("envelopes", "Envelopes pushed", self.envelopes.clone());
        registry.register(
            "quarantined",
            "Changes that were received and are not passed on",
            self.quarantined.clone(),
        );
        registry.register(
            "unreleased",
            "Positions of all logs that nobody has looked into yet",
            self.unreleased.clone(),
        );
        registry.register(
            "foreign_origins",
            "Requests refused because of their origin",
            self.foreign_origins.clone(),
        );
        registry.register(
            "too_often",
            "Requests refused because of a rate limit",
            self.too_often.clone(),
        );
        registry.register(
            "blob_bytes",
            "Bytes of photos and files received",
            self.blob_bytes.clone(),
        );
    }

    /// All of it as text, or nothing when formatting fails, which it cannot for a `String`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut written = String::new();
        if text::encode(&mut written, &self.registry).is_err() {
            written.clear();
        }
        written
    }
}
