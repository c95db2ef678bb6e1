//! Fields that an object of a collector says without their names beside them: texts in an order, pairs of a name and a
//! text, or the properties of an object of PowerShell. Puts them under the names that the XML of Windows has.

use serde_json::Value as Json;

use crate::watch::event::Value;
use crate::watch::format::draft::Fields;
use crate::watch::kind::windows::{folded, inserts};

/// What PowerShell calls what surrounds an event.
const POWERSHELL: [(&str, &str); 6] = [
    ("Id", "System.EventID"),
    ("LogName", "System.Channel"),
    ("ProviderName", "System.Provider.@Name"),
    ("MachineName", "System.Computer"),
    ("RecordId", "System.EventRecordID"),
    ("Source", "System.Provider.@Name"),
];

/// Adds what the object `text`, whose members `fields` are, says in another way than by name.
pub(in crate::watch::format) fn unfold(text: &str, fields: &mut Fields) {
    if !fields.0.iter().any(|(name, _)| folded::is_folded(name)) {
        return;
    }
    let has = |fields: &Fields, name: &str| fields.value(name).is_some();
    if has(fields, "MachineName") && (has(fields, "LogName") || has(fields, "ReplacementStrings")) {
        for (theirs, ours) in POWERSHELL {
            if let Some(value) = fields.value(theirs).cloned() {
                fields.put(ours, value);
            }
        }
    }
    let Ok(object) = serde_json::from_str::<Json>(text) else { return };
    for (name, value) in pairs(&object) {
        fields.put(&format!("EventData.{name}"), value);
    }
    name_texts(&object, fields);
}

/// Gives texts in an order their names.
fn name_texts(object: &Json, fields: &mut Fields) {
    let Some(texts) = folded::TEXTS.iter().find_map(|name| texts(object, name)) else { return };
    let said = |names: &[&str]| names.iter().find_map(|name| fields.text(name)).unwrap_or_default();
    let channel = said(&["Channel", "System.Channel", "LogName"]);
    let provider = said(&["ProviderName", "SourceName", "Source"]);
    let number = ["EventID", "Id"].iter().find_map(|name| match fields.value(name)? {
        Value::Int(number) => Some(*number),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    });
    let names = number.map(|number| inserts(channel, number, provider, texts.len())).unwrap_or_default();
    for (name, value) in names.iter().zip(texts) {
        fields.put(&format!("EventData.{name}"), value);
    }
}

/// The texts below the member called `name`, or below a member of each of its items.
fn texts(object: &Json, name: &str) -> Option<Vec<Value>> {
    let (list, inner) = name.split_once('.').unwrap_or((name, ""));
    // PowerShell takes some values apart, such as the number of an account.
    let value = |item: &Json| match item.get(inner).unwrap_or(item) {
        Json::Object(parts) => parts.get(inner).map_or(Value::Null, plain),
        value => plain(value),
    };
    match object.get(list)? {
        Json::Array(items) => Some(items.iter().map(value).collect()),
        one => Some(vec![value(one)]),
    }
}

fn plain(value: &Json) -> Value {
    match value {
        Json::String(text) => Value::from(text.clone()),
        Json::Number(number) => number.as_i64().map_or_else(|| Value::from(number.to_string()), Value::from),
        Json::Bool(truth) => Value::from(*truth),
        _ => Value::Null,
    }
}

/// The pairs of a name and a text below `Data` of an event.
fn pairs(object: &Json) -> Vec<(String, Value)> {
    let event = object.get("Event").unwrap_or(object);
    let event = ["EventData", "event_data"].iter().find_map(|name| event.get(name));
    match event.and_then(|data| data.get("Data")) {
        Some(Json::Array(pairs)) => pairs.iter().filter_map(pair).collect(),
        Some(one) => pair(one).into_iter().collect(),
        None => Vec::new(),
    }
}

fn pair(pair: &Json) -> Option<(String, Value)> {
    let member = |name: &str| name.split('.').try_fold(pair, |inner, name| inner.get(name));
    let name = folded::NAMES.iter().find_map(|name| member(name)?.as_str())?;
    let value = folded::VALUES.iter().find_map(|name| pair.get(name));
    Some((name.to_owned(), value.map_or(Value::Null, plain)))
}
