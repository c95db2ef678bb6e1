//! The one place that asks what time it is.

use jiff::Timestamp;

/// The current instant, to the microsecond: what is kept reads back the same.
#[expect(clippy::disallowed_methods, reason = "this is the clock everybody else is handed")]
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}
