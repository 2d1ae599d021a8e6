//! Messages through a pipe: four bytes of length, then postcard.

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Above what any request or report can weigh: a page of the log and the documents it is about.
pub(super) const MESSAGE_MAX: usize = 64 << 20;

pub(super) fn encoded<T: Serialize + ?Sized>(message: &T) -> io::Result<Vec<u8>> {
    let mut bytes = postcard::to_extend(message, vec![0; 4]).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len() - 4).map_err(io::Error::other)?;
    bytes[..4].copy_from_slice(&length.to_be_bytes());
    Ok(bytes)
}

pub(super) fn length(header: [u8; 4]) -> io::Result<usize> {
    let length = u32::from_be_bytes(header) as usize;
    if length > MESSAGE_MAX {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(length)
}

pub(super) fn decoded<T: DeserializeOwned>(body: &[u8]) -> io::Result<T> {
    postcard::from_bytes(body).map_err(io::Error::other)
}
