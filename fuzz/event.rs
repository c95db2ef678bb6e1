//! Lines as events of the product `p`.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie::watch::event::{Event, Logsource};
use vigie::watch::format::{Decoded, Decoder, Format};

/// The event that a JSON line tells of.
pub fn json(line: &str) -> Option<Event> {
    let own = Logsource { product: Some("p".to_owned()), ..Logsource::default() };
    match Decoder::new(Format::Json, TimeZone::UTC, Some(own)).decode(Timestamp::UNIX_EPOCH, line) {
        Decoded::Event(event) => Some(event),
        Decoded::Skipped | Decoded::Malformed { .. } => None,
    }
}
