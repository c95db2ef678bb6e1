//! What lines of several formats begin with: the priority of syslog, and the name of a machine.

use super::draft::Fields;

/// The facilities of syslog, by their numbers.
pub(super) const FACILITIES: [&str; 24] = [
    "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp",
    "audit", "alert", "clock", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
];

/// Its severities.
pub(super) const SEVERITIES: [&str; 8] = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

/// The priority that `text` begins with, where it does, and what follows.
pub(super) fn priority(text: &str) -> (Option<u8>, &str) {
    let read = || {
        let (number, rest) = text.strip_prefix('<')?.split_once('>')?;
        let number = number.parse::<u8>().ok().filter(|number| *number <= 191)?;
        Some((Some(number), rest))
    };
    read().unwrap_or((None, text))
}

/// Adds the facility and the severity of a priority.
pub(super) fn describe(priority: Option<u8>, fields: &mut Fields) {
    if let Some(priority) = priority {
        fields.put("facility", FACILITIES[usize::from(priority / 8).min(FACILITIES.len() - 1)]);
        fields.put("severity", SEVERITIES[usize::from(priority % 8)]);
    }
}

/// Whether a word can be the name or the address of a machine. Where there is none, what follows the time is the beginning
/// of the message, or a thread, a field or a whole record of another format.
pub(super) fn is_host(word: &str) -> bool {
    let of_name = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || !byte.is_ascii()
            || matches!(byte, b'-' | b'.' | b'_' | b':' | b'/' | b'@' | b'~' | b'#')
    };
    !word.is_empty() && !word.ends_with(':') && word.bytes().all(of_name)
}
