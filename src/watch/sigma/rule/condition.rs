//! The condition of a detection: its grammar (Sigma rules specification 2.1, section "Condition").
//!
//! `not` binds closer than `and`, `and` closer than `or`. `1 of x*`, `all of x*`, `2 of x*`, `1 of them` and `all of
//! them` count selections; `them` leaves out names that start with `_`.

use std::ops::Range;

use super::reading::Reading;
use crate::base::language::Text;
use crate::finding::{Finding, detection as finding, expected};
use crate::text::diagnostic::suggest;
use crate::text::node::Node;
use crate::watch::sigma::matcher::condition::Condition;

/// How deep brackets may be nested. Far more than anybody writes, far less than the stack holds.
const DEPTH: usize = 64;

/// Reads the condition at `node` over the selections called `names`. Nothing where it is wrong, which is then in the
/// findings.
pub(crate) fn read(reading: &mut Reading<'_>, node: &Node, names: &[String]) -> Option<Condition> {
    read_of(reading, node, names, Noun::Selection)
}

/// What a condition is over.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Noun {
    Selection,
    Rule,
}

impl Noun {
    fn one(self) -> Text {
        match self {
            Self::Selection => expected::selection(),
            Self::Rule => expected::rule(),
        }
    }

    fn many(self) -> Text {
        match self {
            Self::Selection => expected::selections(),
            Self::Rule => expected::rules(),
        }
    }
}

/// Reads a condition over the things called `names`, of which each is a `noun`.
pub(crate) fn read_of(reading: &mut Reading<'_>, node: &Node, names: &[String], noun: Noun) -> Option<Condition> {
    let text = node.as_str()?;
    let mut parser = Parser { reading, node, names, noun, words: words(text), at: 0, depth: 0, wrong: false };
    let condition = parser.any()?;
    if let Some(word) = parser.next() {
        parser.left_over(&word);
        return None;
    }
    (!parser.wrong).then_some(condition)
}

/// A word, bracket or bar, and where it stands.
#[derive(Debug, Clone)]
struct Word<'t> {
    text: &'t str,
    range: Range<usize>,
}

impl Word<'_> {
    fn is(&self, text: &str) -> bool {
        self.text.eq_ignore_ascii_case(text)
    }

    fn is_operator(&self) -> bool {
        ["and", "or", "not", ")", "|"].iter().any(|operator| self.is(operator))
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, letter) in ends {
        let sign = matches!(letter, '(' | ')' | '|');
        if sign || letter.is_whitespace() {
            if let Some(start) = start.take() {
                words.push(Word { text: &text[start..at], range: start..at });
            }
            if sign {
                words.push(Word { text: &text[at..=at], range: at..at + 1 });
            }
        } else {
            start = start.or(Some(at));
        }
    }
    words
}

struct Parser<'p, 'r, 't> {
    reading: &'p mut Reading<'r>,
    node: &'t Node,
    names: &'p [String],
    /// What the names are names of.
    noun: Noun,
    words: Vec<Word<'t>>,
    at: usize,
    depth: usize,
    /// Whether a name was wrong. Reading goes on, so that all of them are found.
    wrong: bool,
}

impl<'t> Parser<'_, '_, 't> {
    fn peek(&self) -> Option<&Word<'t>> {
        self.words.get(self.at)
    }

    fn next(&mut self) -> Option<Word<'t>> {
        let word = self.words.get(self.at).cloned();
        self.at += 1;
        word
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.peek().is_some_and(|word| word.is(text));
        self.at += usize::from(found);
        found
    }

    fn say(&mut self, finding: Finding, range: &Range<usize>) {
        let span = self.reading.within(self.node, range.clone());
        self.reading.say(finding, span);
    }

    fn any(&mut self) -> Option<Condition> {
        let mut parts = vec![self.all()?];
        while self.take("or") {
            parts.push(self.all()?);
        }
        Some(if parts.len() == 1 { parts.swap_remove(0) } else { Condition::Any(parts) })
    }

    fn all(&mut self) -> Option<Condition> {
        let mut parts = vec![self.not()?];
        while self.take("and") {
            parts.push(self.not()?);
        }
        Some(if parts.len() == 1 { parts.swap_remove(0) } else { Condition::All(parts) })
    }

    fn not(&mut self) -> Option<Condition> {
        let mut negated = false;
        while self.take("not") {
            negated = !negated;
        }
        let inner = self.one()?;
        Some(if negated { Condition::Not(Box::new(inner)) } else { inner })
    }

    fn one(&mut self) -> Option<Condition> {
        let Some(word) = self.next() else {
            let end = self.words.last().map_or(0, |word| word.range.end);
            let start = self.words.last().map_or(0, |word| word.range.start);
            self.say(finding::ends_early(self.noun.one()), &(start..end));
            return None;
        };
        if word.text == "(" {
            return self.brackets(&word);
        }
        if word.is_operator() {
            self.say(finding::no_name_here(self.noun.one(), word.text), &word.range);
            return None;
        }
        if self.take("of") { self.quantity(&word) } else { Some(self.named(&word)) }
    }

    fn brackets(&mut self, open: &Word<'t>) -> Option<Condition> {
        if self.depth == DEPTH {
            self.say(finding::too_nested(DEPTH), &open.range);
            return None;
        }
        self.depth += 1;
        let inner = self.any()?;
        self.depth -= 1;
        if self.take(")") {
            return Some(inner);
        }
        match self.peek().cloned() {
            Some(word) => self.left_over(&word),
            None => self.say(finding::never_closed(), &open.range),
        }
        None
    }

    /// What cannot stand behind a complete expression.
    fn left_over(&mut self, word: &Word<'t>) {
        let finding = match word.text {
            "|" => finding::counting_bar(),
            ")" => finding::never_opened(),
            other => finding::not_joined(other),
        };
        self.say(finding, &word.range);
    }

    fn named(&mut self, word: &Word<'t>) -> Condition {
        let index = self.names.iter().position(|name| name == word.text);
        if index.is_none() {
            self.unknown(word, finding::no_selection(self.noun.one(), word.text));
        }
        Condition::Selection(index.unwrap_or_default())
    }

    fn unknown(&mut self, word: &Word<'t>, finding: Finding) {
        self.wrong = true;
        let help = suggest(word.text.trim_matches('*'), self.names.iter().map(String::as_str));
        self.say(finding.advice(help), &word.range);
    }

    fn quantity(&mut self, count: &Word<'t>) -> Option<Condition> {
        let Some(target) = self.next().filter(|word| !word.is_operator() && word.text != "(") else {
            self.say(finding::of_nothing(count.text, self.noun.many()), &count.range);
            return None;
        };
        let chosen = self.chosen(&target);
        let wanted = match count.text.parse::<usize>() {
            _ if count.is("any") => 1,
            _ if count.is("all") => chosen.len(),
            Ok(wanted) if wanted > 0 => wanted,
            _ => {
                self.say(finding::no_quantity(count.text, self.noun.many()), &count.range);
                return None;
            }
        };
        if chosen.is_empty() {
            self.unknown(&target, finding::no_selection_called(self.noun.one(), target.text));
        } else if wanted > chosen.len() {
            self.say(finding::stands_for_fewer(target.text, chosen.len(), self.noun.many()), &count.range);
            return None;
        }
        Some(Self::quantified(wanted, chosen))
    }

    fn quantified(wanted: usize, chosen: Vec<usize>) -> Condition {
        let all = wanted == chosen.len();
        if wanted > 1 && !all {
            return Condition::AtLeast(wanted, chosen);
        }
        let mut parts: Vec<_> = chosen.into_iter().map(Condition::Selection).collect();
        match parts.len() {
            1 => parts.swap_remove(0),
            _ if all => Condition::All(parts),
            _ => Condition::Any(parts),
        }
    }

    fn chosen(&self, target: &Word<'t>) -> Vec<usize> {
        let them = target.is("them");
        let fits = |name: &str| if them { !name.starts_with('_') } else { glob(target.text, name) };
        self.names.iter().enumerate().filter(|(_, name)| fits(name)).map(|(index, _)| index).collect()
    }
}

/// Whether `name` fits `pattern`, in which `*` stands for any letters.
fn glob(pattern: &str, name: &str) -> bool {
    let Some((first, others)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<_> = others.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}
