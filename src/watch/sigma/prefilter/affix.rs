//! Many texts compared with the start or the end of one text.
//!
//! The eight bytes at the end, or as many as a wanted text has, are a number; a table knows the texts that end in it.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::fast_hash::{FastHash, mix};

/// Texts that are looked for at one end, and what each of them means.
#[derive(Debug, Clone, Default)]
pub(crate) struct Affixes<M> {
    start: bool,
    /// How many bytes the numbers are made of, from the fewest on.
    lengths: Vec<u32>,
    /// Which numbers there are, roughly: most texts are done with here.
    bits: Box<[u64]>,
    table: HashMap<u64, Vec<Wanted<M>>, BuildHasherDefault<FastHash>>,
}

#[derive(Debug, Clone)]
struct Wanted<M> {
    text: Box<str>,
    /// Whether there must be nothing else.
    whole: bool,
    means: M,
}

const WORD: usize = 8;

impl<M: Default> Affixes<M> {
    /// What is looked for at the start, or else at the end: a folded text that is not empty, whether it must be all
    /// there is, and what it means.
    pub(crate) fn new(start: bool, texts: Vec<(Box<str>, bool, M)>) -> Self {
        let bits = (texts.len() * 16).next_power_of_two().clamp(1 << 6, 1 << 15);
        let mut ends = Self { start, bits: vec![0; bits / 64].into(), ..Self::default() };
        for (text, whole, means) in texts {
            let length = u32::try_from(text.len().min(WORD)).expect("eight is a small number");
            if !ends.lengths.contains(&length) {
                ends.lengths.push(length);
            }
            let key = key(ends.word(text.as_bytes()), length);
            let bit = ends.bit(key);
            ends.bits[bit / 64] |= 1 << (bit % 64);
            ends.table.entry(key).or_default().push(Wanted { text, whole, means });
        }
        ends.lengths.sort_unstable();
        ends
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The bytes at the end, the outermost one highest.
    fn word(&self, text: &[u8]) -> u64 {
        if self.start {
            if let Some(head) = text.first_chunk::<WORD>() {
                return u64::from_be_bytes(*head);
            }
            text.iter().rev().fold(0, |word, byte| word >> 8 | u64::from(*byte) << 56)
        } else {
            if let Some(tail) = text.last_chunk::<WORD>() {
                return u64::from_le_bytes(*tail);
            }
            text.iter().fold(0, |word, byte| word >> 8 | u64::from(*byte) << 56)
        }
    }

    /// As many of the upper bits as there are places.
    fn bit(&self, key: u64) -> usize {
        (mix(key) >> 40) as usize & (self.bits.len() * 64 - 1)
    }

    /// Calls `found` with what every text at the end of `text` means.
    pub(crate) fn search(&self, text: &str, found: &mut impl FnMut(&M)) {
        let word = self.word(text.as_bytes());
        for length in &self.lengths {
            if *length as usize > text.len() {
                return;
            }
            let key = key(word, *length);
            let bit = self.bit(key);
            if self.bits[bit / 64] >> (bit % 64) & 1 == 0 {
                continue;
            }
            for wanted in self.table.get(&key).into_iter().flatten() {
                let fits = if wanted.whole {
                    *text == *wanted.text
                } else if self.start {
                    text.starts_with(&*wanted.text)
                } else {
                    text.ends_with(&*wanted.text)
                };
                if fits {
                    found(&wanted.means);
                }
            }
        }
    }
}

/// The outermost `length` bytes as a number that no other length gives.
fn key(word: u64, length: u32) -> u64 {
    (word >> (64 - 8 * length)) ^ u64::from(length).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn everything_at_an_end_is_found(
            texts in proptest::collection::vec(("[abé]{1,11}", any::<bool>()), 1..20),
            line in "[abé]{0,14}",
            start in any::<bool>(),
        ) {
            let wanted = texts.iter().zip(0..).map(|((text, whole), number)| (text.clone().into(), *whole, number));
            let ends = Affixes::new(start, wanted.collect());
            let mut found = vec![false; texts.len()];
            ends.search(&line, &mut |number: &usize| found[*number] = true);
            for ((text, whole), found) in texts.iter().zip(found) {
                let at_end = if start { line.starts_with(text) } else { line.ends_with(text) };
                prop_assert_eq!(found, if *whole { line == *text } else { at_end }, "{} {}", text, line);
            }
        }
    }
}
