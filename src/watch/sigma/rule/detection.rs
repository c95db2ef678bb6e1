//! The `detection` of a rule, as written: its selections and the condition over them.

use super::condition;
use super::mentions::Mentions;
use super::reading::{Reading, head, place};
use super::selection;
use crate::finding::detection::{no_condition, timeframe, unused_selection};
use crate::finding::expected;
use crate::text::node::{Kind, Node};
use crate::watch::sigma::matcher::condition::Condition;
use crate::watch::sigma::matcher::detection::{Detection, Written};

/// Reads the detection at `node`, noting in `mentions` what it names. Nothing where it is wrong, which is then in
/// the findings.
pub(crate) fn read(reading: &mut Reading<'_>, key: &Node, node: &Node, mentions: &mut Mentions) -> Option<Detection> {
    let Some(entries) = node.as_map() else {
        reading.wrong(expected::detection(), key, node);
        return None;
    };
    let mut words = Vec::new();
    let mut selections = Vec::new();
    for (key, value) in entries {
        match reading.name(key).as_str() {
            "condition" => {}
            "timeframe" => {
                reading.say(timeframe(), key.span);
            }
            name => {
                words.push(name.to_owned());
                selections.push(selection::read(reading, key, value, mentions));
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
            reading.say(no_condition(item.describe()), place(key, item));
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
        reading.say(unused_selection(word), span);
    }
}
