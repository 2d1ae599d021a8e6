//! Bytes, made worse.

use crate::dice::Dice;

const INJURIES_MAX: usize = 4;

/// One of them at `place`, perhaps with a piece of `other`.
pub(crate) fn injure(bytes: &mut Vec<u8>, place: usize, other: &[u8], dice: &Dice) {
    let place = place.min(bytes.len());
    match dice.below(8) {
        0 => {
            if let Some(byte) = bytes.get_mut(place) {
                *byte ^= 1 << dice.below(8);
            }
        }
        1 => {
            if let Some(byte) = bytes.get_mut(place) {
                *byte = dice.bytes::<1>()[0];
            }
        }
        2 => bytes.truncate(place),
        3 => {
            bytes.splice(place..place, dice.bytes::<7>());
        }
        // A length as long as lengths can be.
        4 => {
            let end = bytes.len().min(place + 10);
            let huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
            bytes.splice(place..end, huge);
        }
        5 => {
            let end = (place + dice.below(64)).min(bytes.len());
            bytes.drain(place..end);
        }
        6 => {
            let end = (place + dice.below(64)).min(bytes.len());
            let twice = bytes.get(place..end).unwrap_or_default().to_vec();
            bytes.splice(place..place, twice);
        }
        _ => {
            bytes.truncate(place);
            bytes.extend_from_slice(other.get(place..).unwrap_or_default());
        }
    }
}

/// `bytes` with a few injuries, the same ones for the same `seed`.
#[must_use]
pub fn injured(bytes: &[u8], other: &[u8], seed: u64) -> Vec<u8> {
    let dice = Dice::new(seed);
    let mut worse = bytes.to_vec();
    for _ in 0..=dice.below(INJURIES_MAX) {
        let place = dice.below(worse.len().max(1));
        injure(&mut worse, place, other, &dice);
    }
    worse
}
