//! Events of Windows as the XML that Windows itself writes: forwarded (WEF), of `wevtutil` and `Get-WinEvent`, exported by
//! the Event Viewer, of Sysmon for Linux.

use super::draft::{Draft, Fields, Misfit, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::time::{self, When};
use super::windows;
use super::xml::{self, Element};
use crate::watch::event::Value;
use crate::watch::kind;

/// Events of Windows in XML.
pub(super) struct EventXml;

impl Kind for EventXml {
    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        read(text, when)
    }

    fn sniff(text: &str, when: When<'_>) -> Option<Surety> {
        Surety::certain(is(text) && matches!(read(text, when), Ok(Some(_))))
    }

    fn possible() -> Vec<Possible> {
        let windows: Vec<&str> = kind::windows::services().collect();
        let any = |product, services: &[&str]| Possible::of(&[product], services, &[]).any_category();
        vec![any("windows", &windows), any("linux", &["sysmon"])]
    }
}

/// Whether a text may be such an event.
pub(super) fn is(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("<Event ") || text.starts_with("<Event>") || text.starts_with("<?xml") && text.contains("<Event")
}

/// Reads one event.
pub(super) fn read(text: &str, when: When<'_>) -> Reading {
    if !is(text) {
        // What stands around events says nothing.
        let is_around = ["<?xml", "<Events", "</Events"].iter().any(|around| text.trim_start().starts_with(around));
        return if is_around { Ok(None) } else { Err(Misfit("not an event of Windows in XML")) };
    }
    let root = xml::element(text).ok_or(Misfit("XML that stops in the middle, or is more than an event"))?;
    let event = if root.name == "Events" { root.child("Event") } else { Some(&root) };
    let Some(event) = event else { return Ok(None) };
    let system = event.child("System").ok_or(Misfit("an event of Windows without a system part"))?;
    let mut draft = Draft::default();
    surroundings(system, &mut draft.fields);
    for part in &event.children {
        match part.name.as_str() {
            "EventData" => data(part, &mut draft.fields),
            "UserData" => part.children.iter().for_each(|inner| leaves(inner, &mut draft.fields)),
            "RenderingInfo" => {
                if let Some(message) = part.child("Message") {
                    draft.fields.put("Event.RenderingInfo.Message", message.text.as_str());
                }
            }
            _ => {}
        }
    }
    let at = system.child("TimeCreated").and_then(|created| created.attribute("SystemTime"));
    draft.time = at.and_then(|at| time::written(at, when));
    windows::describe(&mut draft);
    Ok(Some(draft))
}

/// What surrounds every event.
fn surroundings(system: &Element, fields: &mut Fields) {
    for part in &system.children {
        let name = format!("Event.System.{}", part.name);
        for (attribute, value) in &part.attributes {
            fields.put(&format!("{name}.#attributes.{attribute}"), value.as_str());
        }
        if !part.text.trim().is_empty() || part.attributes.is_empty() {
            fields.put(&name, part.text.as_str());
        }
    }
}

/// What an event says by name, or in an order.
fn data(part: &Element, fields: &mut Fields) {
    let mut unnamed = Vec::new();
    for said in &part.children {
        match said.attribute("Name") {
            Some(name) if !name.is_empty() => fields.put(&format!("Event.EventData.{name}"), said.text.as_str()),
            _ if said.name == "Data" => unnamed.push(Value::from(said.text.as_str())),
            _ => fields.put(&format!("Event.EventData.{}", said.name), said.text.as_str()),
        }
    }
    if !unnamed.is_empty() {
        fields.put("Event.EventData.Data", Value::List(unnamed));
    }
}

/// What an event says in elements of its own.
fn leaves(part: &Element, fields: &mut Fields) {
    for said in &part.children {
        if said.children.is_empty() {
            fields.put(&format!("Event.UserData.{}.{}", part.name, said.name), said.text.as_str());
        } else {
            leaves(said, fields);
        }
        for (attribute, value) in said.attributes.iter().filter(|(name, _)| !name.starts_with("xmlns")) {
            fields.put(&format!("Event.UserData.{}.{attribute}", part.name), value.as_str());
        }
    }
}

#[cfg(test)]
mod tests;
