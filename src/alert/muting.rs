//! Whether people are told of an alert: not as long as **every** detection of it is covered by something that runs now. One
//! that is not covered is enough: nobody hides an attack behind a silence.

use jiff::Timestamp;

use super::detection::Detection;
use super::muted::{Muted, MutedBy};
use super::silence::{Maintenance, Matcher, Silence};
use crate::base::level::Level;

/// Something that covers detections now.
#[derive(Debug, Clone)]
pub(crate) struct Cover<'a> {
    matcher: &'a Matcher,
    up_to: Level,
    until: Timestamp,
    by: MutedBy,
}

impl<'a> Cover<'a> {
    /// What a silence covers, where it runs.
    pub(crate) fn of(silence: &'a Silence, now: Timestamp) -> Option<Self> {
        let by =
            || MutedBy::Silence { silence: silence.id, owner: silence.owner.clone(), reason: silence.reason.clone() };
        let Silence { matcher, up_to, until, .. } = silence;
        silence.runs(now).then(|| Self { matcher, up_to: *up_to, until: *until, by: by() })
    }

    /// What a maintenance window covers, where it is open.
    pub(crate) fn window(window: &'a Maintenance, now: Timestamp) -> Option<Self> {
        let Maintenance { matcher, up_to, owner, reason, .. } = window;
        let by = MutedBy::Maintenance { owner: owner.clone(), reason: reason.clone() };
        Some(Self { matcher, up_to: *up_to, until: window.hours.end(now)?, by })
    }

    fn covers(&self, detection: &Detection, ailing: Option<&str>) -> bool {
        detection.level <= self.up_to && self.matcher.matches(detection, ailing)
    }
}

/// Whether detections of one alert, all of them, are covered, and until when. `ailing` says what of vigie itself suffers,
/// where the alert is about that.
pub(crate) fn muted<'d>(
    detections: impl IntoIterator<Item = &'d Detection>,
    ailing: Option<&str>,
    covers: &[Cover<'_>],
    now: Timestamp,
) -> Option<Muted> {
    let mut first: Option<&Cover<'_>> = None;
    for detection in detections {
        let longest = covers.iter().filter(|cover| cover.covers(detection, ailing)).max_by_key(|cover| cover.until)?;
        first = Some(first.filter(|first| first.until <= longest.until).unwrap_or(longest));
    }
    first.map(|cover| Muted { since: now, until: cover.until, by: cover.by.clone() })
}

#[cfg(test)]
mod tests;
