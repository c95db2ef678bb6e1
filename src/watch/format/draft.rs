//! What a format makes of one line, before the source's own time and words are added.

use jiff::Timestamp;

use crate::watch::event::{Event, Logsource, Named, Value};
use crate::watch::hidden::Hidden;

/// A draft, nothing where the line has nothing to say, or why it cannot be read.
pub(super) type Reading = Result<Option<Draft>, Misfit>;

/// Why a line cannot be read. Written in the code and never built from the line, which may speak of patients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Misfit(pub(super) &'static str);

/// An event, but for the line itself.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Draft {
    /// When it happened, where the line says.
    pub(super) time: Option<Timestamp>,
    pub(super) logsource: Logsource,
    pub(super) fields: Fields,
    /// What only the format knows must not be shown.
    pub(super) hidden: Hidden,
    /// How many more times it happened than once.
    pub(super) repeated: u32,
}

impl Draft {
    /// An empty draft of what `product` says through `service`.
    pub(super) fn of(product: &str, service: Option<&str>) -> Self {
        let logsource =
            Logsource { category: Vec::new(), product: Some(product.into()), service: service.map(Into::into) };
        Self { logsource, ..Self::default() }
    }

    /// The event, with what its source says of itself over what the line says.
    pub(super) fn finish(self, own: Option<&Logsource>, arrived: Timestamp, text: &str) -> Event {
        let Self { time, logsource, fields, hidden, repeated } = self;
        Event {
            time: time.unwrap_or(arrived),
            logsource: match own {
                Some(own) => logsource.overridden(own),
                None => logsource,
            },
            fields: fields.0,
            text: text.to_owned(),
            hidden,
            times: repeated + 1,
        }
    }
}

/// How something ended, by the words that all formats share for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was done, or allowed.
    Success,
    /// It was not.
    Failure,
    /// The line says neither.
    Unknown,
}

/// Named values in the order of the line.
#[derive(Debug, PartialEq)]
pub(super) struct Fields(pub(super) Vec<Named>);

impl Default for Fields {
    /// With room for what most lines say.
    fn default() -> Self {
        Self(Vec::with_capacity(16))
    }
}

impl Fields {
    /// Adds one more value.
    pub(super) fn put(&mut self, name: &str, value: impl Into<Value>) {
        self.0.push((name.into(), value.into()));
    }

    /// Adds a value that may be missing; logs write a missing text as nothing or `-`.
    pub(super) fn put_said(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty() && *text != "-") {
            self.put(name, text);
        }
    }

    /// Adds a whole number, or the text as it stands where it is none.
    pub(super) fn put_number(&mut self, name: &str, text: &str) {
        match text.parse::<i64>() {
            Ok(number) => self.put(name, number),
            Err(_) => self.put_said(name, Some(text)),
        }
    }

    /// Adds all of `more` that is not already there with the same value.
    pub(super) fn put_new(&mut self, more: Self) {
        let said = self.0.len();
        for field in more.0 {
            if !self.0[..said].contains(&field) {
                self.0.push(field);
            }
        }
    }

    /// Says how it ended.
    pub(super) fn outcome(&mut self, outcome: Outcome) {
        let word = match outcome {
            Outcome::Success => "success",
            Outcome::Failure => "failure",
            Outcome::Unknown => "unknown",
        };
        self.put("outcome", word);
    }

    /// The first value called `name`, where it is text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).and_then(|(_, value)| match value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// The first value called `name`.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }
}
