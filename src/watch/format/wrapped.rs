//! Lines in which a collector has put another one: the source of a document of Elasticsearch, a result of Splunk, a line that
//! Docker took down. What is inside counts.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::json;
use super::time::{self, When};
use crate::watch::json::length;

/// How such a line begins, and the member that what counts is in.
const OBJECTS: [(&str, &str); 4] = [
    ("{\"_index\"", "\"_source\""),
    ("{\"_id\"", "\"_source\""),
    ("{\"_source\"", "\"_source\""),
    ("{\"preview\"", "\"result\""),
];

/// The object inside a line, or the line as it is.
#[inline]
pub(super) fn object(text: &str) -> &str {
    match text.as_bytes() {
        [b'{', b'"', b'_' | b'p', ..] => inside(text).unwrap_or(text),
        _ => text,
    }
}

fn inside(text: &str) -> Option<&str> {
    let (_, member) = OBJECTS.iter().find(|(start, _)| text.starts_with(start))?;
    let (_, rest) = text.split_once(member)?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    Some(&rest[..length(rest)?])
}

/// Whether this may be a line that Docker took down.
#[inline]
pub(super) fn is_line(text: &str) -> bool {
    text.starts_with("{\"log\":\"")
}

/// A line that Docker took down, and when; nothing where this is something else.
pub(super) fn line(text: &str, arrived: Timestamp, zone: &TimeZone) -> Option<(String, Timestamp)> {
    let fields = if is_line(text) { json::flatten(text).ok()? } else { return None };
    let known = |name: &str| matches!(name, "log" | "stream" | "time") || name.starts_with("attrs.");
    let (log, at) = (fields.text("log")?, fields.text("time")?);
    let is_its_own = fields.0.iter().all(|(name, _)| known(name)) && fields.text("stream").is_some();
    let at = time::written(at, When { arrived, zone }).unwrap_or(arrived);
    is_its_own.then(|| (log.to_owned(), at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_counts() {
        for (line, inner) in [
            (
                r#"{"_index":"winlogbeat-8","_id":"x","_score":1.0,"_source":{"a":{"b":1}},"sort":[1]}"#,
                r#"{"a":{"b":1}}"#,
            ),
            (r#"{"preview":false,"offset":0,"lastrow":true,"result":{"EventCode":"4625"}}"#, r#"{"EventCode":"4625"}"#),
            (r#"{"_id":"x"}"#, r#"{"_id":"x"}"#),
            (r#"{"_source":"radius"}"#, r#"{"_source":"radius"}"#),
            (r#"{"result":{"a":1}}"#, r#"{"result":{"a":1}}"#),
            (r#"{"_index":"cut","_source":{"a":"#, r#"{"_index":"cut","_source":{"a":"#),
        ] {
            assert_eq!(object(line), inner);
        }
    }

    #[test]
    fn a_line_that_docker_took_down_is_the_line() {
        let line = |text: &str| line(text, Timestamp::UNIX_EPOCH, &TimeZone::UTC);
        let taken =
            r#"{"log":"Nov 30 01:12:04 srv sshd[7]: \"x\"\n","stream":"stdout","time":"2026-11-30T01:12:05.5Z"}"#;
        let (text, at) = line(taken).unwrap();
        assert_eq!(text, "Nov 30 01:12:04 srv sshd[7]: \"x\"\n");
        assert_eq!(at, "2026-11-30T01:12:05.5Z".parse().unwrap());
        assert_eq!(line(r#"{"log":"x","stream":"stdout","time":"2026-11-30T01:12:05Z","user":"y"}"#), None);
        assert_eq!(line(r#"{"log":"x"}"#), None);
    }
}
