//! Adds to a draft read from JSON what its object is, and the names that rules use for its fields.
//!
//! What a lazily read object says to rules ([`crate::watch::format::json::Object`]) and what is added here must be the
//! same.

mod unfold;

use std::borrow::Cow;

use compact_str::CompactString;

use crate::watch::event::{Named, Value};
use crate::watch::format::draft::Draft;
use crate::watch::kind;
use crate::watch::kind::windows::{Alias, goes_first, pairs, plain};

pub(in crate::watch::format) use unfold::unfold;

/// Describes an object: gives its fields their plain names, and where it is an event of Windows or labelled by a collector,
/// says so.
pub(in crate::watch::format) fn describe(draft: &mut Draft) {
    let fields = &mut draft.fields.0;
    let surroundings = surroundings(fields);
    simplify(fields);
    let found = kind::described(&mut |name| text(&surroundings, name).or_else(|| text(fields, name)));
    rename(fields, &found.aliases);
    if let Some(lines) = found.lines {
        split(fields, lines);
    }
    let also = std::mem::replace(&mut draft.logsource, found.logsource).category;
    draft.logsource.category.extend(also);
}

/// The first value of a field, where it is text, or a number that means the same.
fn text(fields: &[Named], name: &str) -> Option<String> {
    let mut value = fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)?;
    while let Value::List(items) = value {
        value = items.first()?;
    }
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Int(number) if kind::is_number(name) => Some(number.to_string()),
        Value::Float(number) if kind::is_number(name) => Some(format!("{number:?}")),
        _ => None,
    }
}

/// What surrounds an event that says fields of its own by the same names: it is of the log that it is written in.
fn surroundings(fields: &[Named]) -> Vec<Named> {
    if !fields.iter().any(|(name, _)| goes_first(name)) {
        return Vec::new();
    }
    let outer = fields.iter().filter(|(name, _)| !goes_first(name));
    outer.filter_map(|(name, value)| Some((plain(name)?.into(), value.clone()))).collect()
}

/// Adds the plain name of each dotted one behind it, and the name without spaces of each that has some.
fn simplify(fields: &mut Vec<Named>) {
    if !fields.iter().any(|(name, _)| plain(name).is_some() || name.contains(' ')) {
        return;
    }
    let own: Vec<String> = fields
        .iter()
        .filter(|(name, _)| goes_first(name))
        .filter_map(|(name, _)| plain(name).map(Cow::into_owned))
        .collect();
    for (name, value) in std::mem::take(fields) {
        let short = plain(&name).filter(|short| goes_first(&name) || !own.iter().any(|own| own == short));
        let short = short.map(Cow::into_owned);
        let written = short.as_deref().unwrap_or(&name);
        let joined = written.contains(' ').then(|| written.replace(' ', ""));
        let more: Vec<_> = short.into_iter().chain(joined).map(|name| (name.into(), value.clone())).collect();
        fields.push((name, value));
        fields.extend(more);
    }
}

/// Adds the rules' name of each field that has an alias, unless something already has that name.
fn rename(fields: &mut Vec<Named>, aliases: &[Alias]) {
    for (theirs, ours) in aliases {
        if fields.iter().any(|(field, _)| field == ours) {
            continue;
        }
        let named = fields.iter().filter(|(field, _)| field == theirs);
        let named: Vec<_> = named.map(|(_, value)| ((*ours).into(), value.clone())).collect();
        fields.extend(named);
    }
}

/// Adds what the text of a classic event names, unless something already has that name.
fn split(fields: &mut Vec<Named>, lines: &str) {
    let mut texts = Vec::new();
    for (_, value) in fields.iter().filter(|(name, _)| name == lines) {
        all_texts(value, &mut texts);
    }
    for (name, value) in texts.iter().flat_map(|text| pairs(text).map(|(name, value)| (name, &text[value]))) {
        if !fields.iter().any(|(field, _)| field == name) {
            fields.push((name.into(), Value::from(value)));
        }
    }
}

fn all_texts(value: &Value, texts: &mut Vec<CompactString>) {
    match value {
        Value::Text(text) => texts.push(text.clone()),
        Value::List(items) => items.iter().for_each(|item| all_texts(item, texts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
