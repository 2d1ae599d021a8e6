//! Frames, made worse.

use std::io::Write;

use caravan_sync::codec::PROTOCOL_VERSION;
use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::dice::Dice;
use crate::injury::injure;

/// At most so many injuries to one frame.
const INJURIES_MAX: usize = 4;
/// How a change begins (Automerge binary format), and about how far its header goes, in bytes.
const CHANGE: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const HEADER: usize = 80;
/// What the body of a frame that inflates without bound inflates to, in bytes.
const BOMB: usize = 256 << 20;

/// The frame as it would travel, injured on the outside or on the inside of its deflated body.
pub(super) fn garbled(frame: &[u8], others: &[Vec<u8>], dice: &Dice) -> Vec<u8> {
    let mut bytes = match dice.percent(60) {
        true => opened(frame),
        false => frame.to_vec(),
    };
    for _ in 0..=dice.below(INJURIES_MAX) {
        let place = place(&bytes, dice);
        let other = dice.pick(others).map_or(&[][..], Vec::as_slice);
        injure(&mut bytes, place, other, dice);
    }
    if dice.percent(20) {
        bytes = deflated(bytes.get(2..).unwrap_or_default());
    }
    bytes
}

/// The same frame with its body as it is.
fn opened(frame: &[u8]) -> Vec<u8> {
    match frame {
        [version, 1, deflated @ ..] => {
            let mut body = vec![*version, 0];
            let mut reader = flate2::read::DeflateDecoder::new(deflated);
            match std::io::copy(&mut reader, &mut body) {
                Ok(_) => body,
                Err(_) => frame.to_vec(),
            }
        }
        plain => plain.to_vec(),
    }
}

fn deflated(body: &[u8]) -> Vec<u8> {
    let begun = vec![PROTOCOL_VERSION, 1];
    let mut deflater = DeflateEncoder::new(begun, Compression::fast());
    let written = deflater.write_all(body).and_then(|()| deflater.finish());
    written.expect("a vector takes any number of bytes")
}

/// Small outside, large inside.
pub(super) fn bomb() -> Vec<u8> {
    deflated(&vec![0; BOMB])
}

/// Anywhere, and more often than chance would where a change begins: that is what the relay reads.
fn place(bytes: &[u8], dice: &Dice) -> usize {
    let anywhere = dice.below(bytes.len());
    let begins = |rest: &[u8]| rest.starts_with(&CHANGE);
    let later = (anywhere..bytes.len()).find(|place| begins(&bytes[*place..]));
    match later.filter(|_| dice.percent(30)) {
        Some(change) => (change + dice.below(HEADER)).min(bytes.len() - 1),
        None => anywhere,
    }
}
