//! Names of the members of JSON documents that collectors make of Windows events, and the plain fields they stand for.
//! Borrows; the table of names is part of the program.

use std::borrow::Cow;

/// The plain field of a dotted name.
pub(super) fn plain(name: &str) -> Option<Cow<'_, str>> {
    let found = match name.as_bytes().first()? {
        // Wazuh writes all names with a small letter first.
        b'd' | b'w' if name.contains("win.") => return wazuh(name.strip_prefix("data.").unwrap_or(name)),
        b'E' => event(name.strip_prefix("Event.").unwrap_or(name)),
        b'S' | b'U' | b'R' => event(name),
        b'w' => winlog(name.strip_prefix("winlog.")?),
        // Winlogbeat before version 7.
        b'e' if name == "event_id" => Some("EventID"),
        b'e' => name.strip_prefix("event_data.").or_else(|| name.strip_prefix("user_data.")).filter(|name| said(name)),
        b'u' => name.strip_prefix("user_data.").filter(|name| said(name)),
        b'l' if name == "log_name" => Some("Channel"),
        b's' if name == "source_name" => Some("Provider_Name"),
        b'c' if name == "computer_name" => Some("Computer"),
        b'_' => gelf(&name[1..]),
        _ => None,
    };
    found.map(Cow::Borrowed)
}

/// Behind the underscore that GELF puts before every name which is not its own: in the spelling of Windows. The journal
/// has names in capitals behind one, and databases have `_id`.
fn gelf(name: &str) -> Option<&str> {
    let is_camel = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().any(|letter| letter.is_ascii_lowercase());
    is_camel.then_some(name)
}

/// Behind `data.`, as the agents of Wazuh pass on `win.system.eventID` and `win.eventdata.targetUserName`.
fn wazuh(name: &str) -> Option<Cow<'_, str>> {
    let name = name.strip_prefix("win.")?;
    if let Some(field) = name.strip_prefix("eventdata.").filter(|field| said(field)) {
        // Names that begin with a small letter in Windows too are numbered.
        let is_small = field.ends_with(|last: char| last.is_ascii_digit());
        return Some(if is_small { Cow::Borrowed(field) } else { Cow::Owned(capitalised(field)) });
    }
    Some(Cow::Borrowed(match name.strip_prefix("system.")? {
        "channel" => "Channel",
        "computer" => "Computer",
        "eventID" => "EventID",
        "eventRecordID" => "EventRecordID",
        "keywords" => "Keywords",
        "level" => "Level",
        "message" => "Message",
        "opcode" => "Opcode",
        "processID" => "Execution_ProcessID",
        "providerGuid" => "Provider_Guid",
        "providerName" => "Provider_Name",
        "systemTime" => "TimeCreated",
        "task" => "Task",
        "threadID" => "Execution_ThreadID",
        "version" => "Version",
        _ => return None,
    }))
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a plain field of this name can be said by both what surrounds an event and the event itself, such as the channel
/// of event 104, which is "System", and the channel that it says was cleared. What says which event it is and where it
/// happened is not among them: there both count.
pub(super) fn is_of_both(plain: &str) -> bool {
    matches!(plain, "Channel" | "Level" | "Version" | "Task" | "Opcode" | "Keywords" | "Qualifiers" | "Message")
}

/// Whether a dotted name is that of something the event itself says.
pub(super) fn is_own(name: &str) -> bool {
    ["EventData.", "UserData.", "event_data.", "user_data.", "eventdata."].iter().any(|part| name.contains(part))
}

/// Behind `Event.`, or without it, as the XML of Windows is written in JSON.
fn event(name: &str) -> Option<&str> {
    if let Some(name) = name.strip_prefix("System.") {
        return system(name);
    }
    if let Some(name) = name.strip_prefix("EventData.") {
        let name = name.strip_suffix(".#text").unwrap_or(name);
        return Some(name).filter(|name| said(name));
    }
    if let Some(name) = name.strip_prefix("UserData.") {
        // Below one element named after the kind of event, whose own attributes are not what happened.
        let (_, name) = name.split_once('.')?;
        let name = name.strip_suffix(".#text").unwrap_or(name);
        return name.rsplit('.').next().filter(|last| said(last) && !last.starts_with("xmlns"));
    }
    (name == "RenderingInfo.Message").then_some("Message")
}

/// Whether this names a field, and not what surrounds one.
fn said(name: &str) -> bool {
    !name.is_empty() && !name.starts_with(['#', '@'])
}

/// Behind `Event.System.`. Attributes are written as `#attributes.Name`, `@Name`, or beside as `_attributes.Name`.
fn system(name: &str) -> Option<&'static str> {
    let (element, attribute) = match name.split_once('.') {
        None => (name, ""),
        Some((element, "#text")) => (element, ""),
        Some((element, rest)) => {
            let rest = rest.strip_prefix("#attributes.").unwrap_or(rest);
            (element.strip_suffix("_attributes").unwrap_or(element), rest.strip_prefix('@').unwrap_or(rest))
        }
    };
    Some(match (element, attribute) {
        ("EventID", "") => "EventID",
        ("EventID", "Qualifiers") => "Qualifiers",
        ("Channel", "") => "Channel",
        ("Computer", "") => "Computer",
        ("Provider", "Name") => "Provider_Name",
        ("Provider", "Guid") => "Provider_Guid",
        ("Provider", "EventSourceName") => "Provider_EventSourceName",
        ("TimeCreated", "SystemTime") => "TimeCreated",
        ("EventRecordID", "") => "EventRecordID",
        ("Version", "") => "Version",
        ("Level", "") => "Level",
        ("Task", "") => "Task",
        ("Opcode", "") => "Opcode",
        ("Keywords", "") => "Keywords",
        ("Correlation", "ActivityID") => "Correlation_ActivityID",
        ("Correlation", "RelatedActivityID") => "Correlation_RelatedActivityID",
        ("Execution", "ProcessID") => "Execution_ProcessID",
        ("Execution", "ThreadID") => "Execution_ThreadID",
        ("Security", "UserID") => "Security_UserID",
        _ => return None,
    })
}

/// Behind `winlog.`, as Winlogbeat and Elastic Agent name things.
fn winlog(name: &str) -> Option<&str> {
    if let Some(name) = name.strip_prefix("event_data.").or_else(|| name.strip_prefix("user_data.")) {
        return Some(name).filter(|name| said(name));
    }
    Some(match name {
        "channel" => "Channel",
        "event_id" => "EventID",
        "provider_name" => "Provider_Name",
        "provider_guid" => "Provider_Guid",
        "computer_name" => "Computer",
        "record_id" => "EventRecordID",
        "version" => "Version",
        "task" => "Task",
        "opcode" => "Opcode",
        "keywords" => "Keywords",
        "activity_id" => "Correlation_ActivityID",
        "related_activity_id" => "Correlation_RelatedActivityID",
        "process.pid" => "Execution_ProcessID",
        "process.thread.id" => "Execution_ThreadID",
        "user.identifier" => "Security_UserID",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dotted_names_stand_for_plain_fields() {
        for (name, wanted) in [
            ("Event.EventData.CommandLine", Some("CommandLine")),
            ("Event.EventData.Threat Name", Some("Threat Name")),
            ("Event.EventData.Data", Some("Data")),
            ("Event.EventData.Data.#text", Some("Data")),
            ("Event.EventData.#attributes.Name", None),
            ("Event.UserData.Operation_ClientFailure.Operation", Some("Operation")),
            ("Event.UserData.Operation_ClientFailure.#attributes.xmlns", None),
            ("Event.UserData.LogFileCleared.Channel", Some("Channel")),
            ("Event.UserData.Cert.Certificate.#attributes.subjectName", Some("subjectName")),
            ("Event.System.EventID", Some("EventID")),
            ("Event.System.EventID.#text", Some("EventID")),
            ("Event.System.EventID.#attributes.Qualifiers", Some("Qualifiers")),
            ("Event.System.Provider.#attributes.Name", Some("Provider_Name")),
            ("Event.System.Provider_attributes.Name", Some("Provider_Name")),
            ("Event.System.Provider.@Name", Some("Provider_Name")),
            ("Event.System.Computer", Some("Computer")),
            ("Event.System.TimeCreated.#attributes.SystemTime", Some("TimeCreated")),
            ("Event.System.Correlation", None),
            ("Event.#attributes.xmlns", None),
            ("Event.RenderingInfo.Message", Some("Message")),
            ("winlog.event_data.CommandLine", Some("CommandLine")),
            ("winlog.user_data.SubjectUserName", Some("SubjectUserName")),
            ("winlog.provider_name", Some("Provider_Name")),
            ("winlog.api", None),
            ("event_data.Image", Some("Image")),
            ("user_data.Image", Some("Image")),
            ("event_id", Some("EventID")),
            ("event.code", None),
            ("log_name", Some("Channel")),
            ("System.Channel", Some("Channel")),
            ("System.Load", None),
            ("EventData.TargetUserName", Some("TargetUserName")),
            ("UserData.LogFileCleared.Channel", Some("Channel")),
            ("data.win.system.eventID", Some("EventID")),
            ("data.win.eventdata.targetUserName", Some("TargetUserName")),
            ("data.win.eventdata.param1", Some("param1")),
            ("data.win.eventdata.", None),
            ("win.system.providerName", Some("Provider_Name")),
            ("window.title", None),
            ("_TargetUserName", Some("TargetUserName")),
            ("_EventID", Some("EventID")),
            ("_SYSTEMD_UNIT", None),
            ("_HOSTNAME", None),
            ("_id", None),
            ("_source", None),
            ("CommandLine", None),
            ("EventID", None),
            ("", None),
        ] {
            assert_eq!(plain(name).as_deref(), wanted, "{name}");
        }
    }
}
