//! The access logs of nginx and Apache: common, combined, with or without the virtual host before it.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;

use super::draft::{Draft, Fields, Misfit, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::time::{Reader, When};
use crate::watch::event::Logsource;

/// The access log of a web server.
pub(super) struct Combined;

impl Kind for Combined {
    fn read(text: &str, _: When<'_>, _: &mut Memory) -> Reading {
        read(text)
    }

    fn sniff(text: &str, _: When<'_>) -> Option<Surety> {
        Surety::certain(read(text).is_ok())
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::of(&[], &[], &["webserver"])]
    }
}

/// Reads one line: `ADDRESS IDENT USER [TIME] "REQUEST" STATUS BYTES ["REFERER" "AGENT"]`.
pub(super) fn read(text: &str) -> Reading {
    parts(text).map(Some).ok_or(Misfit("not an access log line"))
}

fn parts(text: &str) -> Option<Draft> {
    let (who, time, rest) = dated(text)?;
    let (request, rest) = quoted(rest)?;
    let mut words = rest.trim_start().splitn(3, ' ');
    let status = words.next().filter(|status| status.len() == 3)?.parse::<i64>().ok()?;
    let bytes = words.next()?;
    let rest = words.next().unwrap_or_default();

    let logsource = Logsource { category: vec!["webserver".to_owned()], ..Logsource::default() };
    let mut draft = Draft { time: Some(time), logsource, ..Draft::default() };
    let fields = &mut draft.fields;
    client(who, fields)?;
    asked(&request, fields);
    fields.put("sc-status", status);
    if bytes != "-" {
        fields.put("sc-bytes", bytes.parse::<i64>().ok()?);
    }
    if let Some((referer, rest)) = quoted(rest) {
        fields.put_said("cs-referer", Some(&referer));
        if let Some((agent, _)) = quoted(rest.trim_start()) {
            fields.put_said("cs-user-agent", Some(&agent));
        }
    }
    Some(draft)
}

/// What stands before the time, the time, and what stands behind it. The name before it is the stranger's to choose, and may
/// have brackets of its own.
fn dated(text: &str) -> Option<(&str, Timestamp, &str)> {
    text.match_indices(" [").find_map(|(at, mark)| {
        let (stamp, rest) = text[at + mark.len()..].split_once("] ")?;
        Some((&text[..at], time(stamp)?, rest))
    })
}

/// `127.0.0.1 - alice`, `intranet:443 127.0.0.1 - alice`. A name may hold spaces.
fn client(who: &str, fields: &mut Fields) -> Option<()> {
    let is_address = |text: &str| text.parse::<std::net::IpAddr>().is_ok();
    let (first, rest) = asker(who)?;
    let (second, behind) = asker(rest)?;
    let (address, rest) = if is_address(second) && !is_address(first) && who.starts_with(&format!("{first} ")) {
        fields.put("cs-host", first);
        (second, behind)
    } else {
        (first, rest)
    };
    let (_, user) = rest.split_once(' ')?;
    fields.put("c-ip", address);
    fields.put_said("cs-username", Some(user));
    Some(())
}

/// The address at the beginning, and what stands behind it. Where relays hand on for whom they ask, theirs follow
/// (`203.0.113.9, 10.0.0.1`): the first is whoever asked.
fn asker(text: &str) -> Option<(&str, &str)> {
    let (mut word, mut rest) = text.split_once(' ')?;
    let first = word.split(',').next().unwrap_or(word);
    while word.ends_with(',') {
        (word, rest) = rest.split_once(' ')?;
    }
    Some((first, rest))
}

/// `21/Nov/2026:19:28:23 +0000`
fn time(text: &str) -> Option<Timestamp> {
    let mut reader = Reader(text);
    let day = reader.day()?;
    reader.skip("/")?;
    let month = reader.month()?;
    reader.skip("/")?;
    let year = i16::try_from(reader.digits(4, 4)?).ok()?;
    reader.skip(":")?;
    let at = Date::new(year, month, day).ok()?.to_datetime(reader.time()?);
    reader.skip(" ")?;
    let offset = reader.offset().filter(|_| reader.0.is_empty())?;
    offset.to_timestamp(at).ok()
}

/// The request line. What is not HTTP has no address in it, but is kept: somebody sent it.
fn asked(request: &str, fields: &mut Fields) {
    let Some((method, rest)) = request.split_once(' ') else { return fields.put_said("request", Some(request)) };
    let (uri, version) = rest.rsplit_once(" HTTP/").map_or((rest, None), |(uri, version)| (uri, Some(version)));
    fields.put("cs-method", method);
    fields.put("cs-uri", uri);
    let (stem, query) = uri.split_once('?').map_or((uri, None), |(stem, query)| (stem, Some(query)));
    fields.put("cs-uri-stem", stem);
    fields.put_said("cs-uri-query", query);
    // Most public rules look for paths in the query, so the whole address goes by that name as well.
    fields.put("cs-uri-query", uri);
    fields.put_said("cs-version", version);
}

/// A quoted text with its escapes undone where they stand for printable characters, and what follows it.
fn quoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let text = text.strip_prefix('"')?;
    let bytes = text.as_bytes();
    let mut end = 0;
    while *bytes.get(end)? != b'"' {
        end += if bytes[end] == b'\\' { 2 } else { 1 };
    }
    let (inside, rest) = (text.get(..end)?, text.get(end + 1..)?);
    if !inside.contains('\\') {
        return Some((Cow::Borrowed(inside), rest));
    }
    Some((
        Cow::Owned(inside.replace("\\\"", "\"").replace("\\x22", "\"").replace("\\x5C", "\\").replace("\\\\", "\\")),
        rest,
    ))
}

#[cfg(test)]
mod tests;
