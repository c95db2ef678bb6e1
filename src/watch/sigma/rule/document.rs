//! The documents of one rule file: each a rule, a correlation or a filter, and how they are called.

use super::collection;
use super::correlation::{self, Definition};
use super::detection;
use super::extension;
use super::filter::{self, Filter};
use super::mentions::Mentions;
use super::metadata::{self, Rule};
use super::reading::{Reading, head};
use crate::base::id::RuleId;
use crate::finding::rule as finding;
use crate::text::diagnostic::Diagnostic;
use crate::text::node::{Kind, Node};
use crate::text::source::{Source, Span};
use crate::text::yaml;
use crate::watch::sigma::matcher::detection::Detection;

/// One document of a rule file. What it refers to is followed by [`crate::watch::sigma::Engine::compile`].
#[derive(Debug)]
pub struct Document {
    /// What it says about itself.
    pub rule: Rule,
    pub(crate) source: Source,
    /// Where it starts.
    pub(crate) span: Span,
    pub(crate) body: Body,
    /// The fields that a detection names, and the values that wait for lists.
    pub(crate) mentions: Mentions,
}

/// What a document looks for.
#[derive(Debug)]
pub(crate) enum Body {
    Detection(Detection),
    Correlation(Definition),
    Filter(Filter),
    /// Nothing that can be used. Kept so that a correlation over it can say so, and so that what it would have
    /// counted does not match on its own instead.
    Broken {
        counts: Vec<String>,
    },
}

impl Document {
    /// Whether it was read without mistakes.
    pub fn is_sound(&self) -> bool {
        !matches!(self.body, Body::Broken { .. })
    }

    /// Whether it is a filter, which changes other rules and finds nothing itself.
    pub(crate) fn is_filter(&self) -> bool {
        matches!(self.body, Body::Filter(_))
    }
}

/// Reads the documents of one rule file, which is called `id`: the folder and the file name joined by a dot.
///
/// Of several documents, the correlation that no other one of the file counts is called `id`, or the last document
/// where there is no correlation; the others are called `id#name`, or `id#number` where they have no name. Documents
/// with mistakes are in the answer too, marked as unsound: [`crate::watch::sigma::Engine::compile`] leaves them out.
pub fn read(source: &Source, id: &RuleId, found: &mut Vec<Diagnostic>) -> Vec<Document> {
    let nodes = match yaml::parse_all(source) {
        Ok(nodes) => nodes,
        Err(broken) => {
            found.push(broken);
            return Vec::new();
        }
    };
    let nodes: Vec<Node> = nodes.into_iter().filter(|node| node.kind != Kind::Null).collect();
    let before = found.len();
    let (nodes, shared) = collection::resolve(&mut Reading::new(source, found), nodes);
    let chief = chief(&nodes);
    let mut documents: Vec<Document> = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let mut reading = Reading::new(source, found);
        let id = if Some(index) == chief { id.clone() } else { part_id(id, node, index, &documents, &mut reading) };
        documents.extend(document(&mut reading, node, id, Some(index) == chief));
    }
    if shared {
        collection::without_repetitions(found, before);
    }
    documents
}

/// The rules that a correlation says it counts, however wrong the rest of it is.
fn counted(node: &Node) -> Vec<String> {
    let rules = extension::correlation(node).and_then(|correlation| correlation.get("rules"));
    let rules = rules.map(|rules| rules.as_seq().unwrap_or(std::slice::from_ref(rules)));
    rules.unwrap_or_default().iter().filter_map(Node::scalar).collect()
}

/// The document that stands for the whole file.
fn chief(nodes: &[Node]) -> Option<usize> {
    let counted: Vec<String> = nodes.iter().flat_map(counted).collect();
    let is_counted = |node: &Node| {
        ["name", "id"].iter().filter_map(|key| node.get(key)?.scalar()).any(|name| counted.contains(&name))
    };
    let correlations = || nodes.iter().enumerate().filter(|(_, node)| extension::correlation(node).is_some());
    let outermost = correlations().rfind(|(_, node)| !is_counted(node));
    let chief = outermost.or_else(|| correlations().next_back());
    // A filter stands for the file only where there is nothing else in it.
    let rules = || nodes.iter().enumerate().filter(|(_, node)| node.get("filter").is_none());
    chief.or_else(|| rules().next_back()).map(|(index, _)| index).or(nodes.len().checked_sub(1))
}

/// What a document beside the chief one is called.
fn part_id(id: &RuleId, node: &Node, index: usize, before: &[Document], reading: &mut Reading<'_>) -> RuleId {
    let name = node.get("name").and_then(Node::scalar).filter(|name| !name.is_empty());
    let part = RuleId(format!("{id}#{}", name.clone().unwrap_or_else(|| (index + 1).to_string())));
    if before.iter().all(|other| other.rule.id != part) {
        return part;
    }
    let span = node.get("name").map_or_else(|| head(node), |name| name.span);
    reading.say(finding::same_name_in_file(name.unwrap_or_default()), span);
    RuleId(format!("{id}#{}", index + 1))
}

fn document(reading: &mut Reading<'_>, node: &Node, id: RuleId, chief: bool) -> Option<Document> {
    if node.as_map().is_none() {
        reading.say(finding::no_rule(node.describe()), node.span);
        return None;
    }
    let mut mentions = Mentions::default();
    let mut rule = metadata::read(reading, node, id);
    let body = body(reading, node, &mut mentions);
    let is_rule = !matches!(body, None | Some(Body::Filter(_)));
    if chief && node.get("level").is_none() && is_rule {
        reading.say(finding::no_level(), head(node));
    }
    if matches!(body, Some(Body::Correlation(_))) {
        rule.logsources.clear();
    }
    if body.is_some() {
        log_level(reading, node, &rule, matches!(body, Some(Body::Detection(_))));
    }
    let body = body.filter(|_| !reading.failed()).unwrap_or_else(|| Body::Broken { counts: counted(node) });
    Some(Document { rule, source: reading.source.clone(), span: head(node), body, mentions })
}

/// A log level where there are no logs to hold it against.
fn log_level(reading: &mut Reading<'_>, node: &Node, rule: &Rule, detects: bool) {
    let Some((key, _)) = node.get("vigie").and_then(|vigie| vigie.entry("log_level")) else { return };
    if !detects {
        reading.say(finding::level_without_detection(), key.span);
    } else if rule.logsource.product.is_none() {
        reading.say(finding::level_of_what(), key.span);
    }
}

fn body(reading: &mut Reading<'_>, node: &Node, mentions: &mut Mentions) -> Option<Body> {
    if let Some((key, value)) = node.entry("filter") {
        for other in ["detection", "correlation"] {
            if let Some((other, _)) = node.entry(other) {
                reading.say(finding::filter_and_rule(), other.span);
                return None;
            }
        }
        reading.needed(node, "logsource");
        return filter::read(reading, key, value, mentions).map(Body::Filter);
    }
    if let Some((_, key, _)) = extension::entry(node) {
        if node.entry("detection").is_some() || node.entry("correlation").is_some() {
            reading.say(finding::extension_and_rule(), key.span);
            return None;
        }
        return extension::read(reading, node).map(Body::Correlation);
    }
    match (node.entry("detection"), node.entry("correlation")) {
        (Some(_), Some((key, _))) => {
            reading.say(finding::detection_and_correlation(), key.span);
            None
        }
        (Some((key, value)), None) => {
            reading.needed(node, "logsource");
            detection::read(reading, key, value, mentions).map(Body::Detection)
        }
        (None, Some((key, value))) => correlation::read(reading, node, key, value).map(Body::Correlation),
        (None, None) => {
            reading.say(finding::looks_for_nothing(), head(node));
            None
        }
    }
}
