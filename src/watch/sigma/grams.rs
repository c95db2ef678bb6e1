//! Many short texts looked for in one longer text.
//!
//! Of each text that is looked for, a few pieces of four bytes are put into one small set of bits, as many as the steps in
//! which the longer text is walked: wherever the text stands, one of the pieces falls on a step. Nearly every step finds
//! nothing in the set; what it finds is then compared in full. The longer a text, the larger the steps.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::mix::Mix;
use super::witness::{GRAM, Prior, packed};

/// The texts that are looked for, and what each of them means.
#[derive(Debug, Default)]
pub(super) struct Grams {
    literals: Vec<Literal>,
    levels: Vec<Level>,
    /// Texts of three bytes, by these.
    threes: HashMap<[u8; 3], Vec<u32>, BuildHasherDefault<Mix>>,
    /// What the texts mean that are too short to be looked for; they may be anywhere.
    anywhere: Vec<u32>,
    /// The same for texts that are not ASCII, which nothing that is can hold.
    foreign: Vec<u32>,
}

#[derive(Debug)]
struct Literal {
    text: Box<[u8]>,
    means: Vec<u32>,
}

/// The texts for which the longer text is walked in steps of one length.
#[derive(Debug)]
struct Level {
    step: usize,
    /// A power of two of bits.
    bits: Box<[u64]>,
    shift: u32,
    /// By piece: the text, and where in it the piece is.
    pieces: HashMap<u32, Vec<(u32, u32)>, BuildHasherDefault<Mix>>,
}

/// The lengths of steps, and the shortest text for each.
const STEPS: [(usize, usize); 3] = [(4, 7), (2, 5), (1, 4)];

impl Grams {
    /// What is looked for, folded, and what it means.
    pub(super) fn new(texts: Vec<(Box<str>, Vec<u32>)>, prior: &Prior) -> Self {
        let mut grams = Self::default();
        let mut levels: Vec<Vec<(u32, usize)>> = vec![Vec::new(); STEPS.len()];
        for (text, means) in texts {
            let text: Box<[u8]> = text.into_boxed_bytes();
            match text.len() {
                0..3 if !text.is_ascii() => grams.foreign.extend(means),
                0..3 => grams.anywhere.extend(means),
                3 => {
                    let three: [u8; 3] = text[..].try_into().expect("its length was just looked at");
                    grams.threes.entry(three).or_default().extend(means);
                }
                length => {
                    let level =
                        STEPS.iter().position(|(_, least)| length >= *least).expect("four is enough for steps of one");
                    let number = u32::try_from(grams.literals.len()).expect("rules hold fewer texts than that");
                    levels[level].push((number, prior.rarest(&text, STEPS[level].0).0));
                    grams.literals.push(Literal { text, means });
                }
            }
        }
        for ((step, _), texts) in STEPS.into_iter().zip(levels) {
            if !texts.is_empty() {
                grams.levels.push(Level::new(step, &texts, &grams.literals));
            }
        }
        grams
    }

    pub(super) fn is_empty(&self) -> bool {
        self.literals.is_empty() && self.threes.is_empty() && self.anywhere.is_empty() && self.foreign.is_empty()
    }

    /// Calls `found` with what every text that is in `text` means, some perhaps several times.
    pub(super) fn search(&self, text: &[u8], found: &mut impl FnMut(&[u32])) {
        if !self.anywhere.is_empty() {
            found(&self.anywhere);
        }
        if !self.foreign.is_empty() && !text.is_ascii() {
            found(&self.foreign);
        }
        for level in &self.levels {
            level.search(text, &mut |literal, at| {
                let Literal { text: wanted, means } = &self.literals[literal as usize];
                if text[at..].starts_with(wanted) {
                    found(means);
                }
            });
        }
        if !self.threes.is_empty() {
            for three in text.windows(3) {
                let three: &[u8; 3] = three.try_into().expect("windows are as long as was asked");
                if let Some(means) = self.threes.get(three) {
                    found(means);
                }
            }
        }
    }
}

/// Spreads a piece over the set of bits.
const SPREAD: u32 = 0x9E37_79B1;

impl Level {
    fn new(step: usize, texts: &[(u32, usize)], literals: &[Literal]) -> Self {
        // At most one in sixteen bits is set, so that few steps stop in vain; 64 thousand bits stay in the nearest cache.
        let bits = (texts.len() * step * 16).next_power_of_two().clamp(1 << 9, 1 << 16);
        let mut level = Self {
            step,
            bits: vec![0; bits / 64].into(),
            shift: 32 - bits.trailing_zeros(),
            pieces: HashMap::default(),
        };
        for (number, start) in texts {
            let text = &literals[*number as usize].text;
            for offset in *start..start + step {
                let piece = packed(&text[offset..offset + GRAM]);
                let bit = level.bit(piece);
                level.bits[bit / 64] |= 1 << (bit % 64);
                let offset = u32::try_from(offset).expect("texts of rules are far shorter than that");
                level.pieces.entry(piece).or_default().push((*number, offset));
            }
        }
        level
    }

    fn bit(&self, piece: u32) -> usize {
        (piece.wrapping_mul(SPREAD) >> self.shift) as usize
    }

    /// Calls `found` with every text that may begin at a place of `text`.
    fn search(&self, text: &[u8], found: &mut impl FnMut(u32, usize)) {
        let mut from = 0;
        while let Some(at) = self.skim(text, from) {
            from = at + self.step;
            for (literal, offset) in self.pieces.get(&packed(&text[at..at + GRAM])).into_iter().flatten() {
                if let Some(start) = at.checked_sub(*offset as usize) {
                    found(*literal, start);
                }
            }
        }
    }

    /// The first step from `from` on whose piece may be one of those that are looked for. Most of the time goes by here:
    /// on its own, so that nothing else is carried through the loop.
    #[inline(never)]
    fn skim(&self, text: &[u8], from: usize) -> Option<usize> {
        let (bits, shift, mask) = (&*self.bits, self.shift, self.bits.len() - 1);
        let may_be = |piece: &[u8]| {
            let bit = (packed(piece).wrapping_mul(SPREAD) >> shift) as usize;
            bits[(bit / 64) & mask] >> (bit % 64) & 1 == 1
        };
        let rest = text.get(from..)?;
        let steps = match self.step {
            4 => rest.chunks_exact(GRAM).position(may_be),
            2 => rest.windows(GRAM).step_by(2).position(may_be),
            _ => rest.windows(GRAM).position(may_be),
        };
        steps.map(|steps| from + steps * self.step)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn everything_that_is_there_is_found(
            texts in proptest::collection::vec("[ab\\\\é.]{1,9}", 1..20),
            line in "[ab\\\\é.]{0,60}",
        ) {
            let mut prior = Prior::default();
            for text in &texts {
                prior.hear(text);
            }
            let numbered = texts.iter().zip(0..).map(|(text, number)| (text.clone().into(), vec![number]));
            let grams = Grams::new(numbered.collect(), &prior);
            let mut found = vec![false; texts.len()];
            grams.search(line.as_bytes(), &mut |means| means.iter().for_each(|number| found[*number as usize] = true));
            for (text, found) in texts.iter().zip(found) {
                // What is too short to be looked for counts as found.
                let short = text.len() < 3 && (text.is_ascii() || !line.is_ascii());
                prop_assert_eq!(found, short || line.contains(text), "{} in {}", text, line);
            }
        }
    }
}
