//! FHIR `AuditEvent`, releases 4 and 5, one resource a line or indented, in the same fields as audit messages in XML.

use serde_json::Value as Json;

use super::draft::{Misfit, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::patient_access::{Agent, Coded, PatientAccess, Thing};
use super::time::{self, When};

/// Resources of the kind `AuditEvent`.
pub(super) struct Fhir;

impl Kind for Fhir {
    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        read(text, when)
    }

    fn sniff(text: &str, when: When<'_>) -> Option<Surety> {
        Surety::certain(is(text) && read(text, when).is_ok())
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::of(&["ihe"], &["audit"], &[])]
    }
}

/// Whether a text may be such a resource.
pub(super) fn is(text: &str) -> bool {
    text.trim_start().starts_with('{') && text.contains("\"AuditEvent\"") && text.contains("\"resourceType\"")
}

/// Reads one resource.
pub(super) fn read(text: &str, when: When<'_>) -> Reading {
    let resource: Json = serde_json::from_str(text).map_err(|_| Misfit("not valid JSON"))?;
    if resource["resourceType"] != "AuditEvent" {
        return Err(Misfit("not an AuditEvent of FHIR"));
    }
    // Release 5 calls the type a category, and the subtype a code.
    let category = codings(&resource["category"]).into_iter().next();
    let mut types = codings(&resource["subtype"]);
    types.extend(codings(&resource["code"]));
    let access = PatientAccess {
        at: resource["recorded"].as_str().and_then(|at| time::written(at, when)),
        action: text_of(&resource["action"]),
        outcome: text_of(first(&[&resource["outcome"], &resource["outcome"]["code"]["code"]])),
        event: category.or_else(|| codings(&resource["type"]).into_iter().next()).unwrap_or_default(),
        types,
        agents: list(&resource["agent"]).map(agent).collect(),
        source: who(&resource["source"]["observer"]),
        things: list(&resource["entity"]).map(thing).chain(patient(&resource["patient"])).collect(),
    };
    Ok(Some(access.draft(escaped)))
}

/// The items of a list, or the one thing that stands in its place.
fn list(value: &Json) -> impl Iterator<Item = &Json> {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let one = value.is_object().then_some(value);
    items.iter().chain(one)
}

/// The first that is a text or a number.
fn first<'a>(values: &[&'a Json]) -> &'a Json {
    values.iter().copied().find(|value| value.is_string() || value.is_number()).unwrap_or(&Json::Null)
}

fn text_of(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The codes of a concept, or of several, or one that stands by itself.
fn codings(value: &Json) -> Vec<Coded> {
    let of_one = |one: &Json| Coded { code: text_of(&one["code"]), name: text_of(&one["display"]) };
    let of = |concept: &Json| match concept["coding"].as_array() {
        Some(codes) => codes.iter().map(of_one).collect(),
        None => vec![of_one(concept)],
    };
    list(value).flat_map(of).collect()
}

/// Whom a reference names: by a number, a link, or words.
fn who(reference: &Json) -> String {
    text_of(first(&[&reference["identifier"]["value"], &reference["reference"], &reference["display"]]))
}

fn agent(agent: &Json) -> Agent {
    let user = who(&agent["who"]);
    Agent {
        user: if user.is_empty() { text_of(first(&[&agent["altId"], &agent["name"]])) } else { user },
        is_requestor: agent["requestor"] == true,
        address: text_of(first(&[&agent["network"]["address"], &agent["networkString"], &agent["networkUri"]])),
        role: list(&agent["role"]).flat_map(codings).next().unwrap_or_default(),
    }
}

fn thing(entity: &Json) -> Thing {
    let role = text_of(&entity["role"]["code"]);
    let role =
        if role.is_empty() { codings(&entity["role"]).into_iter().next().unwrap_or_default().code } else { role };
    let id = who(&entity["what"]);
    let is_patient = role == "1" || id.contains("Patient/");
    let mut secrets = texts(&entity["what"]);
    for name in ["name", "description", "query", "detail"] {
        secrets.extend(texts(&entity[name]));
    }
    let kind = text_of(&entity["type"]["code"]);
    Thing { id, kind: if kind.is_empty() && is_patient { "1".to_owned() } else { kind }, role, secrets }
}

/// The patient whom release 5 names apart.
fn patient(reference: &Json) -> Option<Thing> {
    let thing = Thing { id: who(reference), kind: "1".to_owned(), role: "1".to_owned(), secrets: texts(reference) };
    reference.is_object().then_some(thing)
}

/// All texts in a value.
fn texts(value: &Json) -> Vec<String> {
    match value {
        Json::String(text) => vec![text.clone()],
        Json::Array(items) => items.iter().flat_map(texts).collect(),
        Json::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// A text as JSON writes it.
fn escaped(text: &str) -> String {
    let quoted = Json::from(text).to_string();
    quoted.trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests;
