//! Instants counted since 1970.

use jiff::{SignedDuration, Timestamp};

/// The instant of a count since 1970: seconds, milliseconds, microseconds or nanoseconds, by its size.
pub(crate) fn instant(count: i64) -> Option<Timestamp> {
    match count {
        100_000_000..100_000_000_000 => Timestamp::from_second(count).ok(),
        100_000_000_000..100_000_000_000_000 => Timestamp::from_millisecond(count).ok(),
        100_000_000_000_000..100_000_000_000_000_000 => Timestamp::from_microsecond(count).ok(),
        100_000_000_000_000_000.. => Timestamp::from_nanosecond(count.into()).ok(),
        _ => None,
    }
}

/// The instant of a count of seconds since 1970 with a fraction.
pub(crate) fn instant_of_seconds(seconds: f64) -> Option<Timestamp> {
    if !(1e8..1e11).contains(&seconds) {
        return None;
    }
    Timestamp::UNIX_EPOCH.checked_add(SignedDuration::try_from_secs_f64(seconds).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_apart_by_their_size() {
        let wanted: Option<Timestamp> = "2026-11-21T19:28:22Z".parse().ok();
        for count in [1_795_289_302, 1_795_289_302_000, 1_795_289_302_000_000, 1_795_289_302_000_000_000] {
            assert_eq!(instant(count), wanted, "{count}");
        }
        assert_eq!(instant(12), None);
        for count in [i64::MIN, -1, 0, i64::MAX] {
            assert_eq!(instant(count).is_some(), count == i64::MAX, "{count}");
        }
        let half = wanted.map(|at| at + SignedDuration::from_millis(500));
        assert_eq!(instant_of_seconds(1_795_289_302.5), half);
        assert_eq!(instant_of_seconds(f64::NAN), None);
    }
}
