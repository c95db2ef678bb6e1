//! That every detection must be covered, and until when.

use std::collections::BTreeSet;

use super::*;
use crate::alert::Alert;
use crate::base::id::SilenceId;
use crate::base::language::Text;
use crate::base::realm::Realm;

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_secs(seconds)
}

fn found(rule: &str, level: Level) -> Detection {
    let alert = Alert::new(Realm::Live, level, Text::default(), at(0));
    Detection { rule: Some(rule.into()), ..Detection::from(&alert) }
}

fn silence(number: u64, rule: &str, (from, until): (i64, i64)) -> Silence {
    Silence {
        id: SilenceId(number),
        matcher: Matcher { rules: BTreeSet::from([rule.into()]), ..Matcher::default() },
        up_to: Level::High,
        reason: "work".to_owned(),
        owner: "ann".into(),
        from: at(from),
        until: at(until),
        ended: None,
    }
}

/// Until when, and by which silence.
fn held(silences: &[Silence], detections: &[Detection], now: i64) -> Option<(Timestamp, u64)> {
    let covers: Vec<Cover<'_>> = silences.iter().filter_map(|silence| Cover::of(silence, at(now))).collect();
    muted(detections, None, &covers, at(now)).map(|muted| match muted.by {
        MutedBy::Silence { silence, .. } => (muted.until, silence.0),
        MutedBy::Maintenance { .. } | MutedBy::Explained { .. } => panic!("there is only silence"),
    })
}

#[test]
fn the_first_detection_that_is_not_covered_any_more_ends_it() {
    let silences = [silence(1, "a.a", (0, 100)), silence(2, "b.b", (0, 50)), silence(3, "a.a", (0, 30))];
    let (one, other) = (found("a.a", Level::High), found("b.b", Level::Low));
    assert_eq!(held(&silences, std::slice::from_ref(&one), 0), Some((at(100), 1)), "the longest of two");
    assert_eq!(held(&silences, &[one.clone(), other.clone()], 0), Some((at(50), 2)));
    assert_eq!(held(&silences, &[one.clone(), other], 50), None);
    assert_eq!(held(&silences, &[one, found("c.c", Level::Low)], 0), None);
    assert_eq!(held(&silences, &[found("a.a", Level::Critical)], 0), None, "graver than it allows");
    assert_eq!(held(&silences, &[], 0), None, "nothing is covered by nothing");
}

#[test]
fn a_silence_runs_from_its_beginning_up_to_its_end() {
    let silences = [silence(1, "a.a", (10, 20))];
    let all = [found("a.a", Level::Low)];
    let runs = |now| held(&silences, &all, now).is_some();
    assert_eq!([9, 10, 19, 20].map(runs), [false, true, true, false]);
}
