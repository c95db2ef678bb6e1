//! Audit messages of hospitals in XML (IHE ATNA), as DICOM PS3.15 A.5 and as RFC 3881 have them: bare, over several lines, or
//! inside syslog.

use super::draft::{Misfit, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::patient_access::{Agent, Coded, PatientAccess, Thing};
use super::time::{self, When};
use super::xml::{self, Element};

/// Audit messages in XML.
pub(super) struct Atna;

impl Kind for Atna {
    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        read(text, when)
    }

    fn sniff(text: &str, when: When<'_>) -> Option<Surety> {
        Surety::certain(is(text) && matches!(read(text, when), Ok(Some(_))))
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::of(&["ihe"], &["audit"], &[])]
    }
}

/// Whether a text may be such a message.
pub(super) fn is(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("<AuditMessage") || text.starts_with("<?xml") && text.contains("<AuditMessage")
}

/// Reads one message.
pub(super) fn read(text: &str, when: When<'_>) -> Reading {
    if !is(text) {
        let is_around = text.trim_start().starts_with("<?xml");
        return if is_around { Ok(None) } else { Err(Misfit("not an audit message in XML")) };
    }
    let message = xml::element(text).ok_or(Misfit("XML that stops in the middle, or is more than a message"))?;
    let event = message.child("EventIdentification").ok_or(Misfit("an audit message without its event"))?;
    let said = |name: &str| event.attribute(name).unwrap_or_default();
    let children = |name: &'static str| message.children.iter().filter(move |child| child.name == name);
    let source = children("AuditSourceIdentification").next().and_then(|source| source.attribute("AuditSourceID"));
    let types = event.children.iter().filter(|child| child.name == "EventTypeCode");
    let access = PatientAccess {
        at: time::written(said("EventDateTime"), when),
        action: said("EventActionCode").to_owned(),
        outcome: said("EventOutcomeIndicator").to_owned(),
        event: event.child("EventID").map(coded).unwrap_or_default(),
        types: types.map(coded).collect(),
        agents: children("ActiveParticipant").map(agent).collect(),
        source: source.unwrap_or_default().to_owned(),
        things: children("ParticipantObjectIdentification").map(thing).collect(),
    };
    Ok(Some(access.draft(escaped)))
}

/// A code, as either of the two dialects writes it.
fn coded(element: &Element) -> Coded {
    let first = |names: [&str; 2]| names.iter().find_map(|name| element.attribute(name)).unwrap_or_default().to_owned();
    Coded { code: first(["csd-code", "code"]), name: first(["originalText", "displayName"]) }
}

fn agent(element: &Element) -> Agent {
    let said = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
    Agent {
        user: said("UserID"),
        is_requestor: said("UserIsRequestor").eq_ignore_ascii_case("true"),
        address: said("NetworkAccessPointID"),
        role: element.child("RoleIDCode").map(coded).unwrap_or_default(),
    }
}

fn thing(element: &Element) -> Thing {
    let said = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
    let mut secrets = Vec::new();
    for child in element.children.iter().filter(|child| child.name != "ParticipantObjectIDTypeCode") {
        secrets.push(child.text.clone());
        secrets.extend(child.attribute("value").map(str::to_owned));
    }
    Thing {
        id: said("ParticipantObjectID"),
        kind: said("ParticipantObjectTypeCode"),
        role: said("ParticipantObjectTypeCodeRole"),
        secrets,
    }
}

/// A text as XML writes it.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('\'', "&apos;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests;
