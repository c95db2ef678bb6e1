//! Samba's JSON audit of log-ins, accounts and the directory: alone, indented in smbd's log, behind the name of a
//! process, or inside syslog. The lines around it say the same once more for people, and are passed over.

use std::borrow::Cow;

use super::draft::{Draft, Fields, Reading};
use super::kind::{Kind, Memory, Standing, Surety};
use super::origin::Possible;
use super::time::{self, When};
use super::{json, samba, syslog};
use crate::watch::event::Value;

/// Pieces that a line can come in, at most.
const PIECES: usize = 64;

/// Samba's JSON audit.
pub(super) struct SambaJson;

impl Kind for SambaJson {
    const STANDING: Standing = Standing::Pieces;

    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        read(text, when)
    }

    fn sniff(text: &str, when: When<'_>) -> Option<Surety> {
        match text.find('{') {
            Some(0) => Surety::certain(is(text)),
            // What smbd prints around it says nothing, but shows whose log it is.
            at => {
                (samba::header(text, when).is_some() || at.is_some_and(|at| is(&text[at..]))).then_some(Surety::Likely)
            }
        }
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::of(&["samba"], &["auth_audit"], &[])]
    }
}

/// Reads one line.
pub(super) fn read(text: &str, when: When<'_>) -> Reading {
    let Some(start) = text.find("{\"") else { return Ok(None) };
    let object = &text[start..];
    if !is(object) {
        return Ok(None);
    }
    let mut draft = Draft::of("samba", Some("auth_audit"));
    let envelope = (start > 0).then(|| syslog::open(&text[..start], when)).flatten();
    if let Some(envelope) = &envelope {
        syslog::describe(envelope, &mut draft.fields);
    }
    let fields = json::flatten(object.trim_end())?;
    draft.time = fields.text("timestamp").and_then(|text| time::written(text, when));
    draft.time = draft.time.or_else(|| envelope?.time);
    let convenient = convenient(&fields);
    draft.fields.put_new(fields);
    draft.fields.put_new(convenient);
    Ok(Some(draft))
}

/// Whether an object is one of Samba's: a time, a kind, and what belongs to the kind.
pub(super) fn is(object: &str) -> bool {
    let Some(rest) = object.strip_prefix("{\"timestamp\":") else { return false };
    let Some((_, rest)) = rest.split_once("\"type\":") else { return false };
    let Some((kind, rest)) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"')) else {
        return false;
    };
    rest.trim_start_matches([',', ' ']).strip_prefix('"').is_some_and(|rest| rest.starts_with(kind))
}

/// What every kind of event says under a name of its own, under one name.
fn convenient(fields: &Fields) -> Fields {
    let mut more = Fields::default();
    let kind = fields.text("type").unwrap_or_default();
    let value = |name: &str| fields.value(&format!("{kind}.{name}"));
    let text = |name: &str| match value(name)? {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    };
    if let Some(Value::Int(id)) = value("eventId") {
        more.put("EventID", *id);
    }
    more.put_said("status", text("status"));
    let account = ["clientAccount", "account"].iter().find_map(|name| text(name)).map(without_realm);
    let named = || ["user", "dn"].iter().find_map(|name| text(name)).and_then(common_name);
    more.put_said("account", account.or_else(named));
    if let Some((address, port)) = text("remoteAddress").and_then(address) {
        more.put("src_ip", address);
        more.put_number("src_port", port);
    }
    more
}

/// `dupont` of `dupont@CHFICTIF.LAN`
fn without_realm(account: &str) -> &str {
    account.split('@').next().unwrap_or(account)
}

/// `svc_backup` of `CN=svc_backup,CN=Users,DC=chfictif,DC=lan`
fn common_name(name: &str) -> Option<&str> {
    let (first, _) = name.split_once(',').unwrap_or((name, ""));
    first.strip_prefix("CN=").or_else(|| first.strip_prefix("cn="))
}

/// The address and port of `ipv4:10.99.0.1:56740` or `ipv6:fe80::1:389`.
fn address(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("ipv4:").or_else(|| text.strip_prefix("ipv6:"))?.rsplit_once(':')
}

/// Puts an object together again that a process has written in pieces: Samba passes on what its children print in
/// blocks of a kilobyte, with the child's name before each.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    name: String,
    said: String,
    count: usize,
}

impl Pieces {
    /// Whether more of a line is to come.
    pub(super) fn are_open(&self) -> bool {
        self.count > 0
    }

    /// How many there are of a line of which more is to come.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The whole line, once it is; nothing while more is to come.
    pub(super) fn join<'a>(&mut self, text: &'a str) -> Option<Cow<'a, str>> {
        let goes_on = self.count > 0 && !text.contains("{\"timestamp\":");
        let whole = if let Some(rest) = text.strip_prefix(self.name.as_str()).filter(|_| goes_on) {
            self.said.push_str(rest);
            Cow::Owned(std::mem::take(&mut self.said))
        } else {
            self.count = 0;
            Cow::Borrowed(text)
        };
        match piece_name(&whole) {
            Some(name) if self.count < PIECES && unfinished(&whole) => {
                whole[..name].clone_into(&mut self.name);
                self.said = whole.into_owned();
                self.count += 1;
                None
            }
            _ => {
                self.count = 0;
                Some(whole)
            }
        }
    }
}

/// Length of the process's name and the colon behind it, where an object follows.
fn piece_name(text: &str) -> Option<usize> {
    Some(text.strip_prefix('/')?.find(": {\"timestamp\":")? + 3)
}

/// Whether an object is still open at the end.
fn unfinished(text: &str) -> bool {
    let (mut depth, mut quoted, mut escaped) = (0_i64, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => depth -= 1,
            _ => {}
        }
    }
    depth > 0 || quoted
}

#[cfg(test)]
mod tests;
