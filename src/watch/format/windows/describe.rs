//! Adds to a draft read from JSON what its object is, and the names that rules use for its fields.

use super::{Alias, Kind, Slot, flat, kind, labelled, pairs, plain, slot};
use crate::watch::event::{Logsource, Value};
use crate::watch::format::draft::Draft;

/// Describes an object that is an event of Windows, or that a collector has labelled; leaves any other as it is.
pub(in crate::watch::format) fn describe(draft: &mut Draft) {
    let label = labelled(&draft.fields.0);
    let found = kind_of(&draft.fields.0);
    if let Some(kind) = &found {
        let fields = &mut draft.fields.0;
        simplify(fields);
        rename(fields, flat());
        rename(fields, kind.aliases);
        if kind.classic {
            split(fields);
        }
    }
    if let Some(logsource) = label.or_else(|| found.map(|kind| logsource(&kind, &draft.fields.0))) {
        let also = std::mem::replace(&mut draft.logsource, logsource).category;
        draft.logsource.category.extend(also);
    }
}

fn kind_of(fields: &[(String, Value)]) -> Option<Kind> {
    let (mut channel, mut id, mut provider) = (None, None, None);
    for (name, value) in fields {
        match (slot(name), value) {
            (Some(Slot::Channel), Value::Text(text)) => channel = channel.or(Some(text.as_str())),
            (Some(Slot::Provider), Value::Text(text)) => provider = provider.or(Some(text.as_str())),
            (Some(Slot::Id), Value::Int(number)) => id = id.or(Some(*number)),
            (Some(Slot::Id), Value::Text(text)) => id = id.or_else(|| text.trim().parse().ok()),
            _ => {}
        }
    }
    kind(channel.unwrap_or_default(), id?, provider.unwrap_or_default())
}

fn logsource(kind: &Kind, fields: &[(String, Value)]) -> Logsource {
    kind.logsource(|name| {
        fields.iter().find(|(field, _)| field == name).and_then(|(_, value)| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        })
    })
}

/// Adds the plain name of each dotted one, and the name without spaces of each that has some.
fn simplify(fields: &mut Vec<(String, Value)>) {
    let more: Vec<_> = fields
        .iter()
        .flat_map(|(name, value)| {
            let short = plain(name);
            let joined = short.unwrap_or(name).contains(' ').then(|| short.unwrap_or(name).replace(' ', ""));
            [short.map(str::to_owned), joined].into_iter().flatten().map(|name| (name, value.clone()))
        })
        .collect();
    fields.extend(more);
}

/// Adds the rules' name of each field that has an alias, unless something already has that name.
fn rename(fields: &mut Vec<(String, Value)>, aliases: &[Alias]) {
    for (theirs, ours) in aliases {
        let value = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value);
        if value(ours).is_none()
            && let Some(value) = value(theirs).cloned()
        {
            fields.push(((*ours).to_owned(), value));
        }
    }
}

/// Adds what the text of a classic event names.
fn split(fields: &mut Vec<(String, Value)>) {
    let data = fields.iter().filter(|(name, _)| name == "Data");
    let mut texts = Vec::new();
    for (_, value) in data {
        match value {
            Value::Text(text) => texts.push(text.clone()),
            Value::List(items) => texts.extend(items.iter().filter_map(|item| match item {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            })),
            _ => {}
        }
    }
    for (name, value) in texts.iter().flat_map(|text| pairs(text)) {
        if !fields.iter().any(|(field, _)| field == name) {
            fields.push((name.to_owned(), Value::from(value)));
        }
    }
}
