//! Who did what to whose record, as audit messages of hospitals tell it: one set of fields, whichever of their formats says it,
//! so that a rule is written once. Whom it was done to is seen by rules and shown to nobody.

use jiff::Timestamp;

use super::draft::{Draft, Fields};
use crate::watch::event::Value;

/// A code and the words beside it.
#[derive(Debug, Default)]
pub(super) struct Coded {
    pub(super) code: String,
    pub(super) name: String,
}

/// Somebody or something that took part.
#[derive(Debug, Default)]
pub(super) struct Agent {
    pub(super) user: String,
    pub(super) is_requestor: bool,
    pub(super) address: String,
    pub(super) role: Coded,
}

/// Something that it was done to: a patient, a study, a query.
#[derive(Debug, Default)]
pub(super) struct Thing {
    pub(super) id: String,
    /// `1` a person, `2` a part of a system, `3` an organisation, `4` other.
    pub(super) kind: String,
    /// `1` the patient, `3` a report, `24` a query …
    pub(super) role: String,
    /// What else must not be shown: names, queries, details.
    pub(super) secrets: Vec<String>,
}

/// An audit message.
#[derive(Debug, Default)]
pub(super) struct PatientAccess {
    pub(super) at: Option<Timestamp>,
    /// `C` `R` `U` `D` `E`.
    pub(super) action: String,
    /// `0` success, `4` minor, `8` serious, `12` major failure, or a word.
    pub(super) outcome: String,
    pub(super) event: Coded,
    pub(super) types: Vec<Coded>,
    pub(super) agents: Vec<Agent>,
    pub(super) source: String,
    pub(super) things: Vec<Thing>,
}

/// Names that systems write where the code belongs, and the code of DICOM for them.
const NAMES: [(&str, &str); 6] = [
    ("patient record", "110110"),
    ("login", "110114"),
    ("logout", "110114"),
    ("user authentication", "110114"),
    ("query", "110112"),
    ("export", "110106"),
];

impl PatientAccess {
    /// The event, by the names that rules use. `escaped` writes a text as the line does.
    pub(super) fn draft(self, escaped: fn(&str) -> String) -> Draft {
        let mut draft = Draft { time: self.at, ..Draft::of("ihe", Some("audit")) };
        for thing in &self.things {
            for secret in std::iter::once(&thing.id).chain(&thing.secrets) {
                draft.hidden.hide(secret);
                draft.hidden.hide(&escaped(secret));
            }
        }
        self.tell(&mut draft.fields);
        draft
    }

    fn tell(&self, fields: &mut Fields) {
        fields.put_said("event_code", Some(&code(&self.event)));
        fields.put_said("event_name", Some(&self.event.name));
        put_all(fields, "type_code", self.types.iter().map(|of| of.code.as_str()));
        put_all(fields, "type_name", self.types.iter().map(|of| of.name.as_str()));
        fields.put_said("action", Some(&self.action.to_ascii_uppercase()));
        if let Some((word, number)) = outcome(&self.outcome) {
            fields.put("outcome", word);
            if let Some(number) = number {
                fields.put("outcome_code", number);
            }
        }
        if let Some(agent) = self.agents.iter().find(|agent| agent.is_requestor).or_else(|| self.agents.first()) {
            fields.put_said("user", Some(&agent.user));
            fields.put_said("user_role", Some(&agent.role.code));
            fields.put_said("src_ip", Some(&agent.address));
        }
        fields.put_said("source_id", Some(&self.source));
        put_all(fields, "object_type", self.things.iter().map(|thing| thing.kind.as_str()));
        put_all(fields, "object_role", self.things.iter().map(|thing| thing.role.as_str()));
        put_all(fields, "object_id", self.things.iter().map(|thing| thing.id.as_str()));
        fields.put("objects", i64::try_from(self.things.len()).unwrap_or(i64::MAX));
    }
}

/// The code of an event; some systems write nothing in its place but a name.
fn code(event: &Coded) -> String {
    if event.code.bytes().any(|byte| byte.is_ascii_digit()) {
        return event.code.clone();
    }
    let known = NAMES.iter().find(|(name, _)| event.name.trim().eq_ignore_ascii_case(name));
    known.map_or_else(|| event.code.clone(), |(_, code)| (*code).to_owned())
}

/// The word and the number of an outcome.
fn outcome(said: &str) -> Option<(&'static str, Option<i64>)> {
    let number = said.trim().parse().ok();
    Some(match (number, said.trim().to_ascii_lowercase().as_str()) {
        (_, "") => return None,
        (Some(0), _) | (None, "success" | "information" | "warning") => ("success", Some(0)),
        (Some(number), _) => ("failure", Some(number)),
        (None, "minor-failure" | "error") => ("failure", Some(4)),
        (None, "serious-failure") => ("failure", Some(8)),
        (None, "major-failure" | "fatal") => ("failure", Some(12)),
        (None, _) => ("failure", None),
    })
}

/// One value, or all of several; nothing where none is said.
fn put_all<'a>(fields: &mut Fields, name: &str, values: impl Iterator<Item = &'a str>) {
    let mut values: Vec<Value> = values.filter(|value| !value.is_empty()).map(Value::from).collect();
    match values.len() {
        0 => {}
        1 => values.into_iter().for_each(|value| fields.put(name, value)),
        _ => fields.put(name, Value::List(std::mem::take(&mut values))),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::watch::event::{Event, Value};

    /// An event is an audit message, and says so much.
    pub(in crate::watch::format) fn holds(event: &Event, wanted: &[(&str, &str)]) {
        let source = (event.logsource.product.as_deref(), event.logsource.service.as_deref());
        assert_eq!(source, (Some("ihe"), Some("audit")));
        for (name, value) in wanted {
            assert_eq!(event.get(name).next(), Some(&Value::from(*value)), "{name}");
        }
    }
}
