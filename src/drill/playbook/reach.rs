//! Checks of the timeline as a whole: what can never be played, and what cannot be over before the end.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::checking::Checking;
use super::inject::{Inject, Start};
use super::offset::Offset;
use super::places::Places;
use crate::finding::timeline as finding;

pub(super) fn check(checking: &mut Checking<'_>, timeline: &[Inject], duration: SignedDuration, places: &Places) {
    let reached = reached(timeline);
    for inject in timeline {
        let span = places.injects.get(inject.id.as_str()).copied().unwrap_or_default();
        if checking.sound && !reached.contains(inject.id.as_str()) {
            checking.say(finding::never_played(&inject.id), span);
        }
        let Some(at) = inject.start.planned() else { continue };
        if at >= duration {
            checking.say(finding::over_by_then(Offset(duration)), span);
        } else {
            check_windows(checking, inject, at, duration, places);
        }
    }
}

/// Everything that starts before the end should also have the time to finish.
fn check_windows(
    checking: &mut Checking<'_>,
    inject: &Inject,
    at: SignedDuration,
    duration: SignedDuration,
    places: &Places,
) {
    let left = duration - at;
    if inject.action.means().lasts() > left {
        let span = places.injects.get(inject.id.as_str()).copied().unwrap_or_default();
        checking.say(finding::ends_before(&inject.id, left.as_secs(), Offset(at)), span);
    }
    let spans = checking.expectations.get(&inject.id).cloned().unwrap_or_default();
    for (expected, span) in inject.expect.iter().zip(spans) {
        if expected.within > left {
            checking.say(finding::ends_before_time(left.as_secs(), Offset(at)), span);
        }
    }
}

/// The injects that the clock, the facilitator or a decision that is itself reached can play.
fn reached(timeline: &[Inject]) -> BTreeSet<&str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<_> = timeline.iter().filter(|inject| !matches!(inject.start, Start::Chosen(_))).collect();
    while let Some(inject) = open.pop() {
        if reached.insert(inject.id.as_str()) {
            open.extend(timeline.iter().filter(|other| inject.action.means().leads_to(&other.id)));
        }
    }
    reached
}
