//! Whether people are told of an alert: not as long as **every** detection of it is covered by something that runs now. One
//! that is not covered is enough: nobody hides an attack behind a silence.

use jiff::{SignedDuration, Timestamp};

use super::ailment::OF_SOURCE;
use super::detection::Detection;
use super::muted::{Muted, MutedBy};
use super::silence::{Maintenance, Matcher, Silence};
use crate::base::id::{AlertId, SourceName};
use crate::base::level::Level;
use crate::base::tie::Tie;

/// Something that covers detections now.
#[derive(Debug, Clone)]
pub(crate) struct Cover<'a> {
    what: What<'a>,
    up_to: Level,
    until: Timestamp,
    by: MutedBy,
}

/// Which detections something covers.
#[derive(Debug, Clone)]
enum What<'a> {
    /// Those that match.
    Matching(&'a Matcher),
    /// Those that are only a consequence of this one, and have something in common with it.
    After(&'a Detection),
}

/// What stands among the rules that another one explains, where it is the silence of its own source.
const SILENCE: &str = "silence";
/// What an alert explains is looked at again after so long.
const LEASE: SignedDuration = SignedDuration::from_mins(30);

impl<'a> Cover<'a> {
    /// What an alert explains by one of its detections; `up_to` is its level.
    pub(crate) fn after(cause: &'a Detection, (by, up_to): (AlertId, Level), now: Timestamp) -> Self {
        let until = now.saturating_add(LEASE).unwrap_or(now);
        Self { what: What::After(cause), up_to, until, by: MutedBy::Explained { by } }
    }

    /// What a silence covers, where it runs.
    pub(crate) fn of(silence: &'a Silence, now: Timestamp) -> Option<Self> {
        let by =
            || MutedBy::Silence { silence: silence.id, owner: silence.owner.clone(), reason: silence.reason.clone() };
        let Silence { matcher, up_to, until, .. } = silence;
        silence.runs(now).then(|| Self { what: What::Matching(matcher), up_to: *up_to, until: *until, by: by() })
    }

    /// What a maintenance window covers, where it is open.
    pub(crate) fn window(window: &'a Maintenance, now: Timestamp) -> Option<Self> {
        let Maintenance { matcher, up_to, owner, reason, .. } = window;
        let by = MutedBy::Maintenance { owner: owner.clone(), reason: reason.clone() };
        Some(Self { what: What::Matching(matcher), up_to: *up_to, until: window.hours.end(now)?, by })
    }

    fn covers(&self, detection: &Detection, ailing: Option<&str>) -> bool {
        detection.level <= self.up_to
            && match self.what {
                What::Matching(matcher) => matcher.matches(detection, ailing),
                What::After(cause) => {
                    is_consequence(detection, cause) || ailing.is_some_and(|of| is_silence(of, cause))
                }
            }
    }
}

/// Whether one thing is only a consequence of another: its rule is named, and they share a machine, an account, an address
/// or a source, in all that was counted of it.
fn is_consequence(detection: &Detection, cause: &Detection) -> bool {
    let is_named = detection.rule.as_ref().is_some_and(|rule| cause.explains.contains(rule));
    let shares = |tie: &Tie| detection.ties.contains(tie) && !detection.strayed.contains(tie);
    let same_source = cause.source.is_some() && cause.source == detection.source && !detection.roams;
    is_named && (same_source || cause.ties.iter().any(shares))
}

/// Whether what vigie itself suffers is that nothing comes any more of the very source that told of the cause, and the cause
/// explains that.
fn is_silence(ailing: &str, cause: &Detection) -> bool {
    let source = ailing.strip_prefix(OF_SOURCE).filter(|_| cause.explains.iter().any(|rule| rule.as_str() == SILENCE));
    source.is_some() && cause.source.as_ref().map(SourceName::as_str) == source
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
