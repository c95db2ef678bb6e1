//! The `detection` of a rule: its selections and the condition over them.

use super::comparison::Field;
use super::condition::{self, Condition};
use super::selection::{self, Selection, Test};
use crate::text::node::{Kind, Node};
use crate::text::source::{Source, Span};
use crate::watch::sigma::prefilter::witness::{Need, Prior};
use crate::watch::sigma::rule::code::{BAD_CONDITION, BAD_DETECTION, UNUSED_SELECTION};
use crate::watch::sigma::rule::expansion::Filler;
use crate::watch::sigma::rule::reading::{Reading, head, place};
use crate::watch::sigma::view::View;
use crate::watch::sigma::view::fields::Names;

/// What a rule looks for in one event.
#[derive(Debug)]
pub(crate) struct Detection {
    pub(crate) selections: Vec<Selection>,
    pub(crate) condition: Condition,
    pub(crate) written: Written,
}

/// How a detection stands in its rule file, to be shown to whoever asks why it holds or not.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) source: Source,
    /// The names of the selections.
    pub(crate) names: Box<[String]>,
    pub(crate) condition: Span,
}

impl Detection {
    /// Whether `view` shows what the rule looks for.
    pub(crate) fn holds(&self, view: &mut View<'_>) -> bool {
        self.condition.holds(&mut |index| self.selections[index].holds(view))
    }

    /// What a text must hold somewhere for this to hold.
    pub(crate) fn need(&self, prior: &Prior) -> Need {
        self.condition.need(&|index| self.selections[index].need(prior))
    }

    /// Calls `seen` with every test.
    pub(crate) fn visit(&self, seen: &mut impl FnMut(&Test)) {
        self.selections.iter().for_each(|selection| selection.visit(seen));
    }

    /// Puts the lists of the site in the place of placeholders.
    pub(crate) fn fill(&mut self, filler: &mut Filler<'_, '_>) {
        self.selections.iter_mut().for_each(|selection| selection.fill(filler));
    }

    /// Changes the numbers of one document into those of all documents.
    pub(crate) fn renumber(&mut self, numbers: &[Field]) {
        self.selections.iter_mut().for_each(|selection| selection.renumber(numbers));
    }
}

/// Reads the detection at `node`, noting the fields it names in `names`. Nothing where it is wrong, which is then in
/// the findings.
pub(crate) fn read(reading: &mut Reading<'_>, key: &Node, node: &Node, names: &mut Names) -> Option<Detection> {
    let Some(entries) = node.as_map() else {
        reading.wrong("selections and a condition", key, node);
        return None;
    };
    let mut words = Vec::new();
    let mut selections = Vec::new();
    for (key, value) in entries {
        match reading.name(key).as_str() {
            "condition" => {}
            "timeframe" => {
                let help = "write a correlation with a `timespan` in a second document";
                let message = "`timeframe` is no longer part of Sigma";
                reading.error(BAD_DETECTION, key.span, message, Some(help.to_owned()));
            }
            name => {
                words.push(name.to_owned());
                selections.push(selection::read(reading, key, value, names));
            }
        }
    }
    let condition = conditions(reading, node, &words);
    if let Some(condition) = &condition {
        unused(reading, entries, &words, condition);
    }
    let span = node.get("condition").map_or(key.span, |condition| condition.span);
    let written = Written { source: reading.source.clone(), names: words.into(), condition: span };
    Some(Detection { selections: selections.into_iter().collect::<Option<_>>()?, condition: condition?, written })
}

/// The condition, or several of which one must hold.
fn conditions(reading: &mut Reading<'_>, node: &Node, words: &[String]) -> Option<Condition> {
    let (key, value) = reading.needed(node, "condition")?;
    let items = match &value.kind {
        Kind::Seq(items) if !items.is_empty() => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    let mut parts = Vec::new();
    for item in items {
        if item.as_str().is_none_or(|text| text.trim().is_empty()) {
            let help = "write for example `selection and not filter`";
            let message = format!("expected a condition, found {}", item.describe());
            reading.error(BAD_CONDITION, place(key, item), message, Some(help.to_owned()));
            parts.push(None);
        } else {
            parts.push(condition::read(reading, item, words));
        }
    }
    let mut parts = parts.into_iter().collect::<Option<Vec<_>>>()?;
    Some(if parts.len() == 1 { parts.swap_remove(0) } else { Condition::Any(parts) })
}

fn unused(reading: &mut Reading<'_>, entries: &[(Node, Node)], words: &[String], condition: &Condition) {
    let mut used = vec![false; words.len()];
    condition.visit(&mut |index| used[index] = true);
    for (word, _) in words.iter().zip(used).filter(|(word, used)| !used && !word.starts_with('_')) {
        let key = entries.iter().map(|(key, _)| key).find(|key| reading.name(key) == *word);
        let span = key.map_or_else(|| head(&entries[0].0), |key| key.span);
        let help = "name it in the condition, or start its name with `_`";
        let message = format!("the condition does not use the selection `{word}`");
        reading.warning(UNUSED_SELECTION, span, message, Some(help.to_owned()));
    }
}
