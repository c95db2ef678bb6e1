//! What kind of log an event comes from, by what it says of itself: told by a few of its fields, without reading the
//! others. Formats and rules both ask here; it knows neither.

use std::ops::Range;

use super::event::Logsource;

pub(crate) mod windows;

/// The fields that tell. Of several that say the same, the first that is there counts.
pub(crate) const NAMES: [&str; 24] = [
    "product",
    "service",
    "category",
    REQUEST,
    CHANNELS[0],
    CHANNELS[1],
    CHANNELS[2],
    CHANNELS[3],
    NUMBERS[0],
    NUMBERS[1],
    NUMBERS[2],
    NUMBERS[3],
    NUMBERS[4],
    PROVIDERS[0],
    PROVIDERS[1],
    PROVIDERS[2],
    PROVIDERS[3],
    PROVIDERS[4],
    PROVIDERS[5],
    PROVIDERS[6],
    PROVIDERS[7],
    "EventType",
    AUDIT,
    WHOLE,
];

/// By this name a format says that it has seen a request to a web server. No line can: readers pass no name on that begins
/// with a byte of nothing.
pub(crate) const REQUEST: &str = "\0request";

/// By this name a reader says that only a reading of everything shows what rules want to know. No line can, either.
pub(crate) const WHOLE: &str = "\0whole";

// The plain names come last: what an event says can have a field of the same name, such as the log that was cleared.
const CHANNELS: [&str; 4] = ["Event.System.Channel", "winlog.channel", "log_name", "Channel"];
const NUMBERS: [&str; 5] =
    ["Event.System.EventID", "Event.System.EventID.#text", "winlog.event_id", "event_id", "EventID"];
const PROVIDERS: [&str; 8] = [
    "Event.System.Provider.#attributes.Name",
    "Event.System.Provider_attributes.Name",
    "Event.System.Provider.@Name",
    "winlog.provider_name",
    "source_name",
    "SourceName",
    "ProviderName",
    "Provider_Name",
];

/// The number of an audit event, by which Laurel's objects are known.
const AUDIT: &str = "ID";

/// A kind of event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Kind {
    /// Which rules are for it.
    pub logsource: Logsource,
    /// Fields that rules know by another name: what events of this kind call them, and what rules do.
    pub aliases: Vec<(&'static str, &'static str)>,
    /// The field whose text is made of lines of `Name=value` ([`pairs`]).
    pub lines: Option<&'static str>,
    /// Whether only a reading of everything shows what rules want to know.
    pub whole: bool,
}

impl Kind {
    /// A kind about which there is no more to know.
    pub fn of(logsource: &Logsource) -> Self {
        Self { logsource: logsource.clone(), ..Self::default() }
    }
}

/// Whether a number under this name tells as much as its text.
pub fn is_number(name: &str) -> bool {
    NUMBERS.contains(&name)
}

/// The fields under which the values of fields go by the names of rules too, as far as `is_wanted` wants these.
pub fn sources(is_wanted: &mut impl FnMut(&str) -> bool) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    // Whoever wants what a classic event's text names does not name the text.
    let lines = windows::lines();
    found.push(lines);
    loop {
        let before = found.len();
        for (theirs, ours) in windows::aliases() {
            if (is_wanted(ours) || found.contains(ours)) && !found.contains(theirs) {
                found.push(theirs);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// What of a telling field's value matters: all of it, or only whether it is of a certain shape.
pub fn telling<'t>(name: &str, text: &'t str) -> &'t str {
    match name {
        AUDIT if is_audit(text) => ":",
        AUDIT => "",
        _ => text,
    }
}

/// Whether this is the time and the number of an audit event, as in `1795289302.123:4711`.
pub fn is_audit(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.split_once(':').is_some_and(|(time, number)| digits(time) && digits(number))
}

/// The kind of an event of which `said` tells the fields; what its source says of itself, `own`, goes before.
///
/// An event that names a product of its own, and a service or a category, was labelled by whoever collected it, and is
/// taken at its word.
pub fn of(said: &mut impl FnMut(&str) -> Option<String>, own: Option<&Logsource>) -> Kind {
    let mut kind = described(said);
    if said(REQUEST).is_some() {
        kind.logsource.category.push("webserver".to_owned());
    }
    kind.whole = said(WHOLE).is_some() || said(AUDIT).is_some_and(|id| is_audit(&id));
    if let Some(own) = own {
        kind.logsource = kind.logsource.overridden(own);
    }
    kind
}

/// The same by what the event says of itself only, without regard to formats that know more.
pub fn described(said: &mut impl FnMut(&str) -> Option<String>) -> Kind {
    let mut first = |names: &[&str]| names.iter().find_map(|name| said(name));
    let channel = first(&CHANNELS).unwrap_or_default();
    let provider = first(&PROVIDERS).unwrap_or_default();
    let number = first(&NUMBERS).and_then(|number| number.trim().parse().ok());
    let found = number.and_then(|number| windows::kind(&channel, number, &provider));
    let mut kind = Kind::default();
    if let Some(found) = found {
        kind.logsource = found.logsource(|name| said(name));
        kind.aliases = windows::flat().iter().chain(found.aliases).copied().collect();
        kind.lines = found.classic.then(windows::lines);
    }
    if let Some(label) = windows::label(said("product"), said("service"), said("category")) {
        kind.logsource = label;
    }
    kind
}

/// The names in the text of a field that is made of such lines, and where in it their values are.
pub fn pairs(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    windows::pairs(text)
}
