//! The decoys of `OpenCanary`: whoever touches one has no business there. They log the passwords that strangers try, which are
//! often real ones.

use super::draft::{Draft, Fields, Misfit, Reading};
use super::time::{self, When};
use super::{json, syslog};
use crate::base::redact::REMOVED;
use crate::watch::event::Value;

/// A command given to the Redis decoy.
const REDIS_COMMAND: i64 = 17001;

/// Reads one line: an object, alone or at the end of a syslog line.
pub(super) fn read(text: &str, when: When<'_>) -> Reading {
    let start = text.find("{\"").ok_or(Misfit("no JSON object"))?;
    if !is(&text[start..]) {
        return Err(Misfit("not an OpenCanary event"));
    }
    let mut fields = json::flatten(text[start..].trim_end())?;
    let mut draft = Draft::of("opencanary", None);
    draft.logsource.category.push("application".to_owned());
    draft.time = time_of(&fields, when);
    draft.text = hide_password(&mut fields, text);
    if let Some(envelope) = (start > 0).then(|| syslog::open(&text[..start], when)).flatten() {
        syslog::describe(&envelope, &mut draft.fields);
    }
    draft.fields.put_new(fields);
    Ok(Some(draft))
}

/// Whether an object is one of `OpenCanary`.
pub(super) fn is(object: &str) -> bool {
    object.starts_with('{') && object.contains("\"logtype\":") && object.contains("\"node_id\":")
}

/// `utc_time` is what it says; `local_time` has always been UTC as well, and `local_time_adjusted` is the local time.
fn time_of(fields: &Fields, when: When<'_>) -> Option<jiff::Timestamp> {
    let universal = |name: &str| time::universal(fields.text(name)?);
    let adjusted = || time::written(fields.text("local_time_adjusted")?, when);
    universal("utc_time").or_else(adjusted).or_else(|| universal("local_time"))
}

/// The arguments of Redis's `AUTH` are a password without being called so. Gives the text without them.
fn hide_password(fields: &mut Fields, text: &str) -> Option<String> {
    let command = fields.text("logdata.CMD").is_some_and(|command| command.eq_ignore_ascii_case("auth"));
    if !command || fields.value("logtype") != Some(&Value::Int(REDIS_COMMAND)) {
        return None;
    }
    for (_, value) in fields.0.iter_mut().filter(|(name, _)| name == "logdata.ARGS") {
        *value = Value::from(REMOVED);
    }
    Some(without_arguments(text))
}

/// `text` with the values of all members called `ARGS` taken out.
fn without_arguments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\"ARGS\":") {
        out.push_str(before);
        out.push_str("\"ARGS\": \"");
        out.push_str(REMOVED);
        out.push('"');
        let value = after.trim_start();
        let mut values = serde_json::Deserializer::from_str(value).into_iter::<serde::de::IgnoredAny>();
        values.next();
        rest = &value[values.byte_offset()..];
    }
    out + rest
}

#[cfg(test)]
mod tests;
