//! Who, from where, to where and how it ended, as sentences of Cisco's devices have it.

use super::Mark;
use crate::watch::format::draft::{Fields, Outcome};
use crate::watch::format::shared::{self, is_said};

/// What stands before a name, and what ends it. The first that fits is used.
const USERS: [(&str, &str); 15] = [
    ("[user: ", "]"),
    ("[user:", "]"),
    ("User <", ">"),
    ("Username <", ">"),
    ("user = ", " :"),
    ("User '", "'"),
    ("user '", "'"),
    ("Uname: ", " "),
    ("Username: ", " "),
    ("username: ", " "),
    ("User:", " "),
    ("Username = ", ","),
    ("client user ", ","),
    (" by ", " on "),
    ("for user ", " "),
];

/// The same of the address from which somebody came.
const SOURCES: [(&str, &str); 10] = [
    ("[Source: ", "]"),
    ("user IP = ", " "),
    ("IP <", ">"),
    ("from IP ", ","),
    (", IP ", " "),
    ("IP = ", ","),
    ("from host ", " "),
    ("from ", " "),
    ("client ", " "),
    ("peer ", " "),
];

/// Adds what the message says.
pub(super) fn describe(mark: Mark<'_>, message: &str, fields: &mut Fields) {
    if mark.mnemonic.starts_with("430") {
        // Firepower writes its connections as `Name: value, Name: value`.
        listed(message, fields);
    }
    ends(message, fields);
    if fields.value("src_ip").is_none() {
        let source = SOURCES.iter().find_map(|(before, after)| shared::endpoint(inside(message, before, after)?));
        let source = source.or_else(|| shared::endpoint(inside(message, "(", ")")?));
        if let Some((address, port)) = source {
            fields.put("src_ip", address);
            fields.put_said_number("src_port", port);
        }
    }
    let user = USERS.iter().find_map(|(before, after)| {
        // A single sign may be the end of the message; words that are not there mean another sentence.
        inside(message, before, after).filter(|_| after.len() == 1 || message.contains(after))
    });
    fields.put_said("user", user.map(str::trim).filter(|user| is_said(user) && !user.starts_with("***")));
    for (before, after) in [("Command: ", "\u{0}"), ("logged command:", "\u{0}"), ("executed '", "'")] {
        fields.put_said("command", inside(message, before, after).map(str::trim));
    }
    fields.put_said("reason", inside(message, "[Reason: ", "]").or_else(|| inside(message, "reason = ", " :")));
    if let Some(bytes) = inside(message, " bytes ", " ") {
        fields.put_number("bytes", bytes);
    }
    fields.put_said("object", inside(message, "Interface ", " ").map(|name| name.trim_end_matches(',')));
    action(mark, message, fields);
}

/// What was done and how it ended. A device allows, refuses or tells; its mnemonic says it in one word.
fn action(mark: Mark<'_>, message: &str, fields: &mut Fields) {
    let first = message.split([' ', ':']).next().unwrap_or_default();
    let is_number = mark.mnemonic.bytes().all(|byte| byte.is_ascii_digit());
    let action = if is_number { first.to_ascii_lowercase() } else { mark.mnemonic.to_ascii_lowercase() };
    match fields.first(&["AccessControlRuleAction"]).map(str::to_owned) {
        Some(action) => fields.put("action", action),
        None => fields.put_said("action", Some(&action)),
    }
    let refused = ["denied ", "Deny "].iter().any(|word| message.contains(word));
    let outcome = shared::outcome(mark.mnemonic)
        .or_else(|| if refused { Some(Outcome::Failure) } else { shared::outcome(message) });
    match outcome {
        Some(outcome) => fields.outcome(outcome),
        None => fields.outcome(Outcome::Unknown),
    }
}

/// The two ends of a connection, however they are written.
fn ends(message: &str, fields: &mut Fields) {
    let pair = |from: &str, between: &str| {
        let (before, rest) = message.split_once(between)?;
        let start =
            if from.is_empty() { before.rfind(' ').map_or(0, |gap| gap + 1) } else { before.rfind(from)? + from.len() };
        let source = shared::endpoint(before[start..].split(' ').next()?)?;
        let target = shared::endpoint(rest.split([' ', ',']).next()?)?;
        Some((source, target))
    };
    let found = pair("src ", " dst ")
        .or_else(|| pair("faddr ", " gaddr "))
        .or_else(|| pair("", " -> "))
        .or_else(|| pair("for ", " to "))
        .or_else(|| pair("from ", " to "));
    let Some(((source, source_port), (target, target_port))) = found else { return };
    fields.put("src_ip", source);
    fields.put("dst_ip", target);
    for (name, port) in [("src_port", source_port), ("dst_port", target_port)] {
        fields.put_said_number(name, port);
    }
    let protocol = ["tcp", "udp", "icmp", "TCP", "UDP", "ICMP"]
        .iter()
        .find(|word| message.split([' ', ':']).any(|part| part == **word));
    fields.put_said("protocol", protocol.map(|word| word.to_ascii_lowercase()).as_deref());
}

/// `Name: value, Name: value`.
fn listed(message: &str, fields: &mut Fields) {
    for pair in message.split(", ").take(256) {
        let Some((name, value)) = pair.split_once(": ").filter(|(name, _)| matches!(name.len(), 1..=64)) else {
            continue;
        };
        fields.put(name, value);
        match name {
            "SrcIP" | "InitiatorIP" => fields.endpoint("src", value),
            "DstIP" | "ResponderIP" => fields.endpoint("dst", value),
            "SrcPort" => fields.put_number("src_port", value),
            "DstPort" => fields.put_number("dst_port", value),
            "User" => fields
                .put_said("user", Some(value).filter(|user| is_said(user) && *user != "No Authentication Required")),
            _ => {}
        }
    }
}

/// What stands between the first `before` and the next `after`, or the end.
fn inside<'a>(message: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = message.split_once(before)?;
    Some(rest.split(after).next().unwrap_or(rest))
}
