//! Chance that can be repeated: the same seed, the same draws.

use std::cell::Cell;

/// A small generator of random numbers (xorshift64*).
pub(crate) struct Draw(Cell<u64>);

impl Draw {
    pub(crate) fn new(seed: u64) -> Self {
        // Neighbouring seeds must not begin alike, and nothing must never be the state.
        Self(Cell::new(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1))
    }

    fn next(&self) -> u64 {
        let mut state = self.0.get();
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        self.0.set(state);
        state.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `end`.
    pub(crate) fn below(&self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).expect("31 bits fit") % end
    }

    /// Whether something that happens so many times in a hundred happens.
    pub(crate) fn percent(&self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of several.
    pub(crate) fn one<T: Clone>(&self, several: &[T]) -> T {
        several[self.below(several.len())].clone()
    }

    /// A number from `low` to `high`.
    pub(crate) fn between(&self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low).expect("from low to high") + 1;
        low + i64::try_from(self.below(span)).expect("a small number")
    }
}
