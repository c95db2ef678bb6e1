//! The texts that must be there for a regular expression to match: what lets most events be passed over without trying
//! it. Knows the shape of an expression, and never matches one.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::needle::{Need, Sign, Spot};
use super::rarity::Rarity;
use crate::watch::sigma::view::text::{Shape, fold, folded};

/// What must be in a text for `expression` to be found in it. Whether letter case counts does not matter here.
pub(crate) fn need(expression: &str, spot: Spot, rarity: &Rarity) -> Need {
    let parsed = ParserBuilder::new().nest_limit(100).build().parse(expression);
    parsed.map_or(Need::NOTHING, |hir| Reader { spot, rarity }.need(&hir))
}

struct Reader<'p> {
    spot: Spot,
    rarity: &'p Rarity,
}

impl Reader<'_> {
    fn need(&self, hir: &Hir) -> Need {
        if let Some(text) = text(hir) {
            return self.one(&text);
        }
        match hir.kind() {
            HirKind::Capture(capture) => self.need(&capture.sub),
            HirKind::Repetition(repetition) if repetition.min > 0 => self.need(&repetition.sub),
            HirKind::Alternation(parts) => Need::of_any(parts.iter().map(|part| self.need(part))),
            HirKind::Concat(parts) => self.concatenated(parts),
            _ => Need::NOTHING,
        }
    }

    /// Neighbours that are texts are one text.
    fn concatenated(&self, parts: &[Hir]) -> Need {
        let mut needs = Vec::new();
        let mut run = String::new();
        for part in parts {
            if matches!(part.kind(), HirKind::Look(_)) {
                continue;
            }
            if let Some(text) = text(part) {
                run.push_str(&text);
                continue;
            }
            needs.push(self.one(&std::mem::take(&mut run)));
            needs.push(self.need(part));
        }
        needs.push(self.one(&run));
        Need::of_all(needs)
    }

    fn one(&self, text: &str) -> Need {
        // What is shorter than this is everywhere.
        if text.len() < 3 {
            return Need::NOTHING;
        }
        let text = folded(text);
        let cost = self.rarity.cost(&text, Shape::Anywhere);
        Need::one(self.spot, Sign::Text(text.into(), Shape::Anywhere), cost)
    }
}

/// The text that an expression stands for, where it stands for one, letter case left aside.
fn text(hir: &Hir) -> Option<String> {
    match hir.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(str::to_owned),
        HirKind::Class(Class::Unicode(class)) => {
            let mut letters = class.iter().flat_map(|range| range.start()..=range.end()).take(5).map(fold);
            let first = letters.next()?;
            letters.all(|letter| letter == first).then(|| first.to_string())
        }
        HirKind::Capture(capture) => text(&capture.sub),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rarest_text_that_must_be_there_is_taken() {
        let spot = Spot::Field(0);
        for (expression, wanted) in [
            (r"x\d-\w+obfuscation", &["obfuscation"][..]),
            (r"(?i)X\s+Expression", &["expression"]),
            (r"^(?:mimikatz|lsadump)::", &["mimikatz", "lsadump"]),
            (r"(?:abcd)+x*", &["abcd"]),
            (r"a(bcd)e", &["abcde"]),
            (r"[Ss]ekurlsa", &["sekurlsa"]),
        ] {
            let need = need(expression, spot, &Rarity::default());
            let clause = need.first().expect("something to look for");
            let texts: Vec<_> = clause
                .needles
                .iter()
                .map(|needle| match &needle.sign {
                    Sign::Text(text, Shape::Anywhere) => &**text,
                    other => panic!("{expression}: {other:?}"),
                })
                .collect();
            assert_eq!(texts, wanted, "{expression}");
        }
        for expression in [r"\d+", r"(abcd)?", r"abcd|x", "[ab]cd", "", "("] {
            assert_eq!(need(expression, spot, &Rarity::default()), Need::NOTHING, "{expression}");
        }
    }
}
