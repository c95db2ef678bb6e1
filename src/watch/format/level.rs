//! At which log level a line was written, where its format says so, and what to set so that a program writes more.

use crate::base::language::Text;
use crate::watch::event::{Event, Value};
use crate::watch::log_level::LogLevel;
use crate::words::readiness as words;

/// The level of the line that became `event`: what the program says, or else what syslog says around it.
pub fn level_of(event: &Event) -> Option<LogLevel> {
    let text = |name: &str| event.get(name).find_map(text);
    let spoken = |name: &str| text(name).and_then(|word| LogLevel::of_word(&word.to_ascii_lowercase()));
    let samba = || event.logsource.product.as_deref() == Some("samba") && text("type") == Some("Authentication");
    if samba() {
        // Samba names no level: log-ins that fail are written from 2 on, those that succeed from 3 on.
        return text("status").map(|status| if status == "NT_STATUS_OK" { LogLevel::Info } else { LogLevel::Notice });
    }
    spoken("level").or_else(|| spoken("severity"))
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// What makes `product` write lines of the level `needed`, as something to do.
pub fn how_to_reach(needed: LogLevel, product: Option<&str>) -> Text {
    let detailed = needed > LogLevel::Info;
    match product {
        Some("orthanc") if detailed => words::orthanc_traces(),
        Some("orthanc") => words::orthanc_says_more(),
        Some("dcmtk") if detailed => words::dcmtk_traces(),
        Some("dcmtk") => words::dcmtk_says_more(),
        Some("samba") => words::samba_audits(),
        _ => words::raise(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::watch::format::{Decoded, Decoder, Format};

    #[test]
    fn a_line_says_its_level_in_the_words_of_its_format() {
        let failed = r#"{"timestamp": "2026-11-21T19:17:56.101010+0000", "type": "Authentication", "Authentication": {"eventId": 4625, "status": "NT_STATUS_WRONG_PASSWORD"}}"#;
        for (format, line, level) in [
            (Format::Orthanc, "E1121 19:21:39.864542 a.cpp:62] x", Some(LogLevel::Error)),
            (Format::Orthanc, "W1121 19:21:39.864542 a.cpp:62] x", Some(LogLevel::Warning)),
            (Format::Orthanc, "I1121 19:21:39.864542 MAIN a.cpp:62] (http) GET /x", Some(LogLevel::Info)),
            (Format::Orthanc, "T1121 19:21:39.864542 a.cpp:62] x", Some(LogLevel::Trace)),
            (Format::Dcmtk, "I: Association Received", Some(LogLevel::Info)),
            (Format::Dcmtk, "F: x", Some(LogLevel::Error)),
            (Format::Dcmtk, "2026-11-21 19:20:58.457  WARN: x", Some(LogLevel::Warning)),
            (Format::Dcmtk, "2026-11-21 19:20:58.457 DEBUG: x", Some(LogLevel::Debug)),
            (Format::Syslog, "<86>Nov 21 19:20:58 srv sshd[1]: x", Some(LogLevel::Info)),
            (Format::Syslog, "<3>1 2026-11-21T19:20:58Z srv app 1 - - x", Some(LogLevel::Error)),
            (Format::Syslog, "Nov 21 19:20:58 srv sshd[1]: x", None),
            // What the program says itself goes before what syslog says.
            (
                Format::Syslog,
                "<13>Nov 21 19:20:58 srv Orthanc[1]: W1121 19:20:58.1 a.cpp:6] x",
                Some(LogLevel::Warning),
            ),
            (Format::SambaJson, failed, Some(LogLevel::Notice)),
            (Format::SambaJson, &failed.replace("WRONG_PASSWORD", "OK"), Some(LogLevel::Info)),
            (Format::SambaJson, &failed.replace("Authentication", "dsdbChange"), None),
            (Format::Json, r#"{"level": "WARN", "message": "x"}"#, Some(LogLevel::Warning)),
            (Format::Json, r#"{"level": 4, "message": "x"}"#, None),
            (Format::Combined, r#"192.0.2.7 - - [21/Nov/2026:19:28:23 +0000] "GET / HTTP/1.1" 200 1"#, None),
        ] {
            let decoded = Decoder::new(format, TimeZone::UTC, None).decode(Timestamp::UNIX_EPOCH, line);
            let Decoded::Event(event) = decoded else { panic!("{line}: {decoded:?}") };
            assert_eq!(level_of(&event), level, "{line}");
        }
    }
}
