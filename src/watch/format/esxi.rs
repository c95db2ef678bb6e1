//! What VMware's hypervisors and vCenter log: `info hostd[…] [Originator@6876 sub=… opID=…] message`, the events of vCenter,
//! those of the observer of the kernel, and the commands typed in the shell of an ESXi. Alone, or as the message of syslog.

use super::draft::{Draft, Fields, Misfit, Outcome, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::shared::{endpoint, is_said, outcome};
use super::time::{self, When};
use crate::watch::event::Logsource;

/// VMware's own lines.
pub(super) struct Esxi;

impl Kind for Esxi {
    const IN_SYSLOG: bool = true;

    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        said(None, text, when).map(Some).ok_or(Misfit("no line of an ESXi or a vCenter"))
    }

    fn sniff(text: &str, when: When<'_>) -> Option<Surety> {
        Surety::certain(said(None, text, when).is_some())
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::of(&["vmware"], &[], &[]).any_service()]
    }
}

/// Programs of ESXi and vCenter, as they are called in syslog.
const PROGRAMS: [&str; 16] = [
    "hostd",
    "vpxa",
    "vpxd",
    "vobd",
    "vmkernel",
    "vmkwarning",
    "rhttpproxy",
    "fdm",
    "esxshell",
    "shell",
    "dcui",
    "hostd-probe",
    "vsanmgmtd",
    "ssoadminserver",
    "websso",
    "vcenter-server",
];

/// What shows that a message is one of VMware stands no further from its beginning than this.
const HEAD: usize = 80;

/// The name of a program without its number.
fn bare(name: &str) -> &str {
    &name[..memchr::memchr(b'[', name.as_bytes()).unwrap_or(name.len())]
}

/// The program of ESXi or vCenter that is called `name`.
fn own(name: &str) -> Option<&'static str> {
    let name = bare(name);
    PROGRAMS.into_iter().find(|own| own.eq_ignore_ascii_case(name))
}

/// What a message of `program` says; nothing where it is none of VMware.
pub(super) fn said(program: Option<&str>, text: &str, when: When<'_>) -> Option<Draft> {
    let text = text.trim_start();
    // Asked of every message of syslog: nearly all have another program, and no bracket where VMware has one.
    if memchr::memchr(b'[', &text.as_bytes()[..text.len().min(HEAD)]).is_none() && program.and_then(own).is_none() {
        return None;
    }
    let lead = Lead::of(text);
    let name = lead.program.or(program);
    let own = name.and_then(own);
    let message = lead.rest;
    let (origin, inside) = originator(message);
    let event = event(message);
    let observed = observed(message);
    // The name of a shell is no proof of one of VMware.
    let is_shell = matches!(own, Some("shell" | "esxshell"));
    let is_typed = is_shell && message.starts_with('[');
    let is_own = own.is_some() && (lead.program.is_some() || !is_shell);
    if origin.is_none() && event.is_none() && observed.is_none() && !is_typed && !is_own {
        return None;
    }
    let name = name.map(|name| bare(name).to_ascii_lowercase());
    let service = if event.is_some() { Some("vcenter") } else { name.as_deref() };
    let mut draft = Draft { logsource: logsource(service), ..Draft::default() };
    let fields = &mut draft.fields;
    fields.put_said("level", lead.level);
    if let Some(origin) = origin {
        for (name, value) in origin.split(' ').filter_map(|pair| pair.split_once('=')).take(32) {
            fields.put_said(name, Some(value));
        }
    }
    let text = match (&event, observed) {
        (Some(event), _) => {
            draft.time = time::written(event.time, when);
            event.describe(fields);
            event.text
        }
        (None, Some((kind, text))) => {
            fields.put("event_type", kind);
            fields.put("action", kind);
            text
        }
        (None, None) => inside,
    };
    fields.put("message", text);
    if is_typed {
        typed(message, fields);
    } else {
        spoken(text, fields);
    }
    Some(draft)
}

fn logsource(service: Option<&str>) -> Logsource {
    let service = match service {
        Some("esxshell") => Some("shell"),
        _ => service,
    };
    Logsource { category: Vec::new(), product: Some("vmware".into()), service: service.map(Into::into) }
}

/// What a program writes before its message: `info hostd[2099656] `.
struct Lead<'a> {
    level: Option<&'a str>,
    program: Option<&'a str>,
    rest: &'a str,
}

impl<'a> Lead<'a> {
    fn of(text: &'a str) -> Self {
        const LEVELS: [&str; 8] = ["info", "warning", "error", "verbose", "panic", "trivia", "INFO", "ERROR"];
        let none = Self { level: None, program: None, rest: text };
        let Some((level, behind)) = text.split_once(' ').filter(|(word, _)| LEVELS.contains(word)) else { return none };
        let Some((program, rest)) = behind.split_once("] ") else { return none };
        let Some((name, _)) = program.split_once('[').filter(|(name, _)| !name.contains(' ')) else { return none };
        Self { level: Some(level), program: Some(name), rest: rest.trim_start() }
    }
}

/// `[Originator@6876 sub=Vimsvc opID=… user=root] message`: what stands in the brackets, and the message.
fn originator(text: &str) -> (Option<&str>, &str) {
    let inside = text.strip_prefix("[Originator@6876").and_then(|rest| rest.split_once(']'));
    inside.map_or((None, text), |(origin, message)| (Some(origin.trim()), message.trim_start()))
}

/// `[GenericCorrelator] 3087878318715us: [vob.user.ssh.session.opened] SSH session was opened …`: the kind and the text.
fn observed(text: &str) -> Option<(&str, &str)> {
    let head = &text.as_bytes()[..text.len().min(HEAD)];
    let at = memchr::memchr_iter(b'[', head).find(|at| {
        let inside = &text[at + 1..];
        inside.starts_with("vob.") || inside.starts_with("esx.")
    })?;
    let (kind, message) = text[at + 1..].split_once(']')?;
    Some((kind, message.trim_start()))
}

/// `Event [22091524] [1-1] [TIME] [vim.event.UserLoginSessionEvent] [info] [CH\bob] [Datacenter] [22091524] [text]`.
struct VcenterEvent<'a> {
    time: &'a str,
    kind: &'a str,
    level: &'a str,
    user: &'a str,
    place: &'a str,
    text: &'a str,
}

fn event(text: &str) -> Option<VcenterEvent<'_>> {
    let mut rest = text.strip_prefix("Event ")?;
    let mut next = || {
        let (value, behind) = rest.strip_prefix('[')?.split_once(']')?;
        rest = behind.trim_start();
        Some(value)
    };
    let (_, _, time, kind, level, user, place, _) =
        (next()?, next()?, next()?, next()?, next()?, next()?, next()?, next()?);
    let text = rest.strip_prefix('[').unwrap_or(rest);
    let text = text.strip_suffix(']').unwrap_or(text);
    Some(VcenterEvent { time, kind, level, user, place, text })
}

impl VcenterEvent<'_> {
    fn describe(&self, fields: &mut Fields) {
        fields.put("event_type", self.kind);
        fields.put_said("level", Some(self.level));
        fields.put("action", self.kind.rsplit('.').next().unwrap_or(self.kind));
        fields.put_said("user", Some(self.user));
        fields.put_said("object", Some(self.place));
    }
}

/// `[root]: esxcli vm process kill --world-id 1`: who typed what.
fn typed(message: &str, fields: &mut Fields) {
    let Some((user, command)) = message.strip_prefix('[').and_then(|rest| rest.split_once("]: ")) else { return };
    fields.put_said("user", Some(user));
    fields.put("action", "command");
    fields.put("command", command);
    fields.put("CommandLine", command);
    fields.outcome(Outcome::Unknown);
}

/// What a sentence begins with, holds, and means.
const SENTENCES: [(&str, &str, Outcome); 11] = [
    ("Cannot login ", "login", Outcome::Failure),
    ("Accepted password for user ", "login", Outcome::Success),
    ("Rejected password for user ", "login", Outcome::Failure),
    ("Failed login attempt", "login", Outcome::Failure),
    ("failed to log in", "login", Outcome::Failure),
    ("InvalidLogin", "login", Outcome::Failure),
    ("Successful login ", "login", Outcome::Success),
    (" logged in as ", "login", Outcome::Success),
    (" logged out", "logout", Outcome::Success),
    ("SSH session was opened for ", "ssh_opened", Outcome::Success),
    ("SSH session was closed for ", "ssh_closed", Outcome::Success),
];

/// Who, from where, and how it ended.
fn spoken(text: &str, fields: &mut Fields) {
    let sentence = SENTENCES.iter().find(|(words, ..)| text.contains(words));
    if let Some((_, action, result)) = sentence {
        if fields.value("action").is_none() {
            fields.put("action", *action);
        }
        fields.outcome(*result);
    } else {
        fields.outcome(outcome(text).unwrap_or(Outcome::Unknown));
    }
    if sentence.is_none() {
        return;
    }
    if let Some(found) = logged(text) {
        return found.describe(fields);
    }
    let (user, address) = account(text);
    if fields.value("user").is_none() {
        fields.put_said("user", user);
    }
    if let Some(address) = address {
        fields.endpoint("src", address);
    }
}

/// `root@192.0.2.7`, `user root from 192.0.2.7`, `'root@192.0.2.7'`, `bob@vsphere.local from 192.0.2.7`: a name and an
/// address. Names have at signs of their own: the last one counts.
fn account(text: &str) -> (Option<&str>, Option<&str>) {
    if let Some((before, after)) = text.rsplit_once(" from ") {
        let address = after.split([' ', ',']).next().filter(|word| endpoint(word).is_some());
        let user = before.rsplit_once("ser ").map_or_else(|| before.rsplit(' ').next(), |(_, user)| Some(user));
        if address.is_some() {
            return (user.filter(|user| !user.contains(' ')), address);
        }
    }
    let words = || text.split(' ').map(|word| word.trim_matches(['\'', '"', '.', ',', '(', ')']));
    words()
        .filter_map(|word| word.rsplit_once('@'))
        .find(|(_, address)| endpoint(address).is_some())
        .map_or((None, None), |(user, address)| (Some(user), Some(address)))
}

/// The log-ins of vCenter's single sign-on, an object inside the message.
struct Logged {
    user: String,
    client: String,
    kind: String,
}

fn logged(text: &str) -> Option<Logged> {
    let at = text.find("{\"user\"").or_else(|| text.find("{\\\"user\\\""))?;
    let plain = text[at..].replace("\\\"", "\"");
    let object: serde_json::Value = serde_json::Deserializer::from_str(&plain).into_iter().next()?.ok()?;
    let said = |name: &str| object.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    Some(Logged { user: said("user"), client: said("client"), kind: said("type") })
}

impl Logged {
    fn describe(&self, fields: &mut Fields) {
        fields.put_said("user", Some(self.user.as_str()).filter(|user| is_said(user)));
        fields.endpoint("src", &self.client);
        fields.put_said("event_type", Some(&self.kind));
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn read(program: Option<&str>, text: &str) -> Option<Draft> {
        let zone = TimeZone::UTC;
        said(program, text, When { arrived: Timestamp::UNIX_EPOCH, zone: &zone })
    }

    /// Program and service, user, source, action, outcome; then the message.
    const LINES: &str = r#"
-|hostd|root|192.0.2.7|login|failure|info hostd[111111] [Originator@6876 sub=Vimsvc.ha-eventmgr opID=esxui-1] Event 65352 : Cannot login root@192.0.2.7
hostd|hostd|root|192.0.2.7|ssh_opened|success|[Originator@6876 sub=Vimsvc.ha-eventmgr] Event 974676 : SSH session was opened for 'root@192.0.2.7'.
Hostd|hostd|root|192.0.2.7|login|success|[Originator@6876 sub=Vimsvc.HaSessionManager opID=e sid=5] Accepted password for user root from 192.0.2.7 - session=5
vobd|vobd|root|192.0.2.7|vob.user.ssh.session.opened|success|  [GenericCorrelator] 3087878318715us: [vob.user.ssh.session.opened] SSH session was opened for 'root@192.0.2.7'.
shell|shell|root|–|command|unknown|[root]: esxcli vm process kill --type=force --world-id=42
-|vcenter|CH\bob|192.0.2.7|UserLoginSessionEvent|success|Event [22] [1-1] [2026-11-21T19:28:22.7Z] [vim.event.UserLoginSessionEvent] [info] [CH\bob] [DC] [22] [User CH\bob@192.0.2.7 logged in as JAX-WS RI 2.3]
-|vcenter|eve@vsphere.local|192.0.2.7|EventEx|success|Event [1] [1-1] [2026-11-21T19:28:22Z] [vim.event.EventEx] [info] [eve@vsphere.local] [] [2] [Successful login eve@vsphere.local from 192.0.2.7 at 11/21/2026 19:28:22 GMT in SSO]
-|websso|eve@CH|192.0.2.7|login|failure|INFO websso[52:tomcat-http--15] [CorId=2] [auditlogger] {"user":"eve@CH","client":"192.0.2.7","description":"User eve@CH@192.0.2.7 failed to log in with response code 401","type":"com.vmware.sso.LoginFailure"}
"#;

    #[test]
    fn lines_say_who_from_where_and_how_it_ended() {
        for row in LINES.trim_matches('\n').lines() {
            let columns: Vec<&str> = row.splitn(7, '|').collect();
            let draft =
                read(Some(columns[0]).filter(|name| *name != "-"), columns[6]).unwrap_or_else(|| panic!("{row}"));
            assert_eq!(draft.logsource.service.as_deref(), Some(columns[1]), "{row}");
            for (name, wanted) in ["user", "src_ip", "action", "outcome"].iter().zip(&columns[2..]) {
                assert_eq!(draft.fields.text(name).unwrap_or("–"), *wanted, "{name} of {row}");
            }
        }
    }

    #[test]
    fn what_other_programs_say_is_not_theirs() {
        for (program, text) in [
            (Some("sshd"), "Accepted password for root from 192.0.2.7 port 5 ssh2"),
            (Some("shell"), "a script said hello"),
            (None, "info about something [1] here"),
            (None, "Event log was cleared"),
            (None, "Event [1] [2]"),
        ] {
            assert!(read(program, text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_too_odd(text in "[\\[\\]{}\"@ a-c.=é]{0,80}") {
            drop(read(Some("hostd"), &text));
            drop(read(None, &format!("Event [1] [2] [3] [4] {text}")));
            drop(read(None, &format!("[Originator@6876 {text}")));
            drop(read(Some("shell"), &format!("[{text}]: {text}")));
        }
    }
}
