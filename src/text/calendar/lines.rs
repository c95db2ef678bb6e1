//! The lines of a calendar as they are meant, with their places: where its events and time zones begin and end.
//!
//! A line may go on in the next ones (RFC 5545 §3.1). What an event says is read elsewhere; here is only found where it is
//! said, so that each mistake has a place and costs only its own event.

use std::borrow::Cow;

use crate::text::source::{Source, Span};

/// An event or a time zone: from its `BEGIN` up to behind its `END`.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// All of it.
    pub(super) span: Span,
    /// Its first line.
    pub(super) head: Span,
    /// The lines of its own properties, by their names in capital letters.
    properties: Vec<(String, Span)>,
}

impl Block {
    /// Where it says `property` for the first time, else its first line.
    pub(super) fn place(&self, property: &str) -> Span {
        self.properties.iter().find(|(name, _)| name == property).map_or(self.head, |(_, span)| *span)
    }

    /// What it says of these properties, as it is written: what stands behind the last colon.
    pub(super) fn values<'a>(
        &'a self,
        source: &'a Source,
        properties: &'a [&'static str],
    ) -> impl Iterator<Item = (&'static str, String)> + 'a {
        self.properties.iter().filter_map(|(name, span)| {
            let property = properties.iter().find(|property| *property == name)?;
            let line = lines(source.slice(*span)).next().map(|(_, line)| line.into_owned()).unwrap_or_default();
            Some((*property, line.rsplit(':').next().unwrap_or_default().trim().to_owned()))
        })
    }
}

/// What a calendar is made of.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// Whether there is a calendar at all.
    pub(super) is_calendar: bool,
    pub(super) events: Vec<Block>,
    pub(super) zones: Vec<Block>,
    /// First lines of events that do not end.
    pub(super) open: Vec<Span>,
}

/// A block that is being read.
struct Open {
    kind: &'static str,
    block: Block,
    /// Of how many parts inside of it, such as alarms, the end is missing.
    inner: usize,
}

impl Blocks {
    pub(super) fn of(text: &str) -> Self {
        let mut blocks = Self::default();
        let mut open: Option<Open> = None;
        for (span, line) in lines(text) {
            let (name, value) = parts(&line);
            match (name.as_str(), value.trim().to_ascii_uppercase().as_str(), &mut open) {
                ("BEGIN", "VCALENDAR", _) => blocks.is_calendar = true,
                ("BEGIN", "VEVENT", _) => {
                    blocks.leave(open.replace(Open::new("VEVENT", span)));
                }
                ("BEGIN", "VTIMEZONE", None) => open = Some(Open::new("VTIMEZONE", span)),
                ("BEGIN", _, Some(outer)) => outer.inner += 1,
                ("END", kind, Some(outer)) if kind == outer.kind => {
                    blocks.close(open.take(), span.end);
                }
                ("END", "VCALENDAR", _) => blocks.leave(open.take()),
                ("END", _, Some(outer)) => outer.inner = outer.inner.saturating_sub(1),
                (_, _, Some(outer)) if outer.inner == 0 => outer.block.properties.push((name, span)),
                _ => {}
            }
        }
        blocks.leave(open);
        blocks
    }

    fn close(&mut self, open: Option<Open>, end: usize) {
        let Some(Open { kind, block, .. }) = open else { return };
        let block = Block { span: Span::new(block.head.start, end), ..block };
        if kind == "VEVENT" { self.events.push(block) } else { self.zones.push(block) }
    }

    fn leave(&mut self, open: Option<Open>) {
        self.open.extend(open.filter(|open| open.kind == "VEVENT").map(|open| open.block.head));
    }
}

impl Open {
    fn new(kind: &'static str, head: Span) -> Self {
        Self { kind, block: Block { head, ..Block::default() }, inner: 0 }
    }
}

/// The name of a property, in capital letters, and what stands behind its colon.
fn parts(line: &str) -> (String, &str) {
    let name = line.split([':', ';']).next().unwrap_or_default();
    let value = line.split_once(':').map_or("", |(_, value)| value);
    (name.trim().to_ascii_uppercase(), value)
}

/// The lines as they are meant, and where they stand, without their ends.
fn lines(text: &str) -> impl Iterator<Item = (Span, Cow<'_, str>)> {
    let mut at = 0;
    let written = text.split_inclusive('\n').map(move |line| {
        let span = Span::new(at, at + line.trim_end_matches(['\r', '\n']).len());
        at += line.len();
        span
    });
    let mut written = written.peekable();
    std::iter::from_fn(move || {
        let mut span = written.next()?;
        let mut line = Cow::Borrowed(&text[span.range()]);
        while let Some(more) = written.next_if(|more| text[more.range()].starts_with([' ', '\t'])) {
            line.to_mut().push_str(&text[more.start + 1..more.end]);
            span.end = more.end;
        }
        Some((span, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_in_the_next_line_is_one_line() {
        let text = "BEGIN:VCALENDAR\r\nSUMMARY:Ann\r\n  Ferr\r\n\tand\nX:1\r\n";
        let all: Vec<_> = lines(text).map(|(span, line)| (&text[span.range()], line.into_owned())).collect();
        assert_eq!(all[1], ("SUMMARY:Ann\r\n  Ferr\r\n\tand", "SUMMARY:Ann Ferrand".to_owned()));
        assert_eq!((all.len(), all[2].1.as_str()), (3, "X:1"));
    }

    #[test]
    fn events_are_found_whatever_stands_in_and_around_them() {
        let text = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nBEGIN:STANDARD\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VTODO\nEND:VTODO\n\
                    begin:vevent\nDTSTART:1\nBEGIN:VALARM\nSUMMARY:alarm\nEND:VALARM\nSUMMARY:own\nEND:VEV\n ENT\n\
                    BEGIN:VEVENT\nBEGIN:VALARM\nEND:VEVENT\nBEGIN:VEVENT\nBEGIN:VEVENT\nEND:VEVENT\nBEGIN:VEVENT\n";
        let blocks = Blocks::of(text);
        assert_eq!((blocks.is_calendar, blocks.events.len(), blocks.zones.len(), blocks.open.len()), (true, 3, 1, 2));
        let first = &blocks.events[0];
        assert!(text[first.span.range()].starts_with("begin:vevent") && text[first.span.range()].ends_with(" ENT"));
        assert_eq!(&text[first.place("SUMMARY").range()], "SUMMARY:own");
        assert_eq!(&text[first.place("RRULE").range()], "begin:vevent");
        assert!(!Blocks::of("nothing").is_calendar);
    }
}
