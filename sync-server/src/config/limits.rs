//! What one client, and all clients together, may ask for.

use std::num::NonZeroU32;
use std::time::Duration;

use clap::Args;
use serde::Deserialize;

const MIB: usize = 1024 * 1024;

#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[command(next_help_heading = "Limits")]
pub struct LimitOptions {
    /// Live connections at once [default: 20000]
    #[arg(long, env = "CARAVAN_MAX_SOCKETS", value_name = "COUNT")]
    pub max_sockets: Option<usize>,
    /// Largest exchange a device may send, in MiB [default: 4]
    #[arg(long, env = "CARAVAN_MAX_EXCHANGE_MIB", value_name = "MIB")]
    pub max_exchange_mib: Option<usize>,
    /// Largest photo or file, in MiB [default: 20]
    #[arg(long, env = "CARAVAN_MAX_BLOB_MIB", value_name = "MIB")]
    pub max_blob_mib: Option<u64>,
    /// Attempts to join by link, and surveys opened or answered, per network address and minute [default: 120]
    #[arg(long, env = "CARAVAN_JOINS_PER_MINUTE", value_name = "COUNT")]
    pub joins_per_minute: Option<NonZeroU32>,
    /// Attempts to sign in by password, per network address, per person and minute [default: 10]
    #[arg(long, env = "CARAVAN_SIGN_INS_PER_MINUTE", value_name = "COUNT")]
    pub sign_ins_per_minute: Option<NonZeroU32>,
    /// Exchanges and connections, per device and second [default: 50]
    #[arg(long, env = "CARAVAN_EXCHANGES_PER_SECOND", value_name = "COUNT")]
    pub exchanges_per_second: Option<NonZeroU32>,
    /// Seconds that open requests get to finish when the relay is told to stop [default: 10]
    #[arg(long, env = "CARAVAN_DRAIN_SECONDS", value_name = "SECONDS")]
    pub drain_seconds: Option<u64>,
}

#[derive(Debug, Clone)]
pub struct LimitConfig {
    pub max_sockets: usize,
    pub max_exchange_bytes: usize,
    pub max_blob_bytes: u64,
    pub joins_per_minute: NonZeroU32,
    pub sign_ins_per_minute: NonZeroU32,
    pub exchanges_per_second: NonZeroU32,
    pub drain: Duration,
}

impl LimitOptions {
    #[must_use]
    pub fn or(self, file: Self) -> Self {
        Self {
            max_sockets: self.max_sockets.or(file.max_sockets),
            max_exchange_mib: self.max_exchange_mib.or(file.max_exchange_mib),
            max_blob_mib: self.max_blob_mib.or(file.max_blob_mib),
            joins_per_minute: self.joins_per_minute.or(file.joins_per_minute),
            sign_ins_per_minute: self.sign_ins_per_minute.or(file.sign_ins_per_minute),
            exchanges_per_second: self.exchanges_per_second.or(file.exchanges_per_second),
            drain_seconds: self.drain_seconds.or(file.drain_seconds),
        }
    }

    #[must_use]
    pub fn resolve(self) -> LimitConfig {
        const JOINS: NonZeroU32 = NonZeroU32::new(120).expect("a hundred and twenty is not zero");
        const SIGN_INS: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");
        const EXCHANGES: NonZeroU32 = NonZeroU32::new(50).expect("fifty is not zero");
        LimitConfig {
            max_sockets: self.max_sockets.unwrap_or(20_000),
            max_exchange_bytes: self.max_exchange_mib.unwrap_or(4).saturating_mul(MIB),
            max_blob_bytes: self.max_blob_mib.unwrap_or(20).saturating_mul(MIB as u64),
            joins_per_minute: self.joins_per_minute.unwrap_or(JOINS),
            sign_ins_per_minute: self.sign_ins_per_minute.unwrap_or(SIGN_INS),
            exchanges_per_second: self.exchanges_per_second.unwrap_or(EXCHANGES),
            drain: Duration::from_secs(self.drain_seconds.unwrap_or(10)),
        }
    }
}
