//! Syslog in every layout met in the field, and what programs that vigie knows say inside it.

mod account;
mod device;
mod envelope;
mod level;
mod repeated;
mod server;
mod sshd;

use self::device::Device;
pub(super) use envelope::{Envelope, open};

use compact_str::CompactString;

use super::draft::{Draft, Fields, Misfit, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::time::When;
use super::{
    atna, auditd, cisco, combined, event_xml, fhir, header, json, opencanary, orthanc, samba_audit, samba_json, snare,
    structured, veeam,
};
use crate::watch::event::Logsource;
use crate::watch::record::Ordinary;

/// Syslog, and what programs say inside it.
pub(super) struct Syslog;

impl Kind for Syslog {
    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        read(text, when)
    }

    fn sniff(text: &str, when: When<'_>) -> Option<Surety> {
        let is_said =
            |line: Envelope<'_>| line.priority.is_some() || line.program.is_some() || snare::is(None, line.message);
        Surety::certain(open(text, when).is_some_and(is_said))
    }

    fn possible() -> Vec<Possible> {
        // The firewall of the kernel is one of its categories.
        let own = Possible::of(&["linux"], &[], &["firewall"]).any_service();
        // Programs with a format of their own may speak inside it.
        let inside = [
            samba_audit::SambaAudit::possible,
            samba_json::SambaJson::possible,
            orthanc::Orthanc::possible,
            opencanary::OpenCanary::possible,
            combined::Combined::possible,
            json::Json::possible,
            auditd::Auditd::possible,
            atna::Atna::possible,
            event_xml::EventXml::possible,
            snare::Snare::possible,
            cisco::Cisco::possible,
            veeam::Veeam::possible,
            device::possible,
        ];
        std::iter::once(own).chain(inside.into_iter().flat_map(|possible| possible())).collect()
    }
}

/// Whether there is no doubt that a line is of syslog, without taking it apart.
pub(super) fn is_sure(text: &str) -> bool {
    header::priority(text).0.is_some() || envelope::is_dated(text)
}

/// Reads one line.
pub(super) fn read(text: &str, when: When<'_>) -> Reading {
    read_wanted(text, when, &mut |_| true)
}

/// Reads one line, unless it is an ordinary message that nobody wants: most programs of a machine are none that a rule is
/// for, and who wrote a line is soon seen.
pub(super) fn read_wanted(text: &str, when: When<'_>, is_wanted: &mut dyn FnMut(Ordinary<'_>) -> bool) -> Reading {
    if text.starts_with("<?xml") || text.starts_with("<Event") || text.starts_with("<AuditMessage") {
        return document(text, when);
    }
    if let Some(draft) = cisco::said(text, when) {
        return Ok(Some(draft));
    }
    let mut envelope = open(text, when).ok_or(Misfit("no syslog header"))?;
    let repeated = repeated::unwrapped(envelope.message);
    if let Some((_, message)) = repeated {
        envelope.message = message;
    }
    let inside = Inside::of(&envelope, when);
    if let Inside::Message(logsource) = &inside
        && is_ordinary(&envelope)
        && !is_wanted(Ordinary { logsource, message: envelope.message })
    {
        return Ok(None);
    }
    let mut draft = Draft { time: envelope.time, ..Draft::default() };
    describe(&envelope, &mut draft.fields);
    if let Some((times, _)) = repeated {
        draft.repeated = times - 1;
        draft.fields.put("repeated", i64::from(times));
    }
    match inside {
        Inside::Format(inner) => {
            draft.time = inner.time.or(draft.time);
            draft.logsource = inner.logsource;
            draft.hidden = inner.hidden;
            draft.fields.put_new(inner.fields);
        }
        Inside::Device(device) => device.onto(&mut draft),
        Inside::Message(logsource) => {
            draft.logsource = logsource;
            speak(&envelope, &mut draft);
        }
    }
    Ok(Some(draft))
}

/// What is inside an envelope.
enum Inside {
    /// What a program says in a format of its own.
    Format(Box<Draft>),
    /// What a device says.
    Device(Box<Device>),
    /// What any other program says, and what kind of log its are.
    Message(Logsource),
}

impl Inside {
    fn of(envelope: &Envelope<'_>, when: When<'_>) -> Self {
        if let Some(inner) = inner(envelope, when) {
            return Self::Format(Box::new(inner));
        }
        match device::said(envelope, when) {
            Some(device) => Self::Device(Box::new(device)),
            None => Self::Message(linux(envelope)),
        }
    }
}

/// Whether a message is of the kind of log that its program is, and of no other.
fn is_ordinary(envelope: &Envelope<'_>) -> bool {
    !is_of_veeam(envelope) && !server::is_packet(envelope.message)
}

fn is_of_veeam(envelope: &Envelope<'_>) -> bool {
    veeam::is(envelope.structured) || veeam::is(envelope.message)
}

/// The fields of the envelope itself.
pub(super) fn describe(envelope: &Envelope<'_>, fields: &mut Fields) {
    header::describe(envelope.priority, fields);
    fields.put_said("host", envelope.host);
    fields.put_said("program", envelope.program);
    if let Some(pid) = envelope.pid {
        fields.put_number("pid", pid);
    }
    fields.put_said("msgid", envelope.msgid);
    fields.put_said("level", envelope.level);
}

/// What a program with a format of its own says inside the envelope.
fn inner(envelope: &Envelope<'_>, when: When<'_>) -> Option<Draft> {
    let message = envelope.message.trim_start_matches(|first: char| first.is_whitespace() || first == '\u{feff}');
    let message = message.strip_prefix("@cee:").unwrap_or(message).trim_start();
    if message.starts_with('{') {
        return object(message, envelope, when);
    }
    if message.starts_with('<') {
        return document(message, when).ok().flatten();
    }
    if snare::is(envelope.program, message) {
        return snare::said(envelope.program, message, when);
    }
    let program = envelope.program?;
    if program == samba_audit::PROGRAM {
        samba_audit::said(message)
    } else if program.eq_ignore_ascii_case("orthanc") {
        orthanc::read(message, when).ok().flatten()
    } else if program.starts_with("opencanary") {
        opencanary::read(message, when).ok().flatten()
    } else if ["nginx", "apache2", "httpd", "apache"].contains(&program) {
        combined::read(message).ok().flatten()
    } else if ["audispd", "audisp-syslog", "auditd", "audit", "kernel"].contains(&program) {
        auditd::said(message)
    } else {
        None
    }
}

/// XML in a message, or in the lines behind its header.
fn document(text: &str, when: When<'_>) -> Reading {
    if atna::is(text) { atna::read(text, when) } else { event_xml::read(text, when) }
}

fn object(message: &str, envelope: &Envelope<'_>, when: When<'_>) -> Option<Draft> {
    if samba_json::is(message) {
        return samba_json::read(message, when).ok().flatten();
    }
    if opencanary::is(message) {
        return opencanary::read(message, when).ok().flatten();
    }
    if fhir::is(message) {
        return fhir::read(message, when).ok().flatten();
    }
    let draft = json::read(message, when).ok().flatten()?;
    // An event of Windows that a collector sends over syslog stays one.
    let known = draft.logsource.product.is_some();
    Some(if known { draft } else { Draft { logsource: linux(envelope), ..draft } })
}

fn linux(envelope: &Envelope<'_>) -> Logsource {
    let service = envelope.program.and_then(service_of);
    Logsource { category: Vec::new(), product: Some("linux".into()), service }
}

/// What any other program says.
fn speak(envelope: &Envelope<'_>, draft: &mut Draft) {
    server::hide(draft.logsource.service.as_deref(), envelope.message, &mut draft.hidden);
    let fields = &mut draft.fields;
    fields.put("message", envelope.message);
    structured::describe(envelope.structured, envelope.message, fields);
    match draft.logsource.service.as_deref() {
        Some("sshd") => sshd::describe(envelope.message, fields),
        Some(service) if server::describe(service, envelope.message, fields) => {}
        Some(service) => account::describe(service, envelope.message, fields),
        None => {}
    }
    if server::packet(envelope.message, fields) {
        draft.logsource.category.push("firewall".to_owned());
    }
    if is_of_veeam(envelope) {
        veeam::describe(draft);
    }
}

/// The service that rules know a program by.
fn service_of(program: &str) -> Option<CompactString> {
    let program = &program[..memchr::memchr2(b'(', b' ', program.as_bytes()).unwrap_or(program.len())];
    let name = match program.strip_prefix('/') {
        Some(path) => path.rsplit('/').next()?,
        None => program.split('/').next()?,
    };
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let mut name = CompactString::from(name);
    name.make_ascii_lowercase();
    let known = match name.as_str() {
        "sshd-session" | "sshd-auth" => "sshd",
        "crond" => "cron",
        "clamd" | "freshclam" | "clamscan" => "clamav",
        "audispd" | "audisp-syslog" => "auditd",
        "postgres" => "postgresql",
        name if name.starts_with("ovpn-") => "openvpn",
        _ => return Some(name),
    };
    Some(CompactString::const_new(known))
}

/// The next word of `rest`, and what follows the spaces after it.
fn word<'a>(rest: &mut &'a str) -> &'a str {
    let text = *rest;
    let (word, after) = first_word(text).unwrap_or((text, ""));
    *rest = after.trim_start_matches(' ');
    word
}

/// The text before and behind the first space.
fn first_word(text: &str) -> Option<(&str, &str)> {
    // Words at the head of a line are short: nothing is found faster than byte by byte.
    let end = text.bytes().position(|byte| byte == b' ')?;
    Some((&text[..end], &text[end + 1..]))
}

#[cfg(test)]
mod tests;
