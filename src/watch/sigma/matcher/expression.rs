//! A regular expression of a rule: read with the rule, and made into a machine when a text is first held against it.
//!
//! Making the machine costs far more than reading the expression, and most expressions are never asked: the words that
//! must be there for them to match (`literal`) are not. So an expression that is surely small is only read; one that
//! may be too big is made at once, for the rule's author to hear of it.

use std::sync::{Arc, OnceLock};

use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};
use regex_syntax::utf8::{Utf8Sequence, Utf8Sequences};

/// Memory that one regular expression may take once compiled.
const SIZE: usize = 1 << 23;

/// How deep its groups may lie in each other.
const DEPTH: u32 = 100;

/// A state of a machine takes less than this, with the ways out of it.
const STATE: u64 = 48;

/// An expression with so many states at most fits into [`SIZE`].
const SMALL: u64 = (SIZE as u64 / STATE) * 3 / 4;

/// The letters behind `re`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Flags {
    pub(crate) insensitive: bool,
    pub(crate) multi_line: bool,
    pub(crate) dot_all: bool,
}

/// A regular expression, which matches where it is found anywhere in a text. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Expression(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    text: String,
    flags: Flags,
    /// Nothing inside where it could not be made after all.
    machine: OnceLock<Option<Regex>>,
}

impl Expression {
    /// Reads `text`. Says what is wrong with it where it cannot be used.
    pub(crate) fn new(text: &str, flags: Flags) -> Result<Self, regex::Error> {
        let is_small = states_of(text, flags).is_some_and(|states| states <= SMALL);
        let machine = if is_small { OnceLock::new() } else { OnceLock::from(Some(make(text, flags)?)) };
        Ok(Self(Arc::new(Inner { text: text.to_owned(), flags, machine })))
    }

    /// The expression as written.
    pub(crate) fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Whether it is found in `text`.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        let Inner { text: expression, flags, machine } = &*self.0;
        machine.get_or_init(|| make(expression, *flags).ok()).as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

fn make(text: &str, flags: Flags) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text)
        .case_insensitive(flags.insensitive)
        .multi_line(flags.multi_line)
        .dot_matches_new_line(flags.dot_all)
        .size_limit(SIZE)
        .dfa_size_limit(SIZE)
        .nest_limit(DEPTH)
        .build()
}

/// More states than the machine of `text` has. Nothing where it cannot be read.
fn states_of(text: &str, flags: Flags) -> Option<u64> {
    let parsed = ParserBuilder::new()
        .case_insensitive(flags.insensitive)
        .multi_line(flags.multi_line)
        .dot_matches_new_line(flags.dot_all)
        .nest_limit(DEPTH)
        .build()
        .parse(text);
    parsed.ok().map(|hir| states(&hir))
}

/// More states than `hir` takes: one for each byte of a text or a letter, as often as it is repeated, and a few around.
fn states(hir: &Hir) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Class(Class::Unicode(class)) => letters(class),
        HirKind::Class(Class::Bytes(_)) => 2,
        HirKind::Capture(capture) => states(&capture.sub).saturating_add(2),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1);
            states(&repetition.sub).saturating_add(2).saturating_mul(times.into())
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(2, |sum: u64, part| sum.saturating_add(states(part)).saturating_add(1))
        }
    }
}

/// The same for one letter of a class. What letters in a row have in common at their start is there once.
fn letters(class: &ClassUnicode) -> u64 {
    let sequences = class.iter().flat_map(|range| Utf8Sequences::new(range.start(), range.end()));
    let (mut states, mut before) = (2, None::<Utf8Sequence>);
    for sequence in sequences {
        let last = before.as_ref().map_or(&[][..], Utf8Sequence::as_slice);
        let common = last.iter().zip(sequence.as_slice()).take_while(|(one, other)| one == other).count();
        states += (sequence.len() - common) as u64;
        before = Some(sequence);
    }
    states
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_made(expression: &Expression) -> bool {
        expression.0.machine.get().is_some()
    }

    #[test]
    fn what_is_small_is_made_when_it_is_asked() {
        let flags = Flags { insensitive: true, ..Flags::default() };
        let expression = Expression::new(r"pass\w+=\S{3,20}$", flags).unwrap();
        assert!(!is_made(&expression));
        assert!(
            !is_made(&Expression::new(r"-k\s\w{1,64}(?:\s?(?:-p|-s))?", flags).unwrap()),
            "letters share their first bytes"
        );
        let twin = expression.clone();
        assert!(expression.is_match("PASSWD=secret") && !expression.is_match("passwd=a"));
        assert!(is_made(&twin), "a clone shares the machine");
    }

    #[test]
    fn what_may_be_too_big_is_made_at_once() {
        let made = Expression::new(r"(a{100}){100}\w{90}", Flags::default()).unwrap();
        assert!(is_made(&made));
        for wrong in [r"(((\w{1000}){1000}){1000})", "(", r"a(?=b)", r"(a)\1", &"(".repeat(200)] {
            assert!(Expression::new(wrong, Flags::default()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn repetitions_of_repetitions_are_more_than_can_be_counted() {
        for text in [format!("a{}", "+".repeat(90)), format!("({}){{2}}", "a+".to_owned() + &"+".repeat(80))] {
            assert_eq!(states_of(&text, Flags::default()), Some(u64::MAX), "{text}");
            assert!(Expression::new(&text, Flags::default()).is_ok_and(|made| is_made(&made)), "{text}");
        }
    }

    fn expression() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            "[a-zé]{1,9}",
            prop::sample::select(vec![r"\w", r"\W", r"\d", r"\S", ".", r"\pL", r"[^a]", r"[а-я\x{10000}-\x{10FFFF}]"])
                .prop_map(str::to_owned),
        ];
        leaf.prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
                prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("({})", parts.join("|"))),
                (inner.clone(), 0..40_u32, 0..40_u32)
                    .prop_map(|(part, least, more)| { format!("(?:{part}){{{least},{}}}", least + more) }),
                (inner, 0..400_u32).prop_map(|(part, least)| format!("(?:{part}){{{least},}}")),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_small_can_be_made(text in expression(), insensitive: bool) {
            let flags = Flags { insensitive, ..Flags::default() };
            if states_of(&text, flags).is_some_and(|states| states <= SMALL) {
                prop_assert!(make(&text, flags).is_ok(), "{}", text);
            }
        }

        #[test]
        fn what_cannot_be_read_is_said_at_once(text in r"[a-c()\[\]{}*+?|\\1-3^$]{0,12}") {
            prop_assert_eq!(Expression::new(&text, Flags::default()).is_ok(), make(&text, Flags::default()).is_ok());
        }
    }
}
