//! What OpenSSH says of who logs in, from where, and how it ended.

use super::account;
use crate::watch::format::draft::{Fields, Outcome};

/// How a message begins, and what has then happened. The first row that fits is used.
const ACTIONS: [(&str, &str); 20] = [
    ("Failed ", "failed"),
    ("Accepted ", "accepted"),
    ("Invalid user ", "invalid_user"),
    ("Illegal user ", "invalid_user"),
    ("Postponed ", "postponed"),
    ("maximum authentication attempts exceeded ", "max_attempts"),
    ("Too many authentication failures", "max_attempts"),
    ("Connection closed ", "closed"),
    ("Connection reset ", "closed"),
    ("Disconnected from ", "disconnected"),
    ("Disconnecting ", "disconnected"),
    ("Received disconnect from ", "disconnected"),
    ("Connection from ", "connection"),
    ("Did not receive identification string from ", "no_identification"),
    ("Bad protocol version identification ", "no_identification"),
    ("Unable to negotiate with ", "no_common_algorithm"),
    ("Starting session: ", "session_started"),
    ("Close session: ", "session_closed"),
    ("ROOT LOGIN REFUSED ", "refused"),
    ("banner exchange: ", "no_identification"),
];

/// Adds what the message says.
pub(super) fn describe(message: &str, fields: &mut Fields) {
    let message = message.strip_prefix("error: ").or_else(|| message.strip_prefix("fatal: ")).unwrap_or(message);
    if message.starts_with("pam_") {
        return account::pam(message, fields);
    }
    if message.starts_with("User ") && message.contains(" not allowed because ") {
        return refused(message, fields);
    }
    let Some((beginning, action)) = ACTIONS.iter().find(|(beginning, _)| message.starts_with(beginning)) else {
        return;
    };
    fields.put("action", *action);
    let rest = &message[beginning.len()..];
    if matches!(*action, "failed" | "accepted" | "postponed") {
        fields.put_said("method", rest.split_once(" for ").map(|(method, _)| method));
    }
    let (who, source) = split(rest, action);
    // Where addresses are looked up, the name of a machine stands there.
    let may_be_named = source.is_none() && *action == "invalid_user";
    let machine = may_be_named.then(|| who.rsplit_once(" from ")).flatten();
    name(machine.map_or(who, |(user, _)| user), action, fields);
    fields.put_said("src_host", machine.map(|(_, machine)| machine));
    if let Some((address, port)) = source {
        fields.put("src_ip", address);
        if let Some(port) = port {
            fields.put_number("src_port", port);
        }
    }
    outcome(action, fields);
}

/// `User … from … not allowed because …`
fn refused(message: &str, fields: &mut Fields) {
    fields.put("action", "not_allowed");
    fields.outcome(Outcome::Failure);
    let said = message.strip_prefix("User ").and_then(|rest| rest.split_once(" not allowed because "));
    if let Some((user, address)) = said.and_then(|(who, _)| who.rsplit_once(" from ")) {
        fields.put("user", user);
        fields.put("src_ip", address);
    }
}

/// Splits a message at its last `… ADDRESS port NUMBER`. Read from the right, for the name on the left is the
/// stranger's to choose.
fn split<'a>(rest: &'a str, action: &str) -> (&'a str, Option<(&'a str, Option<&'a str>)>) {
    let found = match action {
        // The second address here is our own.
        "connection" => rest.split_once(" port "),
        _ => rest.rsplit_once(" port "),
    };
    let Some((before, after)) = found else { return portless(rest) };
    let port = after.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    let (who, address) = before.rsplit_once(' ').unwrap_or(("", before));
    (who, Some((address, Some(port))))
}

/// The same where no port is named, as in OpenSSH before 7.3 and in appliances: the last word that is an address, behind
/// which stands no more than a remark.
fn portless(rest: &str) -> (&str, Option<(&str, Option<&str>)>) {
    let said = rest.split(" [").next().unwrap_or(rest).trim_end();
    let said = said.split_once(": ").map_or(said, |(before, _)| before);
    let said = said.strip_suffix(" ssh2").unwrap_or(said);
    let (who, address) = said.rsplit_once(' ').unwrap_or(("", said));
    let address = address.trim_end_matches([':', '.', ',']);
    if address.parse::<std::net::IpAddr>().is_ok() { (who, Some((address, None))) } else { (rest, None) }
}

/// How a log-in ended, where it did.
fn outcome(action: &str, fields: &mut Fields) {
    match action {
        "accepted" => fields.outcome(Outcome::Success),
        "failed" | "invalid_user" | "max_attempts" | "refused" => fields.outcome(Outcome::Failure),
        _ => {}
    }
}

fn name(who: &str, action: &str, fields: &mut Fields) {
    let who = who.strip_suffix(" from").unwrap_or(who);
    let named = match action {
        "failed" | "accepted" | "postponed" | "max_attempts" => who.split_once("for ").map(|(_, user)| user),
        "invalid_user" => Some(who),
        "session_started" => who.split_once(" for ").map(|(_, user)| user),
        "session_closed" | "closed" | "disconnected" => who.split_once("user ").map(|(_, user)| user),
        _ => None,
    };
    let Some(user) = named else { return };
    let known = user.strip_prefix("invalid user ");
    let stranger = known.is_some() || who.contains("invalid user ") || action == "invalid_user";
    fields.put_said("user", Some(known.unwrap_or(user)));
    fields.put("known_user", !stranger);
}
