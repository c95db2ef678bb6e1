//! Which documents a correlation means by the names it uses, and in which order correlations can be built.

use std::collections::HashMap;

use super::correlation::Definition;
use super::document::{Body, Document};
use super::measure::Kind;
use crate::finding::{Finding, correlation as finding};
use crate::text::diagnostic::{Diagnostic, suggest};
use crate::text::spanned::Spanned;

/// A correlation with its references followed.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) kind: Kind,
    pub(crate) bases: Vec<LinkedRule>,
}

/// One of the rules that a correlation counts.
#[derive(Debug)]
pub(crate) struct LinkedRule {
    /// Its number among the documents.
    pub(crate) document: usize,
    /// What it calls the fields that are grouped by.
    pub(crate) group_by: Vec<String>,
    /// What it calls the fields whose values are counted.
    pub(crate) values: Vec<String>,
}

/// All references.
#[derive(Debug)]
pub(crate) struct Links {
    /// By document; nothing for what is no correlation or cannot be used.
    pub(crate) of: Vec<Option<Link>>,
    /// The correlations that can be used, each behind those it counts.
    pub(crate) order: Vec<usize>,
    /// By document: whether it is only counted, and does not match on its own.
    pub(crate) silent: Vec<bool>,
}

/// How many correlations can be chained.
const CHAIN: usize = 16;

/// Follows all references of correlations.
pub(crate) fn follow(documents: &[Document], directory: &Directory<'_>, found: &mut Vec<Diagnostic>) -> Links {
    let mut of = Vec::with_capacity(documents.len());
    for (index, document) in documents.iter().enumerate() {
        of.push(match &document.body {
            Body::Correlation(definition) => Follower { directory, index, definition, found }.link(),
            _ => None,
        });
    }
    let silent = silent(directory);
    let mut builder = Order { documents, links: &of, states: vec![State::New; documents.len()], sorted: vec![], found };
    for index in 0..documents.len() {
        builder.visit(index, 0);
    }
    let order = builder.sorted;
    let mut usable = vec![false; documents.len()];
    for index in &order {
        usable[*index] = true;
    }
    for (link, usable) in of.iter_mut().zip(usable) {
        link.take_if(|_| !usable);
    }
    Links { of, order, silent }
}

/// A rule that is counted does not match on its own, unless one that counts it says so. That holds for correlations
/// that cannot be used too: a broken one must not turn into a match for every event it would have counted.
fn silent(directory: &Directory<'_>) -> Vec<bool> {
    let documents = directory.documents;
    let mut counted = vec![false; documents.len()];
    let mut generated = vec![false; documents.len()];
    for (index, document) in documents.iter().enumerate() {
        let (names, generate): (Vec<&str>, bool) = match &document.body {
            Body::Correlation(definition) => {
                (definition.rules.iter().map(|rule| rule.value.as_str()).collect(), definition.generate)
            }
            Body::Broken { counts } => (counts.iter().map(String::as_str).collect(), false),
            Body::Detection(_) | Body::Filter(_) => continue,
        };
        for base in names.into_iter().filter_map(|name| directory.find(name, index).ok()) {
            counted[base] = true;
            generated[base] |= generate;
        }
    }
    counted.into_iter().zip(generated).map(|(counted, generated)| counted && !generated).collect()
}

/// Documents by what they can be called. Nothing can be said of a filter.
pub(crate) struct Directory<'d> {
    documents: &'d [Document],
    names: HashMap<String, Vec<usize>>,
}

/// Why a name means no rule.
#[derive(Clone, Copy)]
pub(crate) enum Lost {
    Unknown,
    Several,
}

impl<'d> Directory<'d> {
    pub(crate) fn new(documents: &'d [Document]) -> Self {
        let mut names: HashMap<String, Vec<usize>> = HashMap::new();
        let rules = documents.iter().enumerate().filter(|(_, document)| !matches!(document.body, Body::Filter(_)));
        for (index, document) in rules {
            let rule = &document.rule;
            let called =
                [rule.name.clone(), rule.uuid.as_deref().map(str::to_ascii_lowercase), Some(rule.id.0.clone())];
            for name in called.into_iter().flatten() {
                names.entry(name).or_default().push(index);
            }
        }
        Self { documents, names }
    }

    /// The document that `name` means in the document `from`: one of the same file before one of another.
    pub(crate) fn find(&self, name: &str, from: usize) -> Result<usize, Lost> {
        let called =
            self.names.get(name).or_else(|| self.names.get(&name.to_ascii_lowercase())).ok_or(Lost::Unknown)?;
        let file = self.documents[from].source.name();
        let beside: Vec<usize> =
            called.iter().copied().filter(|index| self.documents[*index].source.name() == file).collect();
        match (beside.as_slice(), called.as_slice()) {
            ([one], _) | ([], [one]) => Ok(*one),
            _ => Err(Lost::Several),
        }
    }

    /// The finding for a name in the document `from` that means no rule.
    pub(crate) fn lost(&self, lost: Lost, name: &Spanned<String>, from: usize) -> Diagnostic {
        let finding = match lost {
            Lost::Unknown => finding::no_such_rule(name).advice(suggest(name, self.known(from))),
            Lost::Several => finding::several_rules(name),
        };
        finding.at(&self.documents[from].source, name.span)
    }

    /// What could have been meant: the names of the same file, then all others.
    fn known(&self, from: usize) -> Vec<&str> {
        let file = self.documents[from].source.name();
        let name = |document: &'d Document| document.rule.name.as_deref();
        let here = self.documents.iter().filter(|document| document.source.name() == file);
        let elsewhere = self.documents.iter().filter(|document| document.source.name() != file);
        here.chain(elsewhere).filter_map(name).collect()
    }
}

/// Follows the references of one correlation.
struct Follower<'a, 'd> {
    directory: &'a Directory<'d>,
    index: usize,
    definition: &'a Definition,
    found: &'a mut Vec<Diagnostic>,
}

impl Follower<'_, '_> {
    fn link(mut self) -> Option<Link> {
        let before = self.found.len();
        let definition = self.definition;
        let documents: Vec<Option<usize>> = definition.rules.iter().map(|rule| self.find(rule)).collect();
        let aliases = self.aliases();
        let mut bases = Vec::new();
        for (rule, document) in definition.rules.iter().zip(documents) {
            let Some(document) = document else { continue };
            let mut names = |fields: &[Spanned<String>]| -> Vec<String> {
                fields.iter().filter_map(|field| self.field(&aliases, rule, document, field)).collect()
            };
            let group_by = names(&definition.group_by);
            let values = names(&definition.values);
            bases.push(LinkedRule { document, group_by, values });
        }
        (self.found.len() == before).then_some(Link { kind: definition.kind, bases })
    }

    fn find(&mut self, name: &Spanned<String>) -> Option<usize> {
        let lost = match self.directory.find(name, self.index) {
            Ok(document) => return Some(document),
            Err(lost) => lost,
        };
        self.found.push(self.directory.lost(lost, name, self.index));
        None
    }

    /// By alias, the documents it speaks of and what they call the field.
    fn aliases(&mut self) -> HashMap<String, HashMap<usize, String>> {
        let mut aliases = HashMap::new();
        for alias in &self.definition.aliases {
            let mut fields = HashMap::new();
            for (rule, field) in &alias.fields {
                if let Some(document) = self.find(rule) {
                    fields.insert(document, field.clone());
                }
            }
            aliases.insert(alias.name.clone(), fields);
        }
        aliases
    }

    /// What the rule at `document` calls `field`.
    fn field(
        &mut self,
        aliases: &HashMap<String, HashMap<usize, String>>,
        rule: &Spanned<String>,
        document: usize,
        field: &Spanned<String>,
    ) -> Option<String> {
        let Some(fields) = aliases.get(&field.value) else { return Some(field.value.clone()) };
        let own = fields.get(&document).cloned();
        if own.is_none() {
            let source = &self.directory.documents[self.index].source;
            self.found.push(finding::which_field(field, rule).at(source, field.span));
        }
        own
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Sound,
    Unsound,
}

/// Puts correlations behind those they count.
struct Order<'a> {
    documents: &'a [Document],
    links: &'a [Option<Link>],
    states: Vec<State>,
    sorted: Vec<usize>,
    found: &'a mut Vec<Diagnostic>,
}

impl Order<'_> {
    fn visit(&mut self, index: usize, depth: usize) -> State {
        if self.states[index] != State::New {
            return self.states[index];
        }
        self.states[index] = match (&self.documents[index].body, &self.links[index]) {
            (Body::Detection(_), _) => State::Sound,
            (Body::Broken { .. } | Body::Filter(_), _) | (Body::Correlation(_), None) => State::Unsound,
            (Body::Correlation(definition), Some(link)) => {
                self.states[index] = State::Open;
                let mut state = State::Sound;
                for (rule, base) in definition.rules.iter().zip(&link.bases) {
                    if let Some(obstacle) = self.obstacle(rule, base.document, depth) {
                        self.found.push(obstacle.at(&self.documents[index].source, rule.span));
                        state = State::Unsound;
                    }
                }
                if state == State::Sound {
                    self.sorted.push(index);
                }
                state
            }
        };
        self.states[index]
    }

    /// Why a correlation cannot count `base`.
    fn obstacle(&mut self, rule: &Spanned<String>, base: usize, depth: usize) -> Option<Finding> {
        if depth == CHAIN {
            return Some(finding::too_long_a_chain(CHAIN));
        }
        match self.visit(base, depth + 1) {
            State::Sound => None,
            State::New | State::Open => Some(finding::counts_itself(rule)),
            State::Unsound => Some(finding::part_has_mistakes(rule)),
        }
    }
}
