//! The decoys of `OpenCanary`: whoever touches one has no business there. They log the passwords that strangers try, which are
//! often real ones.

use super::draft::{Draft, Fields, Misfit, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::time::{self, When};
use super::{json, syslog};
use crate::watch::event::Value;
use crate::watch::hidden::Hidden;

/// A command given to the Redis decoy.
const REDIS_COMMAND: i64 = 17001;

/// The events of decoys.
pub(super) struct OpenCanary;

impl Kind for OpenCanary {
    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        read(text, when)
    }

    fn sniff(text: &str, _: When<'_>) -> Option<Surety> {
        Surety::certain(is(text))
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::of(&["opencanary"], &[], &["application"])]
    }
}

/// Reads one line: an object, alone or at the end of a syslog line.
pub(super) fn read(text: &str, when: When<'_>) -> Reading {
    let start = text.find("{\"").ok_or(Misfit("no JSON object"))?;
    if !is(&text[start..]) {
        return Err(Misfit("not an OpenCanary event"));
    }
    let fields = json::flatten(text[start..].trim_end())?;
    let mut draft = Draft::of("opencanary", None);
    draft.logsource.category.push("application".to_owned());
    draft.time = time_of(&fields, when);
    hide_password(&fields, text, &mut draft.hidden);
    if let Some(envelope) = (start > 0).then(|| syslog::open(&text[..start], when)).flatten() {
        syslog::describe(&envelope, &mut draft.fields);
    }
    draft.fields.put_new(fields);
    Ok(Some(draft))
}

/// Whether an object is one of `OpenCanary`, whose members come in the order of their names. One of which the end is
/// missing still is: what a stranger gave to the decoy was too long.
pub(super) fn is(object: &str) -> bool {
    let has = |name: &str| object.contains(name);
    object.starts_with('{')
        && ((has("\"logtype\":") && has("\"node_id\":"))
            || (object.starts_with("{\"dst_host\":") && has("\"dst_port\":") && has("\"logdata\":")))
}

/// `utc_time` is what it says; `local_time` has always been UTC as well, and `local_time_adjusted` is the local time.
fn time_of(fields: &Fields, when: When<'_>) -> Option<jiff::Timestamp> {
    let universal = |name: &str| time::universal(fields.text(name)?);
    let adjusted = || time::written(fields.text("local_time_adjusted")?, when);
    universal("utc_time").or_else(adjusted).or_else(|| universal("local_time"))
}

/// The arguments of Redis's `AUTH` are a password without being called so.
fn hide_password(fields: &Fields, text: &str, hidden: &mut Hidden) {
    let command = fields.text("logdata.CMD").is_some_and(|command| command.eq_ignore_ascii_case("auth"));
    if !command || fields.value("logtype") != Some(&Value::Int(REDIS_COMMAND)) {
        return;
    }
    for (_, value) in fields.0.iter().filter(|(name, _)| name == "logdata.ARGS") {
        hide_value(value, hidden);
    }
    // In the line itself, a letter may be written as an escape.
    for (at, mark) in text.match_indices("\"ARGS\":") {
        let value = &text[at + mark.len()..];
        let mut values = serde_json::Deserializer::from_str(value).into_iter::<serde::de::IgnoredAny>();
        values.next();
        hidden.hide(&value[..values.byte_offset()]);
    }
}

fn hide_value(value: &Value, hidden: &mut Hidden) {
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Int(number) => hidden.hide(&number.to_string()),
        Value::Float(number) => hidden.hide(&number.to_string()),
        Value::Text(text) => {
            hidden.hide(text);
            text.split_whitespace().for_each(|word| hidden.hide(word));
        }
        Value::List(items) => items.iter().for_each(|item| hide_value(item, hidden)),
    }
}

#[cfg(test)]
mod tests;
