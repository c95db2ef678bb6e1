//! Records that go over several lines, or several to a line: JSON as people and PowerShell indent it, lists of objects, the
//! XML of events.

use std::borrow::Cow;

use crate::watch::json::length;

/// So many lines and bytes one record has at most.
const LINES: usize = 5_000;
const BYTES: usize = 1 << 20;

/// A record of which more is to come.
#[derive(Debug, Default)]
pub(super) struct Spread {
    said: String,
    lines: usize,
}

impl Spread {
    /// Whether more of a record is to come.
    pub(super) fn is_open(&self) -> bool {
        self.lines > 0
    }

    /// How many lines of it were read.
    pub(super) fn count(&self) -> usize {
        self.lines
    }

    /// Gives up a record that has not ended where another one begins: it is damaged.
    pub(super) fn give_up(&mut self, begins: impl FnOnce() -> bool) {
        if self.is_open() && begins() {
            *self = Self::default();
        }
    }

    /// The whole record, once it is; nothing while more is to come, or where the line only stands between records.
    pub(super) fn join<'a>(&mut self, text: &'a str) -> Option<Cow<'a, str>> {
        if self.is_open() {
            return self.go_on(text).map(Cow::Owned);
        }
        let start = text.trim_start();
        match start {
            "[" | "]" | "," | "]," | "</Events>" => None,
            "{" | "[{" | "[ {" => {
                self.open("{");
                None
            }
            _ if is_around_xml(start) => None,
            _ if is_open_xml(start) => {
                self.open(start);
                None
            }
            _ => Some(Cow::Borrowed(text)),
        }
    }

    fn open(&mut self, text: &str) {
        text.clone_into(&mut self.said);
        self.lines = 1;
    }

    fn go_on(&mut self, text: &str) -> Option<String> {
        self.said.push('\n');
        self.said.push_str(text);
        self.lines += 1;
        let end = if self.said.starts_with('{') { self.end_of_object(text) } else { self.end_of_xml(text) };
        let is_too_much = self.lines >= LINES || self.said.len() >= BYTES;
        let end = end.or(is_too_much.then_some(self.said.len()))?;
        let rest = self.said.split_off(end);
        let whole = std::mem::take(&mut self.said);
        self.lines = 0;
        // The next object may begin in the line in which this one ends.
        if rest.trim_start_matches([',', ' ']) == "{" {
            self.open("{");
        }
        Some(whole)
    }

    fn end_of_object(&self, last: &str) -> Option<usize> {
        let ends = last.trim_start().starts_with('}');
        if ends { length(&self.said) } else { None }
    }

    fn end_of_xml(&self, last: &str) -> Option<usize> {
        let end = if is_audit(&self.said) { "</AuditMessage>" } else { "</Event>" };
        last.contains(end).then(|| self.said.rfind(end).unwrap_or_default() + end.len())
    }
}

/// Whether this is the beginning of an event or a message in XML that does not end here.
fn is_open_xml(text: &str) -> bool {
    let is_empty_element = text.ends_with("/>") && text.matches('<').count() == 1;
    if !text.starts_with('<') || is_empty_element {
        return false;
    }
    let is_declared = text.starts_with("<?xml");
    let begins = |name: &str| if is_declared { text.contains(name) } else { text.starts_with(name) };
    (begins("<AuditMessage") && !text.contains("</AuditMessage>"))
        || ((begins("<Event ") || begins("<Event>") || begins("<Events"))
            && !text.contains("</Event>")
            && !is_empty(text))
}

/// Whether it is only what stands around events.
fn is_empty(text: &str) -> bool {
    text.contains("<Events") && !text.contains("<Event ") && !text.contains("<Event>")
}

/// Whether a line only stands before the events or the message of a document.
fn is_around_xml(text: &str) -> bool {
    let is_whole = text.ends_with('>') && text.matches('<').count() == 1;
    is_whole && (text.starts_with("<?xml") || text.starts_with("<Events"))
}

fn is_audit(text: &str) -> bool {
    text.contains("<AuditMessage")
}

/// The records of a text that holds several of them, or one that stands in a list; nothing where it is one by itself.
pub(super) fn records(text: &str) -> Option<Vec<&str>> {
    match text.as_bytes().first()? {
        b'[' => objects(text),
        b'<' => events(text),
        _ => None,
    }
}

/// The objects of a list, as far as they can be read.
fn objects(text: &str) -> Option<Vec<&str>> {
    let mut rest = text.strip_prefix('[')?.trim_start();
    let mut objects = Vec::new();
    while rest.starts_with('{') {
        let Some(end) = length(rest) else { break };
        objects.push(&rest[..end]);
        rest = rest[end..].trim_start_matches([',', ' ', '\t', '\r', '\n']);
    }
    (!objects.is_empty()).then_some(objects)
}

/// The events of Windows in a text.
fn events(text: &str) -> Option<Vec<&str>> {
    const END: &str = "</Event>";
    if text.matches(END).nth(1).is_none() && !text.contains("<Events") {
        return None;
    }
    let starts = |part: &str| part.find("<Event ").into_iter().chain(part.find("<Event>")).min();
    let parts = text.split_inclusive(END).filter(|part| part.ends_with(END));
    Some(parts.filter_map(|part| Some(&part[starts(part)?..])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(lines: &[&str]) -> Vec<String> {
        let mut spread = Spread::default();
        let mut join = |line: &&str| {
            spread.give_up(|| line.starts_with("{\"") && line.ends_with('}'));
            spread.join(line).map(Cow::into_owned)
        };
        lines.iter().filter_map(&mut join).collect()
    }

    #[test]
    fn an_indented_object_is_one_record() {
        let lines = [
            "[",
            "    {",
            "        \"Id\":  4625,",
            "        \"a\": {",
            "        }",
            "    },",
            "    {",
            "    \"b\": \"}\"",
            "    }",
            "]",
        ];
        assert_eq!(
            joined(&lines),
            ["{\n        \"Id\":  4625,\n        \"a\": {\n        }\n    }", "{\n    \"b\": \"}\"\n    }"]
        );
        assert_eq!(joined(&["[{", "\"a\": 1", "}, {", "\"a\": 2", "}]"]), ["{\n\"a\": 1\n}", "{\n\"a\": 2\n}"]);
    }

    #[test]
    fn a_damaged_record_takes_no_other_with_it() {
        assert_eq!(joined(&["{", "  \"a\": 1,", "{\"b\":2}", "{\"c\":3}"]), ["{\"b\":2}", "{\"c\":3}"]);
        assert_eq!(joined(&["{\"cut\": ", "{\"b\":2}"]), ["{\"cut\": ", "{\"b\":2}"]);
        let endless = std::iter::once("{").chain(std::iter::repeat_n("x", LINES));
        assert_eq!(joined(&endless.collect::<Vec<_>>()).len(), 2);
    }

    #[test]
    fn xml_goes_on_to_its_end() {
        let lines = [
            "<?xml version=\"1.0\"?>",
            "<Events>",
            "<Event xmlns='x'>",
            "<System/>",
            "</Event>",
            "<Event>1</Event>",
            "</Events>",
        ];
        assert_eq!(joined(&lines), ["<Event xmlns='x'>\n<System/>\n</Event>", "<Event>1</Event>"]);
        assert_eq!(
            joined(&["<AuditMessage>", "<Event", "</AuditMessage>"]),
            ["<AuditMessage>\n<Event\n</AuditMessage>"]
        );
    }

    #[test]
    fn a_list_has_several_records() {
        assert_eq!(records("[{\"a\":1}, {\"a\":2}]"), Some(vec!["{\"a\":1}", "{\"a\":2}"]));
        assert_eq!(records("[{\"a\":1},{\"cut\":"), Some(vec!["{\"a\":1}"]));
        assert_eq!(records("[1,2]"), None);
        assert_eq!(records("{\"a\":[]}"), None);
        assert_eq!(
            records("<Events><Event>1</Event><Event >2</Event></Events>"),
            Some(vec!["<Event>1</Event>", "<Event >2</Event>"])
        );
        assert_eq!(records("<Event>1</Event>"), None);
    }
}
