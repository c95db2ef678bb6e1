//! One entry of the journal as `journalctl -o json` prints it, made a line of syslog (RFC 5424): what the journal itself
//! knows of the program that wrote it stands in its structured data.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::watch::source::encoding::Encoding;

/// The fields that are asked for (systemd.journal-fields(7)), beside the cursor and the time.
pub(super) const FIELDS: &str = "MESSAGE,PRIORITY,SYSLOG_FACILITY,SYSLOG_IDENTIFIER,SYSLOG_PID,_COMM,_PID,_HOSTNAME,\
                                 _TRANSPORT,_SYSTEMD_UNIT,_UID,_EXE,_CMDLINE";

/// What rules call what the journal knows of a program.
const KNOWN: [(&str, &str); 4] =
    [("_SYSTEMD_UNIT", "unit"), ("_UID", "uid"), ("_EXE", "Image"), ("_CMDLINE", "CommandLine")];

/// Of the system's own messages; all others are of users (RFC 5424, section 6.2.1).
const KERNEL: u8 = 0;
const USER: u8 = 1;
/// What nobody gave a severity is information.
const INFO: u8 = 6;

/// An entry.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Where it is in the journal.
    pub(super) cursor: String,
    /// What it says, as a line of syslog.
    pub(super) line: String,
}

/// Reads one entry; nothing where it is none.
pub(super) fn read(json: &[u8]) -> Option<Entry> {
    let fields: Map<String, Value> = serde_json::from_slice(json).ok()?;
    let text = |name: &str| fields.get(name).and_then(text);
    let cursor = text("__CURSOR")?;
    let micros = text("__REALTIME_TIMESTAMP")?.parse().ok()?;
    let at = Timestamp::from_microsecond(micros).ok()?;
    let is_kernel = text("_TRANSPORT").as_deref() == Some("kernel");
    let number = |name: &str, most: u8| text(name)?.parse::<u8>().ok().filter(|number| *number <= most);
    let facility = number("SYSLOG_FACILITY", 23).unwrap_or(if is_kernel { KERNEL } else { USER });
    let priority = facility * 8 + number("PRIORITY", 7).unwrap_or(INFO);
    let kernel = || is_kernel.then(|| "kernel".to_owned());
    let program = text("SYSLOG_IDENTIFIER").or_else(|| text("_COMM")).or_else(kernel);
    let pid = text("SYSLOG_PID").or_else(|| text("_PID"));
    let mut line = format!("<{priority}>1 {at} {} {} {} - ", word(text("_HOSTNAME")), word(program), word(pid));
    let known = KNOWN.iter().filter_map(|(field, name)| Some((name, text(field)?)));
    let before = line.len();
    for (name, value) in known {
        write!(line, " {name}=\"{}\"", escaped(&value)).ok()?;
    }
    if line.len() > before {
        line.insert_str(before, "[journal");
        line.push(']');
    } else {
        line.push('-');
    }
    line.push(' ');
    line.push_str(&text("MESSAGE").unwrap_or_default());
    Some(Entry { cursor, line })
}

/// A value as text. What is not UTF-8 comes as a list of its bytes, a field that was given several times as a list of
/// values.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => {
            let bytes: Option<Vec<u8>> = items.iter().map(|item| u8::try_from(item.as_u64()?).ok()).collect();
            if let Some(bytes) = bytes {
                return Some(Encoding::Bytes.decode(&bytes, false).into_owned());
            }
            Some(items.iter().filter_map(text).collect::<Vec<_>>().join(" "))
        }
        Value::Null | Value::Bool(_) | Value::Object(_) => None,
    }
}

/// A value as one word of the head, or that there is none.
fn word(text: Option<String>) -> String {
    let text = text.map(|text| text.replace(|letter: char| letter.is_whitespace() || letter.is_control(), "_"));
    text.filter(|text| !text.is_empty()).unwrap_or_else(|| "-".to_owned())
}

/// A value between quotes (RFC 5424, section 6.3.3).
fn escaped(value: &str) -> String {
    value
        .chars()
        .flat_map(|letter| matches!(letter, '"' | '\\' | ']').then_some('\\').into_iter().chain([letter]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(json: &str) -> String {
        read(json.as_bytes()).unwrap().line
    }

    #[test]
    fn an_entry_is_a_line_of_syslog() {
        let entry = read(
            br#"{"__CURSOR":"s=1;i=2","__REALTIME_TIMESTAMP":"1795807523000123","PRIORITY":"5","SYSLOG_FACILITY":"10",
            "SYSLOG_IDENTIFIER":"sshd","_PID":"77","_HOSTNAME":"srv-fic01","_SYSTEMD_UNIT":"ssh.service","_UID":"0",
            "_EXE":"/usr/sbin/sshd","_CMDLINE":"sshd: a \"b\" [priv]","MESSAGE":"Invalid user x from 203.0.113.9"}"#,
        )
        .unwrap();
        assert_eq!(entry.cursor, "s=1;i=2");
        let wanted = concat!(
            "<85>1 2026-11-27T19:25:23.000123Z srv-fic01 sshd 77 - [journal unit=\"ssh.service\" uid=\"0\" ",
            r#"Image="/usr/sbin/sshd" CommandLine="sshd: a \"b\" [priv\]"] Invalid user x from 203.0.113.9"#
        );
        assert_eq!(entry.line, wanted);
    }

    #[test]
    fn bytes_lists_and_what_is_missing_are_read() {
        let entry = |more: &str| line(&format!(r#"{{"__CURSOR":"c","__REALTIME_TIMESTAMP":"0"{more}}}"#));
        assert_eq!(entry(r#","MESSAGE":[99,97,102,233,27]"#), "<14>1 1970-01-01T00:00:00Z - - - - - café\u{1b}");
        assert_eq!(entry(r#","MESSAGE":["a","b"],"_COMM":"x y""#), "<14>1 1970-01-01T00:00:00Z - x_y - - - a b");
        assert_eq!(entry(r#","MESSAGE":"m","_TRANSPORT":"kernel""#), "<6>1 1970-01-01T00:00:00Z - kernel - - - m");
        assert_eq!(entry(r#","MESSAGE":null,"PRIORITY":"9""#), "<14>1 1970-01-01T00:00:00Z - - - - - ");
        for no_entry in ["", "-- No entries --", "{}", r#"{"__CURSOR":"c","__REALTIME_TIMESTAMP":"x"}"#] {
            assert_eq!(read(no_entry.as_bytes()), None, "{no_entry}");
        }
    }
}
