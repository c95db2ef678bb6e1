//! Files with several documents that share keys: `action: global`, `reset` and `repeat` (Sigma specification 1.0, section
//! "Rule collections"; rules written for it are still around).
//!
//! What `global` says holds for every document behind it, until `reset`. `repeat` is the document before it with other
//! values. Knows YAML trees, not what rules mean.

use std::collections::HashSet;

use super::reading::{Reading, head};
use crate::finding::rule::{no_action, nothing_to_repeat, shared_by_none};
use crate::text::diagnostic::{Diagnostic, suggest};
use crate::text::node::{Kind, Node};

const ACTIONS: [&str; 3] = ["global", "reset", "repeat"];

/// The documents with what they share written into each of them, and whether any of them shares something.
pub(crate) fn resolve(reading: &mut Reading<'_>, nodes: Vec<Node>) -> (Vec<Node>, bool) {
    if nodes.iter().all(|node| node.get("action").is_none()) {
        return (nodes, false);
    }
    let mut shared = false;
    let mut global: Option<Node> = None;
    let mut before: Option<Node> = None;
    let mut documents = Vec::new();
    // A `global` that nothing has followed yet.
    let mut idle = None;
    for node in nodes {
        let Some((key, value)) = node.entry("action") else {
            before = Some(node.clone());
            documents.push(over(global.as_ref(), &node));
            idle = None;
            continue;
        };
        shared = true;
        let rest = without_action(&node);
        match reading.scalar(value).as_ref().map(|action| action.value.as_str()) {
            Some("global") => {
                idle = Some(key.span);
                global = Some(over(global.as_ref(), &rest));
            }
            Some("reset") => global = None,
            Some("repeat") => {
                let Some(earlier) = before.take() else {
                    reading.say(nothing_to_repeat(), head(&node));
                    continue;
                };
                let repeated = over(Some(&earlier), &rest);
                documents.push(over(global.as_ref(), &repeated));
                before = Some(repeated);
                idle = None;
            }
            other => {
                let other = other.unwrap_or_default();
                reading.say(no_action(other).advice(suggest(other, ACTIONS)), key.span);
            }
        }
    }
    if let Some(span) = idle {
        reading.say(shared_by_none(), span);
    }
    (documents, shared)
}

fn without_action(node: &Node) -> Node {
    let entries = node.as_map().unwrap_or_default();
    let others = entries.iter().filter(|(key, _)| key.as_str() != Some("action"));
    Node { kind: Kind::Map(others.cloned().collect()), ..node.clone() }
}

/// `node` over what it shares: its own keys first, maps joined key by key, everything else replaced.
fn over(shared: Option<&Node>, node: &Node) -> Node {
    let (Some(shared), Some(own)) = (shared.and_then(Node::as_map), node.as_map()) else { return node.clone() };
    let mut entries = own.to_vec();
    for (key, value) in shared {
        match entries.iter_mut().find(|(name, _)| name.scalar() == key.scalar()) {
            Some((_, own)) => *own = over(Some(value), own),
            None => entries.push((key.clone(), value.clone())),
        }
    }
    Node { kind: Kind::Map(entries), ..node.clone() }
}

/// Leaves one of the findings that several documents have in common, of those behind the first `before`.
pub(crate) fn without_repetitions(found: &mut Vec<Diagnostic>, before: usize) {
    let mut said = HashSet::new();
    let new = found.split_off(before);
    found
        .extend(new.into_iter().filter(|one| said.insert((one.code(), one.span.range(), one.finding.message.clone()))));
}
