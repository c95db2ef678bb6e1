//! What servers say that have no log of their own here: `OpenVPN`, `PostgreSQL`, `ClamAV`, BIND, cron, and the packets
//! that a Linux firewall logs.

use std::net::IpAddr;

use crate::watch::format::draft::{Fields, Outcome};
use crate::watch::hidden::Hidden;

/// Adds what the message of `service` says; false where the service is none of these.
pub(super) fn describe(service: &str, message: &str, fields: &mut Fields) -> bool {
    match service {
        "openvpn" => openvpn(message, fields),
        "postgresql" => postgresql(message, fields),
        "clamav" => clamav(message, fields),
        "named" => named(message, fields),
        "cron" | "crontab" => cron(message, fields),
        _ => return false,
    }
    match fields.text("action") {
        Some("accepted") => fields.outcome(Outcome::Success),
        Some("failed" | "not_allowed" | "transfer_denied") => fields.outcome(Outcome::Failure),
        _ => {}
    }
    true
}

/// `10.77.0.66:42864 TLS Auth Error: Auth Username/Password verification failed for peer`, which never says for whom;
/// `10.77.0.66:48407 TLS: Username/Password authentication succeeded for username 'svc_backup' [CN SET]`.
fn openvpn(message: &str, fields: &mut Fields) {
    let Some((peer, said)) = message.split_once(' ') else { return };
    let peer = peer.rsplit_once('/').map_or(peer, |(_, address)| address);
    let Some((address, port)) = peer.rsplit_once(':') else { return };
    let address = address.trim_matches(['[', ']']);
    if address.parse::<IpAddr>().is_err() {
        return;
    }
    if said.starts_with("TLS Auth Error: Auth Username/Password verification failed") {
        fields.put("action", "failed");
    } else if let Some(rest) = said.strip_prefix("TLS: Username/Password authentication succeeded for username '") {
        fields.put("action", "accepted");
        fields.put_said("user", rest.rsplit_once('\'').map(|(user, _)| user));
    }
    fields.put("src_ip", address);
    fields.put_number("src_port", port);
}

/// `[2-1] pacs_app@pacs 10.77.0.1 LOG:  connection authorized: user=pacs_app database=pacs application_name=pg_dump`.
/// What stands before the level follows the site's `log_line_prefix`. The name of an application is the stranger's to
/// choose.
fn postgresql(message: &str, fields: &mut Fields) {
    let Some((prefix, level, said)) = leveled(message) else { return };
    fields.put("level", level.to_ascii_lowercase());
    let words = || prefix.split([' ', '[', ']', '(', ')', ',']).map(|word| word.trim_matches(':'));
    let named = words().find_map(|word| word.split_once('@')).filter(|(user, _)| *user != "[unknown]");
    fields.put_said("src_ip", words().find(|word| word.parse::<IpAddr>().is_ok()));
    if let Some(rest) = said.strip_prefix("replication ").unwrap_or(said).strip_prefix("connection authorized: ") {
        fields.put("action", "accepted");
        let application = rest.split_once(" application_name=");
        let (rest, application) = application.map_or((rest, None), |(rest, name)| (rest, Some(name)));
        for (key, name) in [("user", "user"), ("database", "database")] {
            let value = rest.split(' ').filter_map(|pair| pair.split_once('=')).find(|(said, _)| *said == key);
            fields.put_said(name, value.map(|(_, value)| value));
        }
        let application = application.map(|name| name.split(" SSL enabled").next().unwrap_or(name));
        return fields.put_said("application", application);
    }
    if let Some(rest) = said.strip_prefix("connection received: host=") {
        fields.put("action", "connection");
        return fields.put_said("src_ip", rest.split(' ').next().filter(|host| host.parse::<IpAddr>().is_ok()));
    }
    if let Some((_, rest)) = said.split_once(" authentication failed for user \"") {
        fields.put("action", "failed");
        return fields.put_said("user", rest.rsplit_once('"').map(|(user, _)| user));
    }
    if let Some(rest) = said.strip_prefix("no pg_hba.conf entry for host \"") {
        fields.put("action", "not_allowed");
        fields.put_said("src_ip", rest.split('"').next());
    } else if let Some(rest) = said.strip_prefix("statement: ") {
        fields.put("action", "statement");
        let verb: Vec<String> = rest.split_whitespace().take(2).map(str::to_ascii_uppercase).collect();
        fields.put("verb", verb.join(" "));
    }
    if let Some((user, database)) = named {
        fields.put_said("user", Some(user));
        fields.put_said("database", Some(database));
    }
}

/// What stands before the level of a message of `PostgreSQL`, the level, and what stands behind it.
fn leveled(message: &str) -> Option<(&str, &'static str, &str)> {
    const LEVELS: [&str; 9] = ["LOG", "WARNING", "ERROR", "FATAL", "PANIC", "DETAIL", "STATEMENT", "CONTEXT", "HINT"];
    let found = LEVELS.iter().filter_map(|level| Some((message.find(&format!("{level}:  "))?, level))).min();
    let (at, level) = found?;
    Some((&message[..at], level, &message[at + level.len() + 3..]))
}

/// Hides what a message may tell of patients or passwords: what a database is asked holds both, and so do the lines on
/// which its messages go on.
pub(super) fn hide(service: Option<&str>, message: &str, hidden: &mut Hidden) {
    if service != Some("postgresql") {
        return;
    }
    let Some((_, level, said)) = leveled(message) else { return hidden.hide(message) };
    match said.split_once(": ") {
        Some(("statement" | "execute <unnamed>", asked)) => hidden.hide(behind_verb(asked)),
        _ if matches!(level, "DETAIL" | "STATEMENT" | "CONTEXT") => hidden.hide(said),
        Some((asked, _)) if asked.starts_with("execute ") || asked.starts_with("duration") => {
            hidden.hide(said.strip_prefix("execute ").unwrap_or(said));
        }
        _ => {}
    }
}

/// What a statement says behind its first two words.
fn behind_verb(statement: &str) -> &str {
    let mut rest = statement;
    for _ in 0..2 {
        rest = rest.trim_start().split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    }
    rest
}

/// `/srv/x.com: Eicar-Test-Signature FOUND`, `--- Stopped at Sun Nov 22 01:06:21 2026`. A file may be called anything.
fn clamav(message: &str, fields: &mut Fields) {
    if let Some((path, signature)) = message.strip_suffix(" FOUND").and_then(|said| said.rsplit_once(": ")) {
        fields.put("action", "found");
        fields.put("path", path);
        fields.put_said("folder", path.rsplit_once('/').map(|(folder, _)| folder));
        fields.put("signature", signature.split('(').next().unwrap_or(signature));
    } else if message.starts_with("--- Stopped at ") {
        fields.put("action", "stopped");
    }
}

/// `client @0x7f6e5546ec98 10.77.0.66#37865 (chfictif.lan): zone transfer 'chfictif.lan/AXFR/IN' denied`
fn named(message: &str, fields: &mut Fields) {
    let Some((client, said)) = message.strip_prefix("client ").and_then(|rest| rest.split_once(": ")) else { return };
    let address = client.split(' ').find_map(|word| word.split_once('#')).map(|(address, _)| address);
    fields.put_said("src_ip", address);
    if let Some(zone) = said.strip_prefix("zone transfer '").and_then(|rest| rest.strip_suffix("' denied")) {
        fields.put("action", "transfer_denied");
        fields.put_said("zone", zone.split('/').next());
    } else if let Some((zone, how)) = said.strip_prefix("transfer of '").and_then(|rest| rest.split_once("': ")) {
        if how.contains(" started") {
            fields.put("action", "transfer_started");
        }
        fields.put_said("zone", zone.split('/').next());
    }
}

/// `(www-data) REPLACE (www-data)`, `(root) CMD (/usr/local/bin/backup)`
fn cron(message: &str, fields: &mut Fields) {
    let Some((user, rest)) = message.strip_prefix('(').and_then(|rest| rest.split_once(") ")) else { return };
    let Some((verb, rest)) = rest.split_once(" (") else { return };
    let object = rest.strip_suffix(')').unwrap_or(rest);
    let (action, name) = match verb {
        "CMD" => ("job", "command"),
        "REPLACE" => ("crontab_replaced", "target_user"),
        "DELETE" => ("crontab_deleted", "target_user"),
        "LIST" => ("crontab_listed", "target_user"),
        "BEGIN EDIT" => ("crontab_opened", "target_user"),
        _ => return,
    };
    fields.put("action", action);
    fields.put("user", user);
    fields.put(name, object);
}

/// Whether a message is one about a packet.
pub(super) fn is_packet(message: &str) -> bool {
    packet_in(message).is_some()
}

/// Where a message begins to speak of a packet, where it does. Most have no such sign at all, which is soon seen.
fn packet_in(message: &str) -> Option<usize> {
    let start = if message.contains('=') { message.find("IN=") } else { None };
    start.filter(|_| message.contains(" SRC=") && message.contains(" DST="))
}

/// What a Linux firewall logs of a packet, `PREFIX IN=eth0 OUT= MAC=… SRC=… DST=… PROTO=TCP SPT=… DPT=…`, whichever
/// program passes it on; false where the message is none. The names are those that rules for firewalls use.
pub(super) fn packet(message: &str, fields: &mut Fields) -> bool {
    const NAMES: [(&str, &str); 7] = [
        ("IN", "in_interface"),
        ("OUT", "out_interface"),
        ("SRC", "src_ip"),
        ("DST", "dst_ip"),
        ("PROTO", "protocol"),
        ("SPT", "src_port"),
        ("DPT", "dst_port"),
    ];
    let Some(start) = packet_in(message) else { return false };
    fields.put_said("prefix", Some(message[..start].trim_end_matches([' ', ':'])));
    for (key, value) in message[start..].split(' ').filter_map(|pair| pair.split_once('=')) {
        match NAMES.iter().find(|(theirs, _)| *theirs == key) {
            Some((_, name)) if name.ends_with("_port") => fields.put_number(name, value),
            Some((_, name)) => fields.put_said(name, Some(value)),
            None => {}
        }
    }
    true
}

#[cfg(test)]
mod tests;
