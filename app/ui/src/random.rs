//! Randomness of the browser, for ids and tokens that are made before the engine hears of them.

use caravan_domain::{id::Id, time::Instant};
use leptos::{prelude::window, web_sys};

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the browser gives no randomness")]
pub(crate) struct NoRandomness;

/// # Errors
/// Where there is no WebCrypto, in which case the engine has refused to start.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    window()
        .crypto()
        .and_then(|crypto: web_sys::Crypto| crypto.get_random_values_with_u8_array(&mut bytes))
        .map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// # Errors
/// As [`bytes`].
pub(crate) fn mint(now: Instant) -> Result<Id, NoRandomness> {
    Ok(Id::mint(now, bytes()?))
}
