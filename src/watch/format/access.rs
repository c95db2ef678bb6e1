//! Access logs that a web server writes as JSON. The names are the administrator's own choice, so what the fields hold
//! decides; what is found also goes by the names that rules for web servers use (W3C Extended Log File Format).

use super::draft::{Draft, Fields};
use crate::watch::event::Value;

/// Names that administrators give to each field, and the one that rules use.
const KNOWN: [(&[&str], &str); 8] = [
    (&["src_ip", "remote_addr", "client_ip", "clientip", "remote_ip", "client"], "c-ip"),
    (&["user", "remote_user", "username", "auth"], "cs-username"),
    (&["host", "http_host", "server_name", "vhost"], "cs-host"),
    (&["bytes", "body_bytes_sent", "bytes_sent", "size"], "sc-bytes"),
    (&["referer", "referrer", "http_referer"], "cs-referer"),
    (&["ua", "user_agent", "http_user_agent", "agent"], "cs-user-agent"),
    (&["proto", "protocol", "server_protocol"], "cs-version"),
    (&["args", "query", "query_string"], "cs-uri-query"),
];
const METHODS: [&str; 3] = ["method", "request_method", "verb"];
const STATUSES: [&str; 4] = ["status", "status_code", "http_status", "response"];
const ADDRESSES: [&str; 4] = ["uri", "request_uri", "path", "url"];

/// Names the fields of a request as rules for web servers do; leaves any other object as it is.
pub(super) fn name(draft: &mut Draft) {
    let Some((method, uri, status)) = request(&draft.fields) else { return };
    let mut named = Fields::default();
    named.put("cs-method", method);
    named.put("sc-status", status);
    let (stem, query) = uri.split_once('?').map_or((uri.as_str(), None), |(stem, query)| (stem, Some(query)));
    named.put("cs-uri", uri.clone());
    named.put("cs-uri-stem", stem);
    named.put_said("cs-uri-query", query);
    // Most public rules look for paths in the query, so the whole address goes by that name as well.
    named.put("cs-uri-query", uri.clone());
    for (theirs, ours) in KNOWN {
        match theirs.iter().find_map(|name| draft.fields.value(name)) {
            Some(Value::Text(text)) => named.put_said(ours, Some(text)),
            Some(Value::Int(number)) => named.put(ours, *number),
            _ => {}
        }
    }
    draft.fields.put_new(named);
    draft.logsource.category.push("webserver".to_owned());
}

/// Method, address and status, where the object has all three and they are of HTTP.
fn request(fields: &Fields) -> Option<(String, String, i64)> {
    let text = |names: &[&str]| names.iter().find_map(|name| fields.text(name)).map(str::to_owned);
    let method =
        text(&METHODS).filter(|method| method.len() >= 3 && method.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    let uri = text(&ADDRESSES).filter(|uri| uri.starts_with('/'))?;
    let status = STATUSES.iter().find_map(|name| match fields.value(name)? {
        Value::Int(status) => Some(*status),
        Value::Text(status) => status.parse().ok(),
        _ => None,
    })?;
    (100..600).contains(&status).then_some((method, uri, status))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use crate::watch::event::{Event, Value};
    use crate::watch::format::{Decoded, Decoder, Format};

    fn event(line: &str) -> Event {
        match Decoder::new(Format::Json, TimeZone::UTC, None).decode(Timestamp::UNIX_EPOCH, line) {
            Decoded::Event(event) => event,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_request_goes_by_the_names_that_rules_use() {
        let line = r#"{"time":"2026-11-21T19:28:23+00:00","src_ip":"127.0.0.1","user":"pacsadmin","method":"GET","uri":"/system?x=1","args":"","status":401,"bytes":0,"ua":"curl/7.88.1"}"#;
        let event = event(line);
        assert_eq!(event.logsource.category, ["webserver"]);
        for (name, value) in [
            ("c-ip", Value::from("127.0.0.1")),
            ("cs-username", Value::from("pacsadmin")),
            ("cs-uri-stem", Value::from("/system")),
            ("sc-status", Value::from(401)),
            ("cs-user-agent", Value::from("curl/7.88.1")),
        ] {
            assert_eq!(event.get(name).next(), Some(&value), "{name}");
        }
    }

    #[test]
    fn other_objects_are_left_alone() {
        for line in [
            r#"{"method":"GET","uri":"/x"}"#,
            r#"{"method":"password","uri":"/x","status":200}"#,
            r#"{"method":"GET","uri":"x","status":200}"#,
            r#"{"method":"GET","uri":"/x","status":9}"#,
        ] {
            assert!(event(line).logsource.category.is_empty(), "{line}");
        }
    }
}
