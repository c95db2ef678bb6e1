//! Many short texts looked for in one longer text.
//!
//! Of each text that is looked for, a few pieces of four bytes are put into one small table, as many as the steps in which
//! the longer text is walked: wherever the text stands, one of the pieces falls on a step. Nearly every step finds nothing
//! in the table; what it finds is then compared in full. The longer a text, the larger the steps. Most texts allow
//! for large ones; the few that are short share one walk in small ones.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use aho_corasick::packed;
use memchr::memmem::Finder;

use super::fast_hash::FastHash;
use super::rarity::{GRAM, Rarity};

/// The texts that are looked for, and what each of them means.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ngrams<M> {
    literals: Vec<Literal<M>>,
    levels: Vec<Level>,
    /// Texts that have a walk in small steps for themselves: another search is quicker for one text alone.
    lone: Vec<(Finder<'static>, u32)>,
    /// What the texts mean that are too short to be looked for; they may be anywhere.
    anywhere: Vec<M>,
    /// Finds out whether any text is there that is not too short.
    any: Option<packed::Searcher>,
}

#[derive(Debug, Clone)]
struct Literal<M> {
    text: Box<[u8]>,
    means: M,
}

/// The texts for which the longer text is walked in steps of one length.
#[derive(Debug, Clone)]
struct Level {
    step: usize,
    /// How many bytes a piece has, four at most.
    width: usize,
    /// Whether there may be a piece that is spread to this place. A power of two of places.
    marks: Box<[bool]>,
    shift: u32,
    /// By piece: the text, and where in it the piece is.
    pieces: HashMap<u32, Vec<(u32, u32)>, BuildHasherDefault<FastHash>>,
}

/// The shortest text that is looked for.
pub(crate) const SHORTEST: usize = 2;

/// Folding a shorter text, as the quick search wants it, costs more than that search spares.
const LONG_TEXT: usize = 512;

/// For more texts than this there is no quick search.
const FEW: usize = 64;

/// The shortest text of which there is a piece of four bytes on every fourth byte.
pub(crate) const LONG: usize = 7;

impl<M: Default> Ngrams<M> {
    /// What is looked for, folded, and what it means.
    pub(crate) fn new(texts: Vec<(Box<str>, M)>, rarity: &Rarity) -> Self {
        let mut grams = Self::default();
        for (text, means) in texts {
            match text.len() {
                0..SHORTEST => grams.anywhere.push(means),
                _ => grams.literals.push(Literal { text: text.into_boxed_bytes(), means }),
            }
        }
        for lengths in [LONG..=usize::MAX, 3..=LONG - 1, SHORTEST..=SHORTEST] {
            let numbered = (0..).zip(&grams.literals);
            let texts = numbered.filter(|(_, literal)| lengths.contains(&literal.text.len()));
            let texts: Vec<(u32, &[u8])> = texts.map(|(number, literal)| (number, &*literal.text)).collect();
            match texts[..] {
                [(number, text)] if text.len() < LONG => grams.lone.push((Finder::new(text).into_owned(), number)),
                _ => grams.levels.extend(Level::new(&texts, rarity)),
            }
        }
        grams
    }

    /// The same for texts that are long themselves: whether any of a few dozen is there at all is found out sooner.
    pub(crate) fn in_long_texts(self) -> Self {
        let few = (2..=FEW).contains(&self.literals.len());
        let long = self.literals.iter().all(|literal| literal.text.len() >= GRAM);
        let any = (few && long).then(|| packed::Searcher::new(self.literals.iter().map(|literal| &*literal.text)));
        Self { any: any.flatten(), ..self }
    }

    /// Whether a text of this length in any letter case need not be folded before it is searched, where it is ASCII.
    pub(crate) fn takes_either_case(&self, length: usize) -> bool {
        self.lone.is_empty() && self.any_in(length).is_none()
    }

    /// The quick search, where it is worth it for a text of this length.
    fn any_in(&self, length: usize) -> Option<&packed::Searcher> {
        self.any.as_ref().filter(|_| length >= LONG_TEXT)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.literals.is_empty() && self.anywhere.is_empty()
    }

    /// Calls `found` with what every text that is in `text` means, some perhaps several times. `text` is folded, or see
    /// [`Self::takes_either_case`].
    pub(crate) fn search(&self, text: &[u8], found: &mut impl FnMut(&M)) {
        self.anywhere.iter().for_each(&mut *found);
        if let Some(any) = self.any_in(text.len())
            && any.find(text).is_none()
        {
            return;
        }
        for (finder, literal) in &self.lone {
            if finder.find(text).is_some() {
                found(&self.literals[*literal as usize].means);
            }
        }
        for level in &self.levels {
            level.search(text, &mut |literal, at| {
                let Literal { text: wanted, means } = &self.literals[literal as usize];
                let there = text.get(at..at + wanted.len());
                if there.is_some_and(|there| there.eq_ignore_ascii_case(wanted)) {
                    found(means);
                }
            });
        }
    }
}

/// Spreads a piece over the table.
const SPREAD: u32 = 0x9E37_79B1;

/// Makes letters the same in either case; that a few other signs become the same too does not matter here.
const EITHER_CASE: u32 = 0x2020_2020;

impl Level {
    /// The level for some texts and their numbers; none where there are none.
    fn new(texts: &[(u32, &[u8])], rarity: &Rarity) -> Option<Self> {
        let shortest = texts.iter().map(|(_, text)| text.len()).min()?;
        let step = match shortest {
            LONG.. => 4,
            5.. => 2,
            _ => 1,
        };
        // At most one place in 32 is marked, so that few steps stop in vain; 64 thousand of them stay in a near cache.
        let places = (texts.len() * step * 32).next_power_of_two().clamp(1 << 9, 1 << 16);
        let mut level = Self {
            step,
            width: shortest.min(GRAM),
            marks: vec![false; places].into(),
            shift: 32 - places.trailing_zeros(),
            pieces: HashMap::default(),
        };
        for (number, text) in texts {
            let start = rarity.rarest(text, step).0;
            for offset in start..start + step {
                let piece = level.piece(&text[offset..]);
                let place = (piece.wrapping_mul(SPREAD) >> level.shift) as usize;
                level.marks[place] = true;
                let offset = u32::try_from(offset).expect("texts of rules are far shorter than that");
                level.pieces.entry(piece).or_default().push((*number, offset));
            }
        }
        Some(level)
    }

    /// The piece at the start of a text.
    fn piece(&self, text: &[u8]) -> u32 {
        (lowest(word(text)) | EITHER_CASE) & self.mask()
    }

    /// The bits of four bytes that make a piece.
    fn mask(&self) -> u32 {
        u32::MAX >> (8 * (GRAM - self.width))
    }

    /// Calls `found` with every text that may begin at a place of `text`.
    fn search(&self, text: &[u8], found: &mut impl FnMut(u32, usize)) {
        let mut from = 0;
        while let Some(at) = self.skim(text, from) {
            from = at + self.step;
            for (literal, offset) in self.pieces.get(&self.piece(&text[at..])).into_iter().flatten() {
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
        match self.step {
            4 => self.skim_by::<4>(text, from),
            2 => self.skim_by::<2>(text, from),
            _ => self.skim_by::<1>(text, from),
        }
    }

    /// The same for steps of one length, four steps at a time.
    fn skim_by<const STEP: usize>(&self, text: &[u8], from: usize) -> Option<usize> {
        let (marks, shift, mask) = (&*self.marks, self.shift, self.mask());
        let may_be = |piece: u32| marks[(((piece | EITHER_CASE) & mask).wrapping_mul(SPREAD) >> shift) as usize];
        let mut at = from;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let word = word(rest);
            let at_step = |step: usize| may_be(lowest(word >> (8 * STEP * step)));
            // All of them, whatever the first says: less to guess for the processor.
            if at_step(0) | at_step(1) | at_step(2) | at_step(3) {
                let found = (0..4).find(|step| at_step(*step)).map(|step| at + step * STEP);
                return found.filter(|found| *found < text.len());
            }
            at += 4 * STEP;
        }
        None
    }
}

/// The first sixteen bytes of a text as one number, the first one lowest.
fn word(text: &[u8]) -> u128 {
    let bytes = text.first_chunk().copied().unwrap_or_else(|| {
        let mut bytes = [0; 16];
        bytes[..text.len()].copy_from_slice(text);
        bytes
    });
    u128::from_le_bytes(bytes)
}

/// The lowest four bytes.
#[expect(clippy::cast_possible_truncation, reason = "the other bytes are to go")]
fn lowest(word: u128) -> u32 {
    word as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
            #[test]
            fn everything_that_is_there_is_found(
                texts in proptest::collection::vec("[ab\\\\é.]{1,9}", 1..20),
                line in "[abAB\\\\é.]{0,90}",
            ) {
                let mut rarity = Rarity::default();
                for text in &texts {
                    rarity.hear(text);
                }
                let numbered = texts.iter().zip(0..).map(|(text, number)| (text.clone().into(), number));
                let grams = Ngrams::new(numbered.collect(), &rarity);
                let as_it_is = line.is_ascii() && grams.takes_either_case(line.len());
                let line = if as_it_is { line } else { line.to_lowercase() };
                let mut found = vec![false; texts.len()];
                grams.search(line.as_bytes(), &mut |number: &usize| found[*number] = true);
                for (text, found) in texts.iter().zip(found) {
                    // What is too short to be looked for counts as found.
                    let short = text.len() < SHORTEST;
                    prop_assert_eq!(found, short || line.to_lowercase().contains(text), "{} in {}", text, line);
                }
            }

            #[test]
            fn in_a_long_text_too(texts in proptest::collection::vec("[ab\\\\é.]{4,7}", 2..70), part in "[abé\\\\.]{0,9}", at in 0..700_usize) {
                let numbered = texts.iter().zip(0..).map(|(text, number)| (text.clone().into(), number));
                let grams = Ngrams::new(numbered.collect(), &Rarity::default()).in_long_texts();
    prop_assert!(grams.any.is_none() || texts.len() <= FEW);
                let line = format!("{}{part}{}", "z".repeat(at), "z".repeat(700 - at));
                let mut found = vec![false; texts.len()];
                grams.search(line.as_bytes(), &mut |number: &usize| found[*number] = true);
                for (text, found) in texts.iter().zip(found) {
                    prop_assert_eq!(found, line.contains(text), "{} in {}", text, line);
                }
            }
        }
}
