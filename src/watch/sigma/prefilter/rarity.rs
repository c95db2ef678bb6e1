//! How rare a text is likely to be in logs, learnt from the rules themselves: what many rules speak of, logs do too.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher as _};

use super::fast_hash::FastHash;
use crate::watch::sigma::view::text::Shape;

/// What a value that is merely there costs: it nearly always is.
pub(crate) const PRESENT: u32 = 3_000;

/// A piece of text as a number.
pub(crate) fn packed(gram: &[u8]) -> u32 {
    u32::from_le_bytes(gram.try_into().expect("pieces are four bytes long"))
}

/// A text as a number. Two that share one are both taken for a little more common than they are.
fn whole(text: &str) -> u64 {
    let mut mix = FastHash::default();
    mix.write(text.as_bytes());
    mix.finish()
}

/// How common a piece of text is likely to be in logs: what many rules speak of, logs do too.
#[derive(Debug, Default)]
pub(crate) struct Rarity {
    grams: HashMap<u32, u32, BuildHasherDefault<FastHash>>,
    /// How often each text is named as a whole.
    texts: HashMap<u64, u32, BuildHasherDefault<FastHash>>,
}

/// Pieces of text as long as this are looked for.
pub(crate) const GRAM: usize = 4;

impl Rarity {
    /// Takes in one text that a rule speaks of.
    pub(crate) fn hear(&mut self, text: &str) {
        *self.texts.entry(whole(text)).or_default() += 1;
        for gram in text.as_bytes().windows(GRAM) {
            *self.grams.entry(packed(gram)).or_default() += 1;
        }
    }

    /// How often a text is named as a whole.
    fn named(&self, text: &str) -> u32 {
        self.texts.get(&whole(text)).copied().unwrap_or(0)
    }

    /// What it costs to look for a number: events have few kinds, and numbers say which.
    pub(crate) fn cost_of_number(&self, written: &str) -> u32 {
        150 + self.named(written).min(50) * 8
    }

    /// How common the pieces of `text` are that begin at `start`, `start + 1` … so many of them.
    pub(crate) fn weight(&self, text: &[u8], start: usize, pieces: usize) -> u32 {
        let grams = text[start..].windows(GRAM).take(pieces);
        grams.map(|gram| self.grams.get(&packed(gram)).copied().unwrap_or(0)).sum()
    }

    /// Where in `text` the rarest so many pieces in a row begin.
    pub(crate) fn rarest(&self, text: &[u8], pieces: usize) -> (usize, u32) {
        let starts = 0..=text.len().saturating_sub(GRAM - 1 + pieces);
        let weighed = starts.map(|start| (start, self.weight(text, start, pieces)));
        weighed.min_by_key(|(_, weight)| *weight).unwrap_or((0, 0))
    }

    /// What it costs to look for `text`.
    pub(crate) fn cost(&self, text: &str, shape: Shape) -> u32 {
        let bytes = text.as_bytes();
        let common = |pieces| self.rarest(bytes, pieces).1.min(1_000);
        match (shape, bytes.len()) {
            (Shape::Whole, 0) => 200,
            // One of two.
            (Shape::Whole, _) if matches!(text, "true" | "false") => PRESENT / 2,
            (Shape::Whole, 1..GRAM) => 50 + 8 * self.named(text).min(50),
            (_, 0) => PRESENT,
            (Shape::Start | Shape::End, length @ 1..GRAM) => 1_000 / (u32::try_from(length).unwrap_or(1) * 4),
            (Shape::Whole | Shape::Start | Shape::End, _) => 5 + common(1) / 2 + 8 * self.named(text).min(50),
            (Shape::Anywhere, 1) => PRESENT - 500,
            (Shape::Anywhere, 2) => PRESENT / 2,
            (Shape::Anywhere, 3) => 900,
            (Shape::Anywhere, 4..7) => 120 + common(1),
            (Shape::Anywhere, _) => 8 + common(4) / 4,
        }
    }
}
