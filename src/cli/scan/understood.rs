//! `vigie scan --line`: how one line of a log is understood, whatever rules make of it.

use std::path::Path;

use anyhow::Result;
use jiff::Timestamp;
use serde::Serialize;

use super::{Scan, format_name};
use crate::base::language::Text;
use crate::base::redact::{Class, class_of};
use crate::cli::screen::{Paint, Screen};
use crate::daemon::clock;
use crate::scan::pass::arrival;
use crate::watch::event::{Event, Logsource, Named, Value};
use crate::watch::format::{Decoded, Decoder, Format};
use crate::watch::record::Record as _;
use crate::watch::source::replay;
use crate::words::explain::no_such_line;
use crate::words::failure::{Failure, cannot_read, colon, system};
use crate::words::format as words;
use crate::words::misfit::misfit;

/// How a line is understood, as scripts read it.
#[derive(Debug, Serialize)]
struct Understood {
    number: u64,
    format: Option<Format>,
    /// Whether it is of a format that vigie knows.
    known: bool,
    why: Option<&'static str>,
    time: Option<Timestamp>,
    /// Whether the line says the time itself.
    time_said: bool,
    times: u32,
    logsource: Logsource,
    fields: Vec<Field>,
    /// The line, as it may be shown.
    line: String,
}

/// A field, as it may be shown.
#[derive(Debug, Serialize)]
struct Field {
    name: String,
    value: String,
    taken_out: bool,
}

/// Says how the line with this number is understood; false where the file has none.
pub(super) fn explain(scan: &Scan, screen: Screen, path: &Path, number: u64) -> Result<bool> {
    let unreadable = |error: std::io::Error| Failure(cannot_read(path.display(), system(&error)));
    let mut log = replay::open(path).map_err(unreadable)?;
    let format = if log.is_records() { Format::Json } else { scan.format };
    let mut decoder = Decoder::new(format, scan.zone.clone(), scan.logsource.clone());
    let arrived = arrival(path, clock::now);
    let mut at = 0;
    while let Some(block) = log.next(replay::ROOM).map_err(unreadable)? {
        for line in &block.lines {
            at += 1;
            let what = decoder.decode_line(arrived, &block, line);
            if at == number {
                for found in Understood::all(number, what, decoder.picked(), arrived) {
                    if scan.json {
                        screen.json_line(&found);
                    } else {
                        found.show(screen);
                    }
                }
                return Ok(true);
            }
        }
    }
    screen.aside().paint(Paint::Red, no_such_line(number)).end();
    Ok(false)
}

impl Understood {
    /// One for each event of the line, of which there is nearly always one.
    fn all(number: u64, what: Decoded, format: Option<Format>, arrived: Timestamp) -> Vec<Self> {
        let one = |what| Self::of(number, what, format, arrived);
        match what {
            Decoded::Several(events) => events.into_iter().map(Decoded::Event).map(one).collect(),
            what => vec![one(what)],
        }
    }

    fn of(number: u64, what: Decoded, format: Option<Format>, arrived: Timestamp) -> Self {
        let nothing = Self {
            number,
            format,
            known: true,
            why: None,
            time: None,
            time_said: false,
            times: 0,
            logsource: Logsource::default(),
            fields: Vec::new(),
            line: String::new(),
        };
        match what {
            Decoded::Event(event) => nothing.with(&event, arrived),
            Decoded::Unknown(event) => Self { known: false, ..nothing.with(&event, arrived) },
            Decoded::Several(_) | Decoded::Skipped => nothing,
            Decoded::Malformed { why, event } => Self { known: false, why: Some(why), ..nothing.with(&event, arrived) },
        }
    }

    fn with(self, event: &Event, arrived: Timestamp) -> Self {
        let field = |(name, value): &Named| {
            let written = written(value);
            let shown = event.show(class_of(name), &written);
            Field { name: name.to_string(), taken_out: shown != written, value: shown.into_owned() }
        };
        Self {
            time: Some(event.time),
            time_said: event.time != arrived,
            times: event.times(),
            logsource: event.logsource.clone(),
            fields: event.fields.iter().map(field).collect(),
            line: event.show(Class::Open, &event.text).into_owned(),
            ..self
        }
    }

    fn show(&self, screen: Screen) {
        let name = format_name(self.format);
        let heading: Text = match (&self.why, self.known, self.time) {
            (Some(why), ..) => words::line_misread(self.number, name, misfit(why)),
            (None, false, _) => words::line_unknown(self.number),
            (None, true, None) => words::line_skipped(self.number, name),
            (None, true, Some(_)) => words::line_is(self.number, name),
        };
        screen.row().paint(if self.known { Paint::Bold } else { Paint::Red }, heading).end();
        let Some(time) = self.time else { return };
        screen.block("  | ", &self.line);
        let row = screen.row().put("  ").paint(Paint::Dim, words::time()).put(colon());
        let time = time.to_string();
        if self.time_said { row.put(time) } else { row.put(words::time_of_arrival(time)) }.end();
        let row = screen.row().put("  ").paint(Paint::Dim, words::logsource()).put(colon());
        let said = super::explain::logs(&self.logsource);
        if said == "{}" { row.paint(Paint::Red, words::no_logsource()) } else { row.put(said) }.end();
        if self.times > 1 {
            screen.row().put("  ").put(words::times(u64::from(self.times))).end();
        }
        for Field { name, value, taken_out } in &self.fields {
            let row = screen.row().put("    ").put(name).put(colon()).put(value);
            row.maybe(taken_out.then(words::taken_out), |row, words| row.put("  ← ").paint(Paint::Red, words)).end();
        }
        if let count @ 1.. = self.fields.iter().filter(|field| field.taken_out).count() as u64 {
            screen.row().put("  ").put(words::taken_out_of(count)).end();
        }
    }
}

/// A value as it is written.
fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Text(text) => text.to_string(),
        Value::List(items) => items.iter().map(written).collect::<Vec<_>>().join(", "),
    }
}
