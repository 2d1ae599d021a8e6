//! One change, made worse, with its length and checksum mended: from the outside it is sound.

use anyhow::{Context, Result};
use caravan_documents::Document;
use caravan_domain::edit::Edit;
use caravan_domain::id::DeviceId;
use caravan_domain::value::Value;
use sha2::{Digest, Sha256};

use crate::dice::Dice;
use crate::injury::injure;
use crate::native::now;

/// How every chunk begins, and what says that it is an uncompressed change (Automerge binary format).
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHANGE: u8 = 1;
/// One dependency and the actor, with their counts: the relay reads these itself.
const HEADER: usize = 1 + 32 + 1 + 16 + 2;
const INJURIES_MAX: usize = 2;

/// A change by `device` on top of `document`, injured, perhaps with a piece of another's.
pub(super) fn mutant(
    document: &Document,
    device: DeviceId,
    others: &[Document],
    dice: &Dice,
) -> Result<Vec<u8>> {
    let mut contents = contents(&written(document, device, dice)?)?;
    let other = dice.pick(others).unwrap_or(document);
    let other = self::contents(&written(other, device, dice)?)?;
    for _ in 0..=dice.below(INJURIES_MAX) {
        let first = if dice.percent(85) { HEADER } else { 0 };
        let place = first + dice.below(contents.len().saturating_sub(first).max(1));
        // Most greater injuries show from the outside; a single bit seldom does.
        match contents.get_mut(place).filter(|_| dice.percent(60)) {
            Some(byte) => *byte ^= 1 << dice.below(8),
            None => injure(&mut contents, place, &other, dice),
        }
    }
    Ok(sealed(&contents))
}

fn written(document: &Document, device: DeviceId, dice: &Dice) -> Result<Vec<u8>> {
    let id = document.id();
    let word = format!("{:02x?}", dice.bytes::<4>());
    let edit = match dice.below(5) {
        0 => Edit::put(id, &["profile", "name"], word),
        1 => Edit::put(id, &["profile", "note"], Value::Prose(word)),
        2 => Edit::delete(id, &["contacts", "0"]),
        3 => Edit::put(id, &["contacts", "0", "phones"], word),
        _ => Edit::put(id, &["tags", &word], true),
    };
    let change = document.clone().commit(device, now(), &[edit])?;
    Ok(change.context("the edit changes something")?.bytes)
}

/// What stands behind magic, checksum, type and length.
fn contents(chunk: &[u8]) -> Result<Vec<u8>> {
    let length = chunk
        .get(9..)
        .and_then(|rest| rest.iter().position(|byte| byte & 0x80 == 0));
    let contents = length.and_then(|length| chunk.get(9 + length + 1..));
    Ok(contents.context("a change has a length")?.to_vec())
}

pub(super) fn sealed(contents: &[u8]) -> Vec<u8> {
    let mut body = vec![CHANGE];
    leb128(&mut body, contents.len() as u64);
    body.extend(contents);
    let digest = Sha256::digest(&body);
    [&MAGIC, &digest[..4], &body].concat()
}

pub(super) fn leb128(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] & 0x7f | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}
