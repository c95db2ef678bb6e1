//! Access logs that a web server writes as JSON. The names are the administrator's own choice, so what the fields hold
//! decides; what is found also goes by the names that rules for web servers use (W3C Extended Log File Format).

use super::draft::{Draft, Fields};
use crate::watch::event::Value;
use crate::watch::json::walk;
use crate::watch::record::{Field, Listener, Said, Unreadable};

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

/// Says the fields of the request that the object `text` is by the names of rules for web servers; nothing where it is
/// something else.
pub(super) fn say<'a>(text: &'a str, listener: &mut impl Listener<'a>) -> Result<(), Unreadable> {
    let mut heard = Heard::default();
    walk(text, &mut heard)?;
    let text_of = |names: &[&str]| heard.first(names).filter(|said| matches!(said, Said::Text(_) | Said::Escaped(_)));
    let written = |said: Said<'a>| match said {
        Said::Text(text) | Said::Escaped(text) | Said::Number(text) => text,
        _ => "",
    };
    let (Some(method), Some(uri), Some(status)) = (text_of(&METHODS), text_of(&ADDRESSES), heard.first(&STATUSES))
    else {
        return Ok(());
    };
    let number: Option<i64> = written(status).parse().ok();
    if !is_request(written(method), written(uri).trim_start_matches('\\'), number) {
        return Ok(());
    }
    let part = |text| if matches!(uri, Said::Escaped(_)) { Said::Escaped(text) } else { Said::Text(text) };
    let (stem, query) = written(uri).split_once('?').map_or((written(uri), None), |(stem, query)| (stem, Some(query)));
    let mut put = |name: &str, said: Option<Said<'a>>| {
        let said = said.filter(|said| !matches!(said, Said::Text("" | "-")));
        if let (Some(field), Some(said)) = (listener.wants(name), said) {
            listener.hear(field, said);
        }
    };
    put("cs-method", Some(method));
    put("sc-status", Some(status));
    put("cs-uri", Some(uri));
    put("cs-uri-stem", Some(part(stem)));
    put("cs-uri-query", query.map(part));
    put("cs-uri-query", Some(uri));
    for (theirs, ours) in KNOWN {
        put(
            ours,
            heard.first(theirs).filter(|said| matches!(said, Said::Text(_) | Said::Escaped(_) | Said::Number(_))),
        );
    }
    Ok(())
}

/// What an object says in the fields that requests have.
#[derive(Default)]
struct Heard<'a> {
    names: Vec<&'static str>,
    said: Vec<(Field, Said<'a>)>,
    room: String,
}

impl<'a> Heard<'a> {
    fn first(&self, names: &[&str]) -> Option<Said<'a>> {
        let of = |wanted: &&str| self.said.iter().find(|(field, _)| self.names[*field as usize] == *wanted);
        names.iter().find_map(of).map(|(_, said)| *said)
    }
}

impl<'a> Listener<'a> for Heard<'a> {
    fn wants(&mut self, name: &str) -> Option<Field> {
        let known = KNOWN.iter().flat_map(|(theirs, _)| *theirs).chain(&METHODS).chain(&STATUSES).chain(&ADDRESSES);
        self.names.push(known.copied().find(|known| *known == name)?);
        Field::try_from(self.names.len() - 1).ok()
    }

    fn hear(&mut self, field: Field, said: Said<'a>) {
        self.said.push((field, said));
    }

    fn room(&mut self) -> &mut String {
        &mut self.room
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
