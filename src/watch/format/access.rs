//! Access logs that a web server writes as JSON. The names are the administrator's own choice, so what the fields hold
//! decides; what is found also goes by the names that rules for web servers use (W3C Extended Log File Format).

use std::borrow::Cow;

use super::draft::{Draft, Fields};
use super::json::Ear;
use crate::watch::event::Value;
use crate::watch::json::unescape;
use crate::watch::kind::REQUEST;
use crate::watch::record::{Listener, Said, Unreadable};

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

/// Whether a field of this name may hold the method of a request.
pub(super) fn is_method(name: &str) -> bool {
    METHODS.contains(&name)
}

/// Says the fields of the request that the object `text` is by the names of rules for web servers, as [`name`] does; nothing
/// where it is something else.
pub(super) fn say<'a>(text: &'a str, listener: &mut impl Listener<'a>) -> Result<(), Unreadable> {
    let known = KNOWN.iter().flat_map(|(theirs, _)| *theirs).chain(&METHODS).chain(&STATUSES).chain(&ADDRESSES);
    let ear = Ear::hear(text, |name| known.clone().copied().find(|known| *known == name))?;
    let written = |names: &[&str]| {
        let said = names.iter().find_map(|name| ear.said(name).filter(|said| plain(*said).is_some()))?;
        Some((said, plain(said)?))
    };
    let status = STATUSES.iter().find_map(|name| whole(ear.said(name)?));
    let (Some((method, verb)), Some((uri, address)), Some(number)) = (written(&METHODS), written(&ADDRESSES), status)
    else {
        return Ok(());
    };
    if !is_request(&verb, &address, Some(number)) {
        return Ok(());
    }
    let (stem, query) = divided(uri);
    let mut put = |name: &str, said: Said<'a>| {
        if let Some(field) = listener.wants(name).or_else(|| listener.otherwise()) {
            listener.hear(field, said);
        }
    };
    put(REQUEST, Said::Null);
    put("cs-method", method);
    put("sc-status", Said::Int(number));
    put("cs-uri", uri);
    put("cs-uri-stem", stem);
    if let Some(query) = query.filter(|query| is_said(*query)) {
        put("cs-uri-query", query);
    }
    put("cs-uri-query", uri);
    for (theirs, ours) in KNOWN {
        if let Some(said) = theirs.iter().find_map(|name| ear.said(name)).filter(|said| is_said(*said)) {
            put(ours, said);
        }
    }
    Ok(())
}

/// The text of what is said, where it is text.
fn plain(said: Said<'_>) -> Option<Cow<'_, str>> {
    match said {
        Said::Text(text) => Some(Cow::Borrowed(text)),
        Said::Escaped(text) => {
            let mut plain = String::new();
            unescape(text, &mut plain);
            Some(Cow::Owned(plain))
        }
        _ => None,
    }
}

/// The whole number that is said, in whatever way.
fn whole(said: Said<'_>) -> Option<i64> {
    match said {
        Said::Int(number) => Some(number),
        Said::Number(text) => text.parse().ok(),
        _ => plain(said)?.parse().ok(),
    }
}

/// Whether something is said: a whole number, or a text that does not stand for nothing.
fn is_said(said: Said<'_>) -> bool {
    match said {
        Said::Int(_) | Said::Number(_) => true,
        _ => plain(said).is_some_and(|text| !matches!(&*text, "" | "-")),
    }
}

/// An address before and behind its first question mark.
fn divided(uri: Said<'_>) -> (Said<'_>, Option<Said<'_>>) {
    match uri {
        Said::Text(text) => match text.split_once('?') {
            Some((stem, query)) => (Said::Text(stem), Some(Said::Text(query))),
            None => (uri, None),
        },
        Said::Escaped(text) => match question_mark(text) {
            Some((start, end)) => (Said::Escaped(&text[..start]), Some(Said::Escaped(&text[end..]))),
            None => (uri, None),
        },
        _ => (uri, None),
    }
}

/// Where the first question mark stands in a text with the escapes of JSON, which may hide it.
fn question_mark(text: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    loop {
        at += text.get(at..)?.find(['?', '\\'])?;
        let rest = &text[at..];
        if rest.starts_with('?') {
            return Some((at, at + 1));
        }
        if rest.get(..6).is_some_and(|escape| escape.eq_ignore_ascii_case("\\u003f") && escape.as_bytes()[1] == b'u') {
            return Some((at, at + 6));
        }
        at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
    }
}

fn is_request(method: &str, uri: &str, status: Option<i64>) -> bool {
    let is_method = method.len() >= 3 && method.bytes().all(|byte| byte.is_ascii_uppercase());
    is_method && uri.starts_with('/') && status.is_some_and(|status| (100..600).contains(&status))
}

/// Method, address and status, where the object has all three and they are of HTTP.
fn request(fields: &Fields) -> Option<(String, String, i64)> {
    let text = |names: &[&str]| names.iter().find_map(|name| fields.text(name)).map(str::to_owned);
    let (method, uri) = (text(&METHODS)?, text(&ADDRESSES)?);
    let status = STATUSES.iter().find_map(|name| match fields.value(name)? {
        Value::Int(status) => Some(*status),
        Value::Text(status) => status.parse().ok(),
        _ => None,
    })?;
    is_request(&method, &uri, Some(status)).then_some((method, uri, status))
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
