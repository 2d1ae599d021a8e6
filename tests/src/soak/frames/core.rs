//! In this process: decoding, and what the core does with what can be decoded.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::{Result, anyhow, ensure};

use super::Heard;
use super::garble::{bomb, garbled};
use crate::dice::Dice;
use crate::simulator::Target;
use crate::soak::memory::Memory;

/// Stories whose frames are garbled.
const STORIES: u64 = 8;
/// One frame in so many inflates without bound, and the first.
const FRAMES_PER_BOMB: u64 = 5000;

pub(super) fn hear(dice: &Dice, count: u64) -> Result<Heard> {
    let mut targets = Vec::new();
    for seed in 0..STORIES {
        let target = Target::after(seed).map_err(|failed| anyhow!("{failed}"))?;
        ensure!(!target.frames.is_empty(), "nobody said anything");
        targets.push(target);
    }
    let bomb = bomb();
    let memory = Memory::watch("self")?;
    let mut heard = Heard::default();
    for number in 0..count {
        let place = dice.below(targets.len());
        let target = &mut targets[place];
        let frame = match number % FRAMES_PER_BOMB {
            0 => bomb.clone(),
            _ => {
                let frame = dice.pick(&target.frames).cloned().unwrap_or_default();
                garbled(&frame, &target.frames, dice)
            }
        };
        let resigned = dice.percent(50);
        let listened = catch_unwind(AssertUnwindSafe(|| target.hear(&frame, resigned)));
        let readable = listened.map_err(|_| anyhow!("frame {number} panics: {frame:02x?}"))?;
        heard.frames += 1;
        heard.readable += u64::from(readable);
    }
    heard.growth = memory.growth()?;
    Ok(heard)
}
