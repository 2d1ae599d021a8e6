//! Bytes on the wire: a version, a flag, and a postcard body, deflated when that is shorter.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::frame::FRAME_MAX;

/// The first byte of every frame. A reader refuses those it does not know.
pub const PROTOCOL_VERSION: u8 = 1;

const PLAIN: u8 = 0;
const DEFLATED: u8 = 1;
/// Deflating less than this never pays, in bytes.
const WORTH_DEFLATING: usize = 128;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    #[error("the frame is of an unknown version of the protocol")]
    UnknownVersion,
    #[error("the frame is larger than allowed")]
    TooLarge,
    #[error("the frame cannot be read")]
    Malformed,
}

/// # Errors
/// `TooLarge` when the body exceeds [`FRAME_MAX`].
pub fn encode<T: Serialize>(frame: &T) -> Result<Vec<u8>, CodecError> {
    let body = postcard::to_allocvec(frame).map_err(|_| CodecError::Malformed)?;
    if body.len() > FRAME_MAX {
        return Err(CodecError::TooLarge);
    }
    if body.len() >= WORTH_DEFLATING {
        let mut deflater =
            DeflateEncoder::new(vec![PROTOCOL_VERSION, DEFLATED], Compression::best());
        let deflated = deflater.write_all(&body).and_then(|()| deflater.finish());
        if let Ok(deflated) = deflated
            && deflated.len() < body.len() + 2
        {
            return Ok(deflated);
        }
    }
    let mut bytes = vec![PROTOCOL_VERSION, PLAIN];
    bytes.extend(body);
    Ok(bytes)
}

/// Never inflates more than [`FRAME_MAX`] bytes, whatever the input claims.
///
/// # Errors
/// Why the bytes are not a frame of this type.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, CodecError> {
    if bytes.len() > FRAME_MAX + 2 {
        return Err(CodecError::TooLarge);
    }
    match bytes {
        [PROTOCOL_VERSION, PLAIN, body @ ..] => read(body),
        [PROTOCOL_VERSION, DEFLATED, deflated @ ..] => read(&inflate(deflated)?),
        [PROTOCOL_VERSION, ..] | [] => Err(CodecError::Malformed),
        _ => Err(CodecError::UnknownVersion),
    }
}

fn inflate(deflated: &[u8]) -> Result<Vec<u8>, CodecError> {
    let mut body = Vec::new();
    DeflateDecoder::new(deflated)
        .take(FRAME_MAX as u64 + 1)
        .read_to_end(&mut body)
        .map_err(|_| CodecError::Malformed)?;
    if body.len() > FRAME_MAX {
        return Err(CodecError::TooLarge);
    }
    Ok(body)
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, CodecError> {
    match postcard::take_from_bytes(body) {
        Ok((frame, [])) => Ok(frame),
        _ => Err(CodecError::Malformed),
    }
}
