//! The lists of the site, put in the place of the placeholders that wait for them.

use super::code::{BAD_VALUE, UNARMED};
use super::expansion::{Expansion, Lists, Piece};
use super::mentions::Mentions;
use super::reading::Reading;
use super::value;
use crate::text::diagnostic::{Diagnostic, nearest};
use crate::text::node::{Kind, Node};
use crate::text::source::Span;
use crate::watch::sigma::matcher::comparison::Comparison;

/// The most texts that one value can stand for, all of its lists taken together.
const MOST: usize = 100_000;

/// Puts lists in the place of placeholders.
pub(crate) struct Filler<'l, 'r> {
    pub(crate) lists: &'l Lists,
    /// The values of the document that wait for them.
    pub(crate) expansions: &'l [Expansion],
    pub(crate) reading: Reading<'r>,
    /// Why something could not be filled.
    pub(crate) unarmed: Option<String>,
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
                self.unarmed.get_or_insert_with(|| "one of its lists holds a value that it cannot use".to_owned());
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
                        let message = format!("this value stands for more than {MOST} texts");
                        let help = "use shorter lists, or one list in a value".to_owned();
                        self.reading.error(BAD_VALUE, *span, message.clone(), Some(help));
                        self.unarmed.get_or_insert(message);
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
        let message = if self.lists.contains_key(name) {
            format!("the list `{name}` is empty")
        } else {
            format!("there is no list `{name}`")
        };
        let meant = nearest(name, self.lists.keys().map(String::as_str));
        let help = match meant {
            Some(meant) if meant != name => format!("did you mean `{meant}`?"),
            _ => format!("write the values of your site into a list called `{name}`"),
        };
        // A value whose field has several names is there several times.
        let told = |finding: &Diagnostic| {
            finding.code == UNARMED && finding.span == span && finding.source.name() == self.reading.source.name()
        };
        if !self.reading.found.iter().any(told) {
            self.reading.warning(UNARMED, span, format!("this is not armed: {message}"), Some(help));
        }
        self.unarmed.get_or_insert(message);
    }
}
