//! Lines as events of the product `p`.
#![allow(dead_code, reason = "no target needs all of it")]

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie::base::realm::Realm;
use vigie::watch::event::{Event, Logsource};
use vigie::watch::format::{Decoded, Decoder, Format, Read};
use vigie::watch::sigma::{Engine, Match};

fn decoder() -> Decoder {
    let own = Logsource { product: Some("p".into()), ..Logsource::default() };
    Decoder::new(Format::Json, TimeZone::UTC, Some(own))
}

/// The event that a JSON line tells of.
pub fn json(line: &str) -> Option<Event> {
    match decoder().decode(Timestamp::UNIX_EPOCH, line) {
        Decoded::Event(event) | Decoded::Unknown(event) => Some(event),
        Decoded::Several(_) | Decoded::Skipped | Decoded::Malformed { .. } => None,
    }
}

/// What an engine finds in the line of `event` when it is read only as far as rules ask. Nothing where something was
/// taken out of the event, or the line is none to be read that way.
pub fn lazily(engine: &mut Engine, line: &str, event: &Event) -> Option<Vec<Match>> {
    let mut decoder = decoder();
    match decoder.read(Timestamp::UNIX_EPOCH, line) {
        Read::Raw(raw) if *event.text == *vigie::watch::record::Record::text(&raw) => {
            let seen = engine.look(&raw).expect("read as a whole it could be read");
            let mut found = seen.map_or_else(Vec::new, |seen| engine.count(Realm::Live, seen, &raw, &mut |_| true));
            found.retain(|found| !found.goes_on);
            Some(found)
        }
        _ => None,
    }
}
