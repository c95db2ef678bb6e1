//! What a match says besides its rule's own words, in both languages.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::absence::Missed;
use crate::base::language::Text;
use crate::words::absence as words;

/// What must be known about something that did not come.
pub(crate) fn of(missed: &Missed) -> Option<Text> {
    let late = missed.late.then(|| words::late(clock_time(missed.time)));
    let silent = missed.all.map(|count| {
        let who: Vec<String> = missed.who.iter().map(|who| who.join(" ")).collect();
        let more = if who.len() < count { ", …" } else { "" };
        words::all_silent(count, clock_time(missed.heard), format!("{}{more}", who.join(", ")))
    });
    match (silent, late) {
        (Some(silent), Some(late)) => Some(words::both(silent, late)),
        (one, other) => one.or(other),
    }
}

/// A moment as it can be found in a log.
fn clock_time(milliseconds: i64) -> String {
    let time = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    time.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC").to_string()
}
