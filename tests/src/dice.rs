//! Everything that is left to chance.

use std::cell::RefCell;
use std::rc::Rc;

/// Clones draw from the same sequence.
#[derive(Debug, Clone)]
pub(crate) struct Dice(Rc<RefCell<fastrand::Rng>>);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Rc::new(RefCell::new(fastrand::Rng::with_seed(seed))))
    }

    /// 0 to `n` - 1; 0 when there is nothing to choose from.
    pub(crate) fn below(&self, n: usize) -> usize {
        match n {
            0 => 0,
            n => self.0.borrow_mut().usize(..n),
        }
    }

    /// Either end may come.
    pub(crate) fn between(&self, least: i64, most: i64) -> i64 {
        self.0.borrow_mut().i64(least..=most)
    }

    /// For dice of its own.
    pub(crate) fn seed(&self) -> u64 {
        self.0.borrow_mut().u64(..)
    }

    /// From 0 to 1.
    pub(crate) fn part(&self) -> f64 {
        self.0.borrow_mut().f64()
    }

    pub(crate) fn percent(&self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub(crate) fn pick<'a, T>(&self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// One of a list that is never empty.
    pub(crate) fn any<T: Copy>(&self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.borrow_mut().fill(&mut bytes);
        bytes
    }
}
