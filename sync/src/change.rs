//! The outside of an Automerge change chunk: enough to name it and to bind its actor, read
//! without decompressing or allocating. What is inside is the `documents` crate's affair.
//!
//! Layout (Automerge binary format): magic `85 6f 4a 83`, checksum (4), type (1), length (LEB128),
//! then the contents; those of a change begin with its dependencies (count, 32 bytes each) and
//! its actor (length, bytes), sequence and first operation (LEB128 each).

use caravan_domain::id::{DeviceId, Id};
use sha2::{Digest, Sha256};

use crate::envelope::Hash;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// An uncompressed change. The compressed form (2) is refused: it could inflate without bound.
const CHANGE: u8 = 1;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an uncompressed Automerge change")]
pub struct NotAChange;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeHeader {
    pub hash: Hash,
    pub dependencies: Vec<Hash>,
    pub actor: DeviceId,
    /// The actor's count of changes in this document, from 1.
    pub sequence: u64,
}

/// SHA-256 from the type byte on: the hash by which Automerge knows the change.
///
/// # Errors
/// When `chunk` is not one whole uncompressed change with the right checksum.
pub fn hash(chunk: &[u8]) -> Result<Hash, NotAChange> {
    if chunk.len() < 10 || chunk[..4] != MAGIC || chunk[8] != CHANGE {
        return Err(NotAChange);
    }
    let mut rest = &chunk[9..];
    let length = leb128(&mut rest)?;
    if usize::try_from(length) != Ok(rest.len()) {
        return Err(NotAChange);
    }
    let digest: [u8; 32] = Sha256::digest(&chunk[8..]).into();
    if digest[..4] != chunk[4..8] {
        return Err(NotAChange);
    }
    Ok(Hash(digest))
}

/// # Errors
/// As [`hash`], and when the actor is not 16 bytes long.
pub fn header(chunk: &[u8]) -> Result<ChangeHeader, NotAChange> {
    Ok(read(chunk)?.0)
}

/// What stands behind the header: from the time on.
pub(crate) fn after_header(chunk: &[u8]) -> Result<&[u8], NotAChange> {
    let (_, mut rest) = read(chunk)?;
    // The first operation's number.
    leb128(&mut rest)?;
    Ok(rest)
}

/// Changes that lie one after the other, each as a whole chunk.
///
/// # Errors
/// When anything else lies between them.
pub fn split(mut chunks: &[u8]) -> Result<Vec<&[u8]>, NotAChange> {
    let mut changes = Vec::new();
    while !chunks.is_empty() {
        let mut contents = chunks.get(9..).ok_or(NotAChange)?;
        let length = usize::try_from(leb128(&mut contents)?).map_err(|_| NotAChange)?;
        if length > contents.len() {
            return Err(NotAChange);
        }
        let (change, rest) = chunks.split_at(chunks.len() - contents.len() + length);
        changes.push(change);
        chunks = rest;
    }
    Ok(changes)
}

fn read(chunk: &[u8]) -> Result<(ChangeHeader, &[u8]), NotAChange> {
    let hash = hash(chunk)?;
    let mut rest = &chunk[9..];
    leb128(&mut rest)?;
    let count = usize::try_from(leb128(&mut rest)?).map_err(|_| NotAChange)?;
    if count > rest.len() / 32 {
        return Err(NotAChange);
    }
    let mut dependencies = Vec::with_capacity(count);
    for _ in 0..count {
        dependencies.push(Hash(take::<32>(&mut rest)?));
    }
    if leb128(&mut rest)? != 16 {
        return Err(NotAChange);
    }
    let header = ChangeHeader {
        hash,
        dependencies,
        actor: DeviceId(Id::from_bytes(take::<16>(&mut rest)?)),
        sequence: leb128(&mut rest)?,
    };
    Ok((header, rest))
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], NotAChange> {
    let (taken, left) = rest.split_first_chunk::<N>().ok_or(NotAChange)?;
    *rest = left;
    Ok(*taken)
}

pub(crate) fn leb128(rest: &mut &[u8]) -> Result<u64, NotAChange> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let (byte, left) = rest.split_first().ok_or(NotAChange)?;
        *rest = left;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(NotAChange)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_refused_or_read(tail: Vec<u8>) {
            let mut chunk = MAGIC.to_vec();
            chunk.extend(tail);
            let _ = header(&chunk);
            let _ = split(&chunk);
        }
    }
}
