//! Where one Automerge chunk ends and the next begins: magic `85 6f 4a 83`, checksum (4), type
//! (1), length (LEB128), contents.

use crate::error::DocumentError;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chunk<'a> {
    /// A saved document.
    Document(&'a [u8]),
    /// One change, uncompressed. The compressed form is refused: it could inflate without bound.
    Change(&'a [u8]),
}

/// The chunks of `bytes`, in order.
pub(crate) fn split(mut bytes: &[u8]) -> Result<Vec<Chunk<'_>>, DocumentError> {
    let mut chunks = Vec::new();
    while !bytes.is_empty() {
        let length = length(bytes).ok_or(DocumentError::Malformed)?;
        let (chunk, rest) = bytes
            .split_at_checked(length)
            .ok_or(DocumentError::Malformed)?;
        chunks.push(match chunk[8] {
            0 => Chunk::Document(chunk),
            1 => Chunk::Change(chunk),
            _ => return Err(DocumentError::Malformed),
        });
        bytes = rest;
    }
    Ok(chunks)
}

/// The one change that `bytes` are.
pub(crate) fn change(bytes: &[u8]) -> Result<automerge::Change, DocumentError> {
    match split(bytes)?.as_slice() {
        [Chunk::Change(chunk)] => parse(chunk),
        _ => Err(DocumentError::Malformed),
    }
}

pub(crate) fn parse(chunk: &[u8]) -> Result<automerge::Change, DocumentError> {
    automerge::Change::from_bytes(chunk.to_vec()).map_err(|_| DocumentError::Malformed)
}

/// Of the chunk that `bytes` begin with, header included.
fn length(bytes: &[u8]) -> Option<usize> {
    if !bytes.starts_with(&MAGIC) || bytes.len() < 10 {
        return None;
    }
    let mut length = 0u64;
    for (place, byte) in bytes[9..].iter().take(9).enumerate() {
        length |= u64::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return usize::try_from(length).ok()?.checked_add(10 + place);
        }
    }
    None
}
