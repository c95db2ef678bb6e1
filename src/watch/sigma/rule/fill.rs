//! The lists of the site, put in the place of the placeholders that wait for them.

use super::expansion::{Expansion, Lists, Piece};
use super::mentions::Mentions;
use super::reading::Reading;
use super::value;
use crate::base::language::Text;
use crate::finding::detection::too_many_texts;
use crate::finding::rule::{UNARMED, list_missing};
use crate::text::diagnostic::{Diagnostic, nearest};
use crate::text::node::{Kind, Node};
use crate::text::source::Span;
use crate::watch::sigma::matcher::comparison::Comparison;
use crate::words::suggestion::did_you_mean;
use crate::words::unarmed as words;

/// The most texts that one value can stand for, all of its lists taken together.
const MOST: usize = 100_000;

/// Puts lists in the place of placeholders.
pub(crate) struct Filler<'l, 'r> {
    pub(crate) lists: &'l Lists,
    /// The values of the document that wait for them.
    pub(crate) expansions: &'l [Expansion],
    pub(crate) reading: Reading<'r>,
    /// Why something could not be filled.
    pub(crate) unarmed: Option<Text>,
}

impl Filler<'_, '_> {
    /// Changes `matcher` where it waits for lists. Where one is missing it stays as it is and fits nothing.
    pub(crate) fn fill(&mut self, comparison: &mut Comparison) {
        let Comparison::Waiting(number) = comparison else { return };
        let expansion = &self.expansions[*number];
        let Some(texts) = self.texts(expansion) else { return };
        let before = self.reading.found.len();
        let Expansion { key, value, modifiers, .. } = expansion;
        let one = |text: String| {
            let node = Node { kind: Kind::Str(text), ..value.clone() };
            value::read(&mut self.reading, key, &node, modifiers, &mut Mentions::default())
        };
        // Stops at the first value that does not do: a thousand findings at one place say no more than one.
        let comparisons: Option<Vec<Comparison>> = texts.into_iter().map(one).collect();
        match comparisons {
            Some(comparisons) if self.reading.found.len() == before => {
                *comparison = Comparison::Any(comparisons.into());
            }
            _ => {
                self.unarmed.get_or_insert_with(words::unfit_value);
            }
        }
    }

    /// Every text that the value stands for.
    fn texts(&mut self, expansion: &Expansion) -> Option<Vec<String>> {
        let mut texts = vec![String::new()];
        for piece in &expansion.pieces {
            match piece {
                Piece::Text(text) => texts.iter_mut().for_each(|start| start.push_str(text)),
                Piece::List(name, span) => {
                    let items = self.lists.get(name).filter(|items| !items.is_empty());
                    let Some(items) = items else {
                        self.missing(name, *span);
                        return None;
                    };
                    if texts.len().saturating_mul(items.len()) > MOST {
                        let why = words::too_many_texts(MOST);
                        self.reading.say(too_many_texts(&why), *span);
                        self.unarmed.get_or_insert(why);
                        return None;
                    }
                    let with = |start: &String| items.iter().map(|item| format!("{start}{item}")).collect::<Vec<_>>();
                    texts = texts.iter().flat_map(with).collect();
                }
            }
        }
        Some(texts)
    }

    fn missing(&mut self, name: &str, span: Span) {
        let why = if self.lists.contains_key(name) { words::list_empty(name) } else { words::no_list(name) };
        let meant = nearest(name, self.lists.keys().map(String::as_str)).filter(|meant| *meant != name);
        // A value whose field has several names is there several times.
        let told = |finding: &Diagnostic| {
            finding.code() == UNARMED.code
                && finding.span == span
                && finding.source.name() == self.reading.source.name()
        };
        if !self.reading.found.iter().any(told) {
            self.reading.say(list_missing(&why, name).advice(meant.map(did_you_mean)), span);
        }
        self.unarmed.get_or_insert(why);
    }
}
