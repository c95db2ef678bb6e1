//! The structured data of RFC 5424. Tolerant of what Veeam sends: elements without a name, values without quotes, and
//! XML with unescaped quotes inside values.

use std::borrow::Cow;

use super::draft::Fields;

/// Values of one line, at most: each may be looked for up to the end of the line.
const PARAMS: usize = 256;
/// Length of a name, at most.
const NAME: usize = 64;

/// A value with the element it stands in.
type Param<'a> = (&'a str, &'a str, Cow<'a, str>);

/// Adds all values of a line: of its structured data, and of elements that its message begins with. Two elements may have
/// one of the same name.
pub(super) fn describe(structured: &str, message: &str, fields: &mut Fields) {
    let mut params = Vec::new();
    elements(structured, &mut params);
    elements(message, &mut params);
    for (id, name, value) in params {
        if fields.value(name).is_some() {
            fields.put(&format!("{id}.{name}"), value.into_owned());
        } else {
            fields.put(name, value.into_owned());
        }
    }
}

fn elements<'a>(mut text: &'a str, params: &mut Vec<Param<'a>>) {
    while text.starts_with('[') {
        let before = params.len();
        let Some(rest) = element(text, params) else {
            params.truncate(before);
            return;
        };
        text = rest.trim_start();
    }
}

/// Length of the element that `text` begins with, brackets included.
pub(super) fn element_length(text: &str) -> Option<usize> {
    Some(text.len() - element(text, &mut Vec::new())?.len())
}

/// Reads one element and gives what follows it.
fn element<'a>(text: &'a str, params: &mut Vec<Param<'a>>) -> Option<&'a str> {
    let mut rest = text.strip_prefix('[')?;
    let mut id = "";
    let end = rest.find([' ', ']', '='])?;
    if !rest[end..].starts_with('=') {
        id = rest.get(..end).filter(|id| is_name(id))?;
        id = id.split('@').next().unwrap_or(id);
        rest = &rest[end..];
    }
    loop {
        rest = rest.trim_start_matches(' ');
        if let Some(after) = rest.strip_prefix(']') {
            return Some(after);
        }
        let (name, after) = rest.split_once('=').filter(|(name, _)| is_name(name) && params.len() < PARAMS)?;
        let (value, after) = value(after)?;
        params.push((id, name, value));
        rest = after;
    }
}

fn is_name(text: &str) -> bool {
    matches!(text.len(), 1..=NAME)
        && text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b']' | b'='))
}

fn value(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([' ', ']'])?;
        return Some((Cow::Borrowed(&text[..end]), &text[end..]));
    };
    let end = closing(quoted).or_else(|| quoted.find('"'))?;
    Some((unescape(&quoted[..end]), &quoted[end + 1..]))
}

/// Where a quoted value ends: at a quote behind which the element goes on or ends. XML ends at its last tag.
fn closing(text: &str) -> Option<usize> {
    let xml = text.starts_with('<');
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'"' if (!xml || bytes[at - 1] == b'>') && goes_on(&text[at + 1..]) => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

fn goes_on(rest: &str) -> bool {
    if let Some(after) = rest.strip_prefix(']') {
        return after.is_empty() || after.starts_with([' ', '[']);
    }
    let Some(next) = rest.strip_prefix(' ') else { return false };
    let next = next.trim_start_matches(' ');
    let name = next.bytes().take(NAME + 1).position(|byte| byte == b'=');
    next.starts_with(']') || name.is_some_and(|end| is_name(&next[..end]))
}

/// Backslash escapes undone for the characters that RFC 5424 lets be escaped.
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(next) = rest.next() {
        match rest.peek() {
            Some(escaped) if next == '\\' && matches!(escaped, '"' | '\\' | ']') => plain.extend(rest.next()),
            _ => plain.push(next),
        }
    }
    Cow::Owned(plain)
}
