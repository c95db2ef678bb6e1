//! Text patterns, ready to be compared.
//!
//! A pattern is cut at its `*` into segments. The first and the last are tied to the ends of the text unless a `*`
//! stands there, the others are looked for from left to right, which needs no backtracking. Where letter case does not
//! count, the folded text is looked at, once folded for all patterns, and segments without `?` are compared as bytes.

use memchr::memmem::Finder;

use super::template::{Piece, Template};
use crate::watch::sigma::prefilter::needle::{Need, Sign, Spot};
use crate::watch::sigma::prefilter::rarity::{PRESENT, Rarity};
use crate::watch::sigma::view::text::{Shape, fold, folded};

/// A pattern ready to be compared.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    segments: Box<[Segment]>,
    open_start: bool,
    open_end: bool,
    cased: bool,
}

impl Pattern {
    pub(crate) fn new(template: &Template, shape: Shape, cased: bool) -> Self {
        let pieces = &template.0;
        let parts = pieces.split(|piece| *piece == Piece::Many).filter(|part| !part.is_empty());
        let open_start = matches!(shape, Shape::End | Shape::Anywhere) || pieces.first() == Some(&Piece::Many);
        let open_end = matches!(shape, Shape::Start | Shape::Anywhere) || pieces.last() == Some(&Piece::Many);
        let mut segments: Vec<Segment> = parts.map(|part| Segment::new(part, cased)).collect();
        let tied = (usize::from(!open_start), segments.len().saturating_sub(usize::from(!open_end)));
        for segment in segments.get_mut(tied.0..tied.1).unwrap_or_default() {
            let plain = std::mem::replace(segment, Segment::Pieces(Box::default()));
            *segment = plain.searched();
        }
        Self { segments: segments.into(), open_start, open_end, cased }
    }

    /// Whether the pattern fits a text, given as it is and with every letter folded.
    pub(crate) fn matches(&self, plain: &str, folded: &str) -> bool {
        let mut segments = &*self.segments;
        let mut rest = if self.cased { plain } else { folded };
        if !self.open_start
            && let Some((first, others)) = segments.split_first()
        {
            let Some(behind) = first.strip_start(rest) else { return false };
            (rest, segments) = (behind, others);
        }
        if !self.open_end {
            let Some((last, others)) = segments.split_last() else {
                // Nothing is left to compare: either all of the text is used up, or a `*` before takes the rest.
                return rest.is_empty() || (self.open_start && self.segments.is_empty());
            };
            let Some(before) = last.strip_end(rest) else { return false };
            (rest, segments) = (before, others);
        }
        for segment in segments {
            let Some(behind) = segment.find(rest) else { return false };
            rest = behind;
        }
        true
    }
}

impl Pattern {
    /// The folded text that it looks for, and where, where it is but one text in any letter case.
    pub(crate) fn plain(&self) -> Option<(&str, Shape)> {
        match &*self.segments {
            [Segment::Text(text, _)] if !self.cased => Some((text, self.shape(0))),
            _ => None,
        }
    }

    /// Where in the text the segment of this number must be.
    fn shape(&self, at: usize) -> Shape {
        let last = self.segments.len().saturating_sub(1);
        match (at == 0 && !self.open_start, at == last && !self.open_end) {
            (true, true) => Shape::Whole,
            (true, false) => Shape::Start,
            (false, true) => Shape::End,
            (false, false) => Shape::Anywhere,
        }
    }

    /// What must be at `spot` for it to fit.
    pub(crate) fn need(&self, spot: Spot, rarity: &Rarity) -> Need {
        let look = |text: &str, shape: Shape| match spot {
            Spot::Field(_) => Need::one(spot, Sign::Text(text.into(), shape), rarity.cost(text, shape)),
            Spot::Line { values } => in_line(text, values, rarity),
        };
        if self.segments.is_empty() {
            return match spot {
                Spot::Field(_) if !self.open_start && !self.open_end => look("", Shape::Whole),
                Spot::Field(_) => Need::one(spot, Sign::Present, PRESENT),
                Spot::Line { .. } => Need::NOTHING,
            };
        }
        Need::of_all(self.segments.iter().enumerate().map(|(at, segment)| match segment {
            Segment::Text(text, _) if self.cased => look(&folded(text), self.shape(at)),
            Segment::Text(text, _) => look(text, self.shape(at)),
            Segment::Pieces(pieces) => Need::of_all(runs(pieces).map(|run| look(&folded(&run), Shape::Anywhere))),
        }))
    }

    /// Tells `rarity` of every text that is looked for.
    pub(crate) fn teach(&self, rarity: &mut Rarity) {
        for segment in &self.segments {
            match segment {
                Segment::Text(text, _) if self.cased => rarity.hear(&folded(text)),
                Segment::Text(text, _) => rarity.hear(text),
                Segment::Pieces(pieces) => runs(pieces).for_each(|run| rarity.hear(&folded(&run))),
            }
        }
    }
}

/// What the line must hold for `text` to be in it, or in a value that it may spell with escapes.
fn in_line(text: &str, values: bool, rarity: &Rarity) -> Need {
    let spot = Spot::Line { values };
    let look = |text: &str| match text.len() {
        0..3 => Need::NOTHING,
        _ => Need::one(spot, Sign::Text(text.into(), Shape::Anywhere), rarity.cost(text, Shape::Anywhere)),
    };
    if !values {
        return look(text);
    }
    let escaped = |letter: char| !letter.is_ascii() || letter.is_ascii_control() || matches!(letter, '\\' | '"' | '/');
    Need::of_all(text.split(escaped).map(look))
}

/// The texts between the letters that may be any.
fn runs(pieces: &[Piece]) -> impl Iterator<Item = String> {
    let letters = |run: &[Piece]| {
        let letter = |piece: &Piece| if let Piece::Letter(letter) = piece { Some(*letter) } else { None };
        run.iter().filter_map(letter).collect()
    };
    pieces.split(|piece| !matches!(piece, Piece::Letter(_))).filter(|run| !run.is_empty()).map(letters)
}

/// Letters without a `*` between them.
#[derive(Debug, Clone)]
enum Segment {
    /// A text that is there as it is. Folded where case does not count.
    Text(Box<str>, Option<Box<Finder<'static>>>),
    /// Letters of which some may be others.
    Pieces(Box<[Piece]>),
}

impl Segment {
    fn new(pieces: &[Piece], cased: bool) -> Self {
        let letter = |letter: char| if cased { letter } else { fold(letter) };
        let text = pieces.iter().map(|piece| match piece {
            Piece::Letter(own) => Some(letter(*own)),
            Piece::One | Piece::Many | Piece::Dash => None,
        });
        if let Some(text) = text.collect::<Option<String>>() {
            return Self::Text(text.into(), None);
        }
        let pieces = pieces.iter().map(|piece| match piece {
            Piece::Letter(own) => Piece::Letter(letter(*own)),
            _ => *piece,
        });
        Self::Pieces(pieces.collect())
    }

    /// The same, made ready to be looked for in the middle of texts.
    fn searched(self) -> Self {
        match self {
            Self::Text(text, _) => {
                let finder = Finder::new(text.as_bytes()).into_owned();
                Self::Text(text, Some(Box::new(finder)))
            }
            Self::Pieces(_) => self,
        }
    }

    /// What follows the segment, where `text` starts with it.
    fn strip_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        match self {
            Self::Text(own, _) => text.strip_prefix(&**own),
            Self::Pieces(pieces) => {
                let mut letters = text.chars();
                let fits = pieces.iter().all(|piece| letters.next().is_some_and(|letter| piece.takes(letter)));
                fits.then_some(letters.as_str())
            }
        }
    }

    /// What precedes the segment, where `text` ends with it.
    fn strip_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        match self {
            Self::Text(own, _) => text.strip_suffix(&**own),
            Self::Pieces(pieces) => {
                let mut letters = text.chars();
                let fits =
                    pieces.iter().rev().all(|piece| letters.next_back().is_some_and(|letter| piece.takes(letter)));
                fits.then_some(letters.as_str())
            }
        }
    }

    /// What follows the first place of the segment in `text`.
    fn find<'t>(&self, text: &'t str) -> Option<&'t str> {
        match self {
            Self::Text(own, finder) => {
                let at = match finder {
                    Some(finder) => finder.find(text.as_bytes())?,
                    None => text.find(&**own)?,
                };
                text.get(at + own.len()..)
            }
            Self::Pieces(_) => text.char_indices().find_map(|(at, _)| self.strip_start(&text[at..])),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::RegexBuilder;

    use super::super::template::DASHES;
    use super::*;

    fn fits(pattern: &str, text: &str) -> bool {
        Pattern::new(&Template::parse(pattern), Shape::Whole, false).matches(text, &folded(text))
    }

    fn matches(pattern: &Pattern, text: &str) -> bool {
        pattern.matches(text, &folded(text))
    }

    #[test]
    fn wildcards_and_escapes_are_those_of_the_specification() {
        for (pattern, yes, no) in [
            ("prog?.exe", "progA.exe", "prog.exe"),
            ("antivirus_V*.exe", "ANTIVIRUS_V21.2.1.EXE", "antivirus_21.exe"),
            (r"C:\Windows", r"c:\windows", r"C:\\Windows"),
            (r"C:\\Windows", r"C:\Windows", r"C:\\Windows"),
            (r"a\*b", "a*b", r"a\xb"),
            (r"a\?b", "a?b", "axb"),
            (r"a\\*", r"a\anything", "a*"),
            (r"a\\?", r"a\x", r"a\"),
            (r"a\\\*", r"a\*", r"a\x"),
            (r"a\\\b", r"a\\b", r"a\b"),
            (r"a\\\\b", r"a\\b", r"a\b"),
            (r"a\", r"a\", "a"),
            ("", "", "x"),
            ("a*b*c", "a-b-b-c", "acb"),
            ("*a?c", "xxabc", "xxac"),
            ("ab*ab", "abab", "ab"),
            ("??", "éà", "é"),
        ] {
            assert!(fits(pattern, yes), "`{pattern}` fits `{yes}`");
            assert!(!fits(pattern, no), "`{pattern}` does not fit `{no}`");
        }
        for text in ["", "x", "é*"] {
            assert!(fits("*", text) && fits("**", text), "`*` fits `{text}`");
        }
    }

    #[test]
    fn shapes_tie_the_pattern_to_the_ends() {
        for (shape, yes, no) in [
            (Shape::Whole, vec!["Été"], vec!["été!", "l'été"]),
            (Shape::Start, vec!["ÉTÉ 42", "été"], vec!["l'été"]),
            (Shape::End, vec!["l'ÉTÉ", "été"], vec!["été!"]),
            (Shape::Anywhere, vec!["l'été!", "ÉTÉ"], vec!["ete"]),
        ] {
            let pattern = Pattern::new(&Template::parse("été"), shape, false);
            assert!(yes.iter().all(|text| matches(&pattern, text)), "{shape:?}");
            assert!(!no.iter().any(|text| matches(&pattern, text)), "{shape:?}");
        }
        let cased = Pattern::new(&Template::parse("Été"), Shape::Anywhere, true);
        assert!(matches(&cased, "l'Été") && !matches(&cased, "l'été"));
    }

    #[test]
    fn dashes_before_words_stand_for_all_dashes() {
        let pattern = Pattern::new(&Template::parse(" -enc a-b").with_any_dash(), Shape::Anywhere, false);
        assert!(DASHES.iter().all(|dash| matches(&pattern, &format!("x {dash}enc a-b"))));
        assert!(!matches(&pattern, "x -enc a/b") && !matches(&pattern, "x +enc a-b"));
    }

    /// The same pattern as a regular expression.
    fn regex(pattern: &str, shape: Shape) -> regex::Regex {
        let mut text = String::new();
        for piece in Template::parse(pattern).0 {
            match piece {
                Piece::Letter(letter) => text.push_str(&regex::escape(&letter.to_string())),
                Piece::One => text.push('.'),
                Piece::Many => text.push_str(".*"),
                Piece::Dash => unreachable!("not made here"),
            }
        }
        let (before, behind) = match shape {
            Shape::Whole => ("^", "$"),
            Shape::Start => ("^", ""),
            Shape::End => ("", "$"),
            Shape::Anywhere => ("", ""),
        };
        let text = format!("{before}(?:{text}){behind}");
        RegexBuilder::new(&text).case_insensitive(true).dot_matches_new_line(true).build().unwrap()
    }

    proptest! {
        #[test]
        fn patterns_match_what_the_same_regular_expression_matches(
            pattern in r"[aAbé*?\\k\u{212A}]{0,8}",
            text in r"[aAbBéÉ*?\\kK\u{212A}]{0,10}",
        ) {
            for shape in [Shape::Whole, Shape::Start, Shape::End, Shape::Anywhere] {
                let ours = matches(&Pattern::new(&Template::parse(&pattern), shape, false), &text);
                prop_assert_eq!(ours, regex(&pattern, shape).is_match(&text), "{:?} {} {}", shape, pattern, text);
            }
        }
    }
}
