//! A pipeline file, read. Every mistake is a finding at its place.

use std::collections::BTreeMap;

use super::conditions::{FieldCondition, FieldConditions, Linking, RuleCondition, RuleConditions};
use super::transformation::{Addition, Of, Placeholders, Renaming, TYPES, Transformation, Type};
use super::{Pipeline, Step};
use crate::finding::document::{only_for_queries, unknown_key};
use crate::finding::{expected, pipeline as finding};
use crate::text::diagnostic::{Diagnostic, suggest};
use crate::text::node::{Kind, Node};
use crate::text::source::Source;
use crate::text::spanned::Spanned;
use crate::text::yaml;
use crate::watch::sigma::rule::Logsource;
use crate::watch::sigma::rule::expansion::Lists;
use crate::watch::sigma::rule::mentions::Mentions;
use crate::watch::sigma::rule::reading::{Reading, place};
use crate::watch::sigma::rule::selection;

/// The keys of a pipeline and what they are for.
pub(super) const KEYS: [(&str, &str); 4] = [
    ("name", "what the pipeline is called"),
    ("priority", "pipelines with a lower one come first; 0 where it is left out"),
    ("vars", "lists for placeholders, by name; they go before those of the site"),
    ("transformations", "what is done to rules, one after the other"),
];

/// The keys that every transformation can have.
pub(super) const STEP_KEYS: [(&str, &str); 8] = [
    ("id", "its name, for conditions of later ones"),
    ("type", "what is done"),
    ("rule_conditions", "for which rules"),
    ("rule_cond_op", "`and`: all of them must hold; `or`: one is enough"),
    ("rule_cond_not", "it is done where they do not hold"),
    ("field_name_conditions", "for which fields"),
    ("field_name_cond_op", "`and`: all of them must hold; `or`: one is enough"),
    ("field_name_cond_not", "it is done where they do not hold"),
];

/// The conditions on rules, each with its own keys.
pub(super) const RULE_CONDITIONS: [(&str, &[&str]); 5] = [
    ("logsource", &["category", "product", "service"]),
    ("is_sigma_rule", &[]),
    ("is_sigma_correlation_rule", &[]),
    ("tag", &["tag"]),
    ("processing_item_applied", &["processing_item_id"]),
];

/// The conditions on fields, each with its own keys.
pub(super) const FIELD_CONDITIONS: [(&str, &[&str]); 2] =
    [("include_fields", &["fields"]), ("exclude_fields", &["fields"])];

/// What pipelines for other products have and no log watcher needs.
const FOR_QUERIES: [&str; 3] = ["postprocessing", "finalizers", "allowed_backends"];

pub(super) fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Option<Pipeline> {
    let node = match yaml::parse(source) {
        Ok(node) => node,
        Err(broken) => {
            found.push(broken);
            return None;
        }
    };
    let mut reading = Reading::new(source, found);
    if node.as_map().is_none() {
        reading.say(finding::no_pipeline(node.describe()), node.span);
        return None;
    }
    top_keys(&mut reading, &node);
    reading.needed(&node, "name");
    let name = reading.text(&node, "name");
    let priority = priority(&mut reading, &node);
    let vars = vars(&mut reading, &node);
    let steps = steps(&mut reading, &node);
    let name = name.map(|name| name.value);
    (!reading.failed()).then_some(Pipeline { name: name?, source: source.clone(), priority, vars, steps })
}

fn top_keys(reading: &mut Reading<'_>, node: &Node) {
    for (key, _) in node.as_map().unwrap_or_default() {
        let name = reading.name(key);
        let known = || KEYS.iter().map(|(known, _)| *known);
        if known().any(|known| known == name) {
            continue;
        }
        let unknown = if FOR_QUERIES.contains(&name.as_str()) {
            only_for_queries(&name)
        } else {
            unknown_key(&name).advice(suggest(&name, known()))
        };
        reading.say(unknown, key.span);
    }
}

fn priority(reading: &mut Reading<'_>, node: &Node) -> i64 {
    match node.entry("priority") {
        None => 0,
        Some((_, Node { kind: Kind::Int(number), .. })) => *number,
        Some((key, value)) => {
            reading.wrong(expected::whole_number(), key, value);
            0
        }
    }
}

/// Lists by name; a single value is a list of one.
fn vars(reading: &mut Reading<'_>, node: &Node) -> Lists {
    let mut vars = Lists::new();
    let Some((key, value)) = node.entry("vars") else { return vars };
    if value.as_map().is_none() && value.kind != Kind::Null {
        reading.wrong(expected::variables(), key, value);
    }
    for (key, _) in value.as_map().unwrap_or_default() {
        let name = reading.name(key);
        let values = reading.texts(value, &name);
        vars.insert(name, values.into_iter().map(|value| value.value).collect());
    }
    vars
}

fn steps(reading: &mut Reading<'_>, node: &Node) -> Vec<Step> {
    let Some((key, value)) = reading.needed(node, "transformations") else { return Vec::new() };
    match &value.kind {
        Kind::Seq(items) if !items.is_empty() => items.iter().filter_map(|item| step(reading, key, item)).collect(),
        Kind::Seq(_) | Kind::Null => {
            reading.say(finding::changes_nothing(), key.span);
            Vec::new()
        }
        _ => {
            reading.wrong(expected::transformations(), key, value);
            Vec::new()
        }
    }
}

fn step(reading: &mut Reading<'_>, key: &Node, node: &Node) -> Option<Step> {
    if node.as_map().is_none() {
        reading.wrong(expected::transformation(), key, node);
        return None;
    }
    reading.needed(node, "type");
    let written = reading.text(node, "type")?;
    let Some(kind) = TYPES.iter().find(|kind| kind.word == written.value) else {
        let help = suggest(&written, TYPES.iter().map(|kind| kind.word));
        reading.say(finding::no_transformation(&written).advice(help), written.span);
        return None;
    };
    let common = STEP_KEYS.iter().map(|(key, _)| *key);
    let known: Vec<&str> = common.chain(kind.keys.iter().copied()).collect();
    reading.only(node, &known);
    let id = reading.text(node, "id").map(|id| id.value);
    let rules = rule_conditions(reading, node);
    let fields = field_conditions(reading, node);
    let transformation = transformation(reading, kind, node, &written, &fields)?;
    Some(Step { id, transformation, rules, fields })
}

fn transformation(
    reading: &mut Reading<'_>,
    kind: &Type,
    node: &Node,
    written: &Spanned<String>,
    fields: &FieldConditions,
) -> Option<Transformation> {
    Some(match kind.of {
        Of::Mapping => Transformation::Rename(Renaming::Mapping(mapping(reading, node)?)),
        Of::PrefixMapping => Transformation::Rename(Renaming::PrefixMapping(mapping(reading, node)?)),
        Of::Prefix => Transformation::Rename(Renaming::Prefix(needed_text(reading, node, "prefix")?)),
        Of::Suffix => Transformation::Rename(Renaming::Suffix(needed_text(reading, node, "suffix")?)),
        Of::ValuePlaceholders => Transformation::Fill(placeholders(reading, node, false)),
        Of::WildcardPlaceholders => Transformation::Fill(placeholders(reading, node, true)),
        Of::Logsource => Transformation::Logsource(logsource(reading, node, written)?),
        Of::Condition => Transformation::Condition(addition(reading, node)?),
        Of::Drop if fields.is_empty() => {
            reading.say(finding::leaves_nothing(), written.span);
            return None;
        }
        Of::Drop => Transformation::Drop,
        Of::Failure => Transformation::Failure(needed_text(reading, node, "message")?),
    })
}

fn needed_text(reading: &mut Reading<'_>, node: &Node, key: &str) -> Option<String> {
    let (name, value) = reading.needed(node, key)?;
    let text = reading.text(node, key).filter(|text| !text.is_empty());
    if text.is_none() && matches!(value.scalar().as_deref(), Some("")) {
        reading.say(finding::empty_key(key), place(name, value));
    }
    text.map(|text| text.value)
}

/// Names, each with one or several others.
fn mapping(reading: &mut Reading<'_>, node: &Node) -> Option<BTreeMap<String, Vec<String>>> {
    let (key, value) = reading.needed(node, "mapping")?;
    let entries = match value.as_map() {
        Some(entries) if !entries.is_empty() => entries,
        _ => {
            reading.wrong(expected::mapping(), key, value);
            return None;
        }
    };
    let mut mapping = BTreeMap::new();
    for (from, to) in entries {
        let items = to.as_seq().unwrap_or(std::slice::from_ref(to));
        let names: Vec<_> = items.iter().filter_map(|item| reading.scalar(item)).collect();
        if names.is_empty() || names.len() < items.len() || names.iter().any(|name| name.is_empty()) {
            reading.say(finding::no_new_name(reading.name(from)), place(from, to));
            continue;
        }
        if reading.name(from).is_empty() {
            reading.say(finding::no_old_name(), from.span);
            continue;
        }
        mapping.insert(reading.name(from), names.into_iter().map(|name| name.value).collect());
    }
    Some(mapping)
}

fn placeholders(reading: &mut Reading<'_>, node: &Node, wildcard: bool) -> Placeholders {
    let include = node.entry("include").map(|_| reading.texts(node, "include"));
    Placeholders { include, exclude: reading.texts(node, "exclude"), wildcard }
}

/// The logs that are named under `category`, `product` and `service`; at least one of them must be.
fn logsource(reading: &mut Reading<'_>, node: &Node, written: &Spanned<String>) -> Option<Logsource> {
    let mut word = |key| reading.text(node, key).map(|text| text.value);
    let (category, product, service) = (word("category"), word("product"), word("service"));
    if category.is_none() && product.is_none() && service.is_none() {
        reading.say(finding::no_logs_named(), written.span);
        return None;
    }
    Some(Logsource { category, product, service, definition: None })
}

fn addition(reading: &mut Reading<'_>, node: &Node) -> Option<Addition> {
    let (key, value) = reading.needed(node, "conditions")?;
    if value.as_map().is_none_or(<[_]>::is_empty) {
        reading.wrong(expected::fields_and_values(), key, value);
        return None;
    }
    // Read once here, so that mistakes are told once; and again with the names of each rule that it is added to.
    selection::read(reading, key, value, &mut Mentions::default())?;
    Some(Addition { key: key.clone(), conditions: value.clone(), negated: truth(reading, node, "negated") })
}

fn truth(reading: &mut Reading<'_>, node: &Node, key: &str) -> bool {
    match node.entry(key) {
        None => false,
        Some((_, Node { kind: Kind::Bool(truth), .. })) => *truth,
        Some((key, value)) => {
            reading.wrong(expected::truth(), key, value);
            false
        }
    }
}

fn linking(reading: &mut Reading<'_>, node: &Node, op: &str, not: &str) -> Linking {
    let any = reading.text(node, op).is_some_and(|word| match word.as_str() {
        "or" => true,
        "and" => false,
        _ => {
            let help = suggest(&word, ["and", "or"]);
            reading.say(finding::joins_nothing(&word).advice(help), word.span);
            false
        }
    });
    Linking { any, negated: truth(reading, node, not) }
}

fn rule_conditions(reading: &mut Reading<'_>, node: &Node) -> RuleConditions {
    let all = listed(reading, node, "rule_conditions", &RULE_CONDITIONS, |reading, written, node| {
        Some(match written.as_str() {
            "logsource" => RuleCondition::Logsource(logsource(reading, node, written)?),
            "is_sigma_rule" => RuleCondition::Rule,
            "is_sigma_correlation_rule" => RuleCondition::Correlation,
            "tag" => RuleCondition::Tag(needed_text(reading, node, "tag")?),
            _ => RuleCondition::Applied(needed_text(reading, node, "processing_item_id")?),
        })
    });
    RuleConditions { all, linking: linking(reading, node, "rule_cond_op", "rule_cond_not") }
}

fn field_conditions(reading: &mut Reading<'_>, node: &Node) -> FieldConditions {
    let all = listed(reading, node, "field_name_conditions", &FIELD_CONDITIONS, |reading, written, node| {
        let (key, _) = reading.needed(node, "fields")?;
        let fields: Vec<String> = reading.texts(node, "fields").into_iter().map(|field| field.value).collect();
        if fields.is_empty() {
            reading.say(finding::no_field_named(), key.span);
            return None;
        }
        Some(match written.as_str() {
            "include_fields" => FieldCondition::Include(fields),
            _ => FieldCondition::Exclude(fields),
        })
    });
    FieldConditions { all, linking: linking(reading, node, "field_name_cond_op", "field_name_cond_not") }
}

/// The conditions listed under `key`, each read by `read` once its type and keys are known.
fn listed<T>(
    reading: &mut Reading<'_>,
    node: &Node,
    key: &str,
    types: &[(&'static str, &[&'static str])],
    mut read: impl FnMut(&mut Reading<'_>, &Spanned<String>, &Node) -> Option<T>,
) -> Vec<T> {
    let Some((key, value)) = node.entry(key) else { return Vec::new() };
    let Some(items) = value.as_seq().filter(|items| !items.is_empty()) else {
        reading.wrong(expected::conditions(), key, value);
        return Vec::new();
    };
    let mut conditions = Vec::new();
    for item in items {
        if item.as_map().is_none() {
            reading.wrong(expected::condition(), key, item);
            continue;
        }
        reading.needed(item, "type");
        let Some(written) = reading.text(item, "type") else { continue };
        let Some((_, keys)) = types.iter().find(|(word, _)| *word == written.value) else {
            let help = suggest(&written, types.iter().map(|(word, _)| *word));
            reading.say(finding::no_condition_here(&written).advice(help), written.span);
            continue;
        };
        let keys: Vec<&str> = std::iter::once("type").chain(keys.iter().copied()).collect();
        reading.only(item, &keys);
        conditions.extend(read(reading, &written, item));
    }
    conditions
}
