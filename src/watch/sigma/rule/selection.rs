//! A search identifier of a detection, as written: maps are "and", lists are "or", and a plain value without a field is
//! looked for in the whole line (Sigma rules specification 2.1, section "Detection").

use super::mentions::Mentions;
use super::modifier::{self, Kind, Modifiers};
use super::reading::{Reading, place};
use super::value;
use crate::finding::detection::{all_of_one, needs_field, nothing_looked_for, nothing_to_expand};
use crate::text::node::{Kind as NodeKind, Node};
use crate::watch::sigma::matcher::comparison::Comparison;
use crate::watch::sigma::matcher::selection::{Selection, Test, Written};
use crate::watch::sigma::matcher::template::Template;
use crate::watch::sigma::prefilter::needle::Spot;
use crate::watch::sigma::view::text::Shape;

/// Reads the selection at `node`, which `key` names. Nothing where it is wrong, which is then in the findings.
pub(crate) fn read(reading: &mut Reading<'_>, key: &Node, node: &Node, mentions: &mut Mentions) -> Option<Selection> {
    match &node.kind {
        NodeKind::Map(entries) => map(reading, key, entries, mentions),
        NodeKind::Seq(items) => list(reading, key, items, mentions),
        NodeKind::Null => empty(reading, key, node),
        _ => keywords(reading, key, std::slice::from_ref(node), Modifiers::default(), mentions),
    }
}

fn empty<T>(reading: &mut Reading<'_>, key: &Node, node: &Node) -> Option<T> {
    reading.say(nothing_looked_for(), place(key, node));
    None
}

fn map(reading: &mut Reading<'_>, key: &Node, entries: &[(Node, Node)], mentions: &mut Mentions) -> Option<Selection> {
    if entries.is_empty() {
        return empty(reading, key, key);
    }
    let parts: Vec<_> = entries.iter().map(|(key, value)| item(reading, key, value, mentions)).collect();
    let mut parts = parts.into_iter().collect::<Option<Vec<_>>>()?;
    Some(if parts.len() == 1 { parts.swap_remove(0) } else { Selection::All(parts) })
}

fn list(reading: &mut Reading<'_>, key: &Node, items: &[Node], mentions: &mut Mentions) -> Option<Selection> {
    if items.is_empty() {
        return empty(reading, key, key);
    }
    let (maps, words): (Vec<_>, Vec<_>) = items.iter().partition(|item| matches!(item.kind, NodeKind::Map(_)));
    let mut parts: Vec<Option<Selection>> = Vec::new();
    for node in maps {
        let entries = node.as_map().unwrap_or_default();
        parts.push(map(reading, key, entries, mentions));
    }
    if !words.is_empty() {
        let words: Vec<Node> = words.into_iter().cloned().collect();
        parts.push(keywords(reading, key, &words, Modifiers::default(), mentions));
    }
    let mut parts = parts.into_iter().collect::<Option<Vec<_>>>()?;
    Some(if parts.len() == 1 { parts.swap_remove(0) } else { Selection::Any(parts) })
}

/// One key of a map and its values.
fn item(reading: &mut Reading<'_>, key: &Node, value: &Node, mentions: &mut Mentions) -> Option<Selection> {
    let name = reading.name(key);
    let (field, modifiers) = modifier::split(reading, key, &name)?;
    let values = match &value.kind {
        NodeKind::Seq(items) => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    if values.is_empty() {
        return empty(reading, key, key);
    }
    if modifiers.every && values.len() == 1 && !field.is_empty() {
        reading.say(all_of_one(), key.span);
    }
    if field.is_empty() {
        if !name.contains('|') {
            return empty(reading, key, key);
        }
        return keywords(reading, key, values, modifiers, mentions);
    }
    let place = Spot::Field(mentions.names.number(field));
    let comparisons = comparisons(reading, key, values, &modifiers, mentions)?;
    let written = written(key, values);
    Some(Selection::Test(Test::new(place, (modifiers.every, modifiers.negated), comparisons, written)))
}

/// Values without a field, which are looked for in the whole line.
fn keywords(
    reading: &mut Reading<'_>,
    key: &Node,
    values: &[Node],
    mut modifiers: Modifiers,
    mentions: &mut Mentions,
) -> Option<Selection> {
    let at_an_end = matches!(modifiers.shape, Shape::Start | Shape::End);
    if at_an_end || modifiers.part.is_some() || !matches!(modifiers.kind, Kind::Text | Kind::Regex) {
        reading.say(needs_field(), key.span);
        return None;
    }
    if modifiers.kind == Kind::Text {
        modifiers.shape = Shape::Anywhere;
    }
    let escaped = |node: &Node| node.as_str().is_some_and(|text| Template::parse(text).may_be_escaped());
    let values_too = modifiers.kind == Kind::Text && (modifiers.expand || values.iter().any(escaped));
    let comparisons = comparisons(reading, key, values, &modifiers, mentions)?;
    let place = Spot::Line { values: values_too };
    let written = written(key, values);
    Some(Selection::Test(Test::new(place, (modifiers.every, modifiers.negated), comparisons, written)))
}

/// The values under `key`, each made ready.
fn comparisons(
    reading: &mut Reading<'_>,
    key: &Node,
    values: &[Node],
    modifiers: &Modifiers,
    mentions: &mut Mentions,
) -> Option<Vec<Comparison>> {
    let comparisons: Vec<_> =
        values.iter().map(|value| value::read(reading, key, value, modifiers, mentions)).collect();
    let comparisons = comparisons.into_iter().collect::<Option<Vec<_>>>()?;
    if modifiers.expand && !comparisons.iter().any(|comparison| matches!(comparison, Comparison::Waiting(_))) {
        reading.say(nothing_to_expand(), key.span);
    }
    Some(comparisons)
}

/// Where the values under `key` stand.
fn written(key: &Node, values: &[Node]) -> Written {
    Written { key: key.span, values: values.iter().map(|value| place(key, value)).collect() }
}
