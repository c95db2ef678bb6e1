//! What does not come, and when that is said.

use proptest::prelude::*;

use super::{DRILL, Engine, at, engine, event, findings, rule};
use crate::base::realm::Realm;
use crate::base::seal::Key;

/// The backup reports each night, the modalities all the time.
fn text(absence: &str) -> String {
    let heard = rule("s: {is: done}\ncondition: s").replace("title: t", "title: t\nname: done");
    format!("{heard}---\ntitle: missing\nlevel: high\nvigie:\n  absence: {{rules: [done], {absence}}}\n")
}

const BY_HOST: &str = "group-by: [host], within: 10m";

const MINUTE: i64 = 60_000;

fn hear(engine: &mut Engine, realm: Realm, minute: i64, host: &str) {
    let json = format!(r#"{{"is": "done", "host": "{host}"}}"#);
    assert!(engine.step(realm, &event(minute * MINUTE, &json)).is_empty(), "what comes is no match");
}

/// Ticks each minute up to `until`, and gives who was missed at which minute.
fn wait(engine: &mut Engine, realm: Realm, minutes: std::ops::RangeInclusive<i64>) -> Vec<(i64, String)> {
    let mut missed = Vec::new();
    for minute in minutes {
        for found in engine.tick(realm, at(minute * MINUTE)) {
            let who: Vec<&str> = found.subject.iter().map(|(_, value)| &**value).collect();
            let note =
                found.note.as_ref().map(|note| if note.en.as_ref().unwrap().contains("None of") { "*" } else { "!" });
            missed.push((minute, format!("{}{}", who.join(" "), note.unwrap_or_default())));
        }
    }
    missed
}

fn owned(missed: &[(i64, &str)]) -> Vec<(i64, String)> {
    missed.iter().map(|(minute, who)| (*minute, (*who).to_owned())).collect()
}

#[test]
fn a_group_is_missed_once_until_it_comes_again() {
    let mut engine = engine(&text(BY_HOST));
    assert_eq!(wait(&mut engine, Realm::Live, 0..=0), []);
    for minute in 0..30 {
        hear(&mut engine, Realm::Live, minute, "ct1");
        if minute < 5 {
            hear(&mut engine, Realm::Live, minute, "IRM");
        }
        let expected: &[(i64, &str)] = if minute == 14 { &[(14, "IRM")] } else { &[] };
        assert_eq!(wait(&mut engine, Realm::Live, minute..=minute), owned(expected));
    }
    hear(&mut engine, Realm::Live, 30, "irm");
    for minute in 31..=39 {
        hear(&mut engine, Realm::Live, minute, "ct1");
        assert_eq!(wait(&mut engine, Realm::Live, minute..=minute), []);
    }
    hear(&mut engine, Realm::Live, 40, "ct1");
    assert_eq!(wait(&mut engine, Realm::Live, 40..=41), owned(&[(40, "IRM")]));
}

#[test]
fn what_is_not_grouped_is_missed_although_it_never_came() {
    let mut engine = engine(&text("within: 26h"));
    assert_eq!(engine.next_deadline(), None);
    engine.tell_time(Realm::Live, at(0));
    assert_eq!(engine.next_deadline(), Some(at(26 * 60 * MINUTE)));
    assert_eq!(wait(&mut engine, Realm::Live, 0..=26 * 60 + 9), owned(&[(26 * 60, "")]));
    assert_eq!(engine.next_deadline(), None);
    hear(&mut engine, Realm::Live, 27 * 60, "any");
    assert_eq!(engine.next_deadline(), Some(at((27 + 26) * 60 * MINUTE)));
}

#[test]
fn a_source_that_is_silent_is_one_match_and_not_one_for_each() {
    let mut engine = engine(&text(BY_HOST));
    engine.tell_time(Realm::Live, at(0));
    for second in 0..40 {
        let json = format!(r#"{{"is": "done", "host": "h{second}"}}"#);
        engine.step(Realm::Live, &event(second * 1_000, &json));
    }
    assert_eq!(wait(&mut engine, Realm::Live, 1..=30), owned(&[(10, "*")]));
    // As soon as the first ones are heard of again, each is waited for as before.
    hear(&mut engine, Realm::Live, 31, "h1");
    hear(&mut engine, Realm::Live, 38, "h2");
    hear(&mut engine, Realm::Live, 40, "h3");
    hear(&mut engine, Realm::Live, 41, "h2");
    assert_eq!(wait(&mut engine, Realm::Live, 41..=41), owned(&[(41, "h1")]));
}

#[test]
fn what_was_missed_while_nobody_looked_gets_time_to_be_read() {
    let mut engine = engine(&text(BY_HOST));
    engine.tell_time(Realm::Live, at(0));
    hear(&mut engine, Realm::Live, 0, "ct");
    hear(&mut engine, Realm::Live, 0, "irm");
    hear(&mut engine, Realm::Live, 5, "ct");
    // The machine slept for hours, or its clock jumped: nothing is said at once.
    assert_eq!(wait(&mut engine, Realm::Live, 300..=300), []);
    assert_eq!(engine.next_deadline(), Some(at(301 * MINUTE)));
    // What was written meanwhile is read now. The one is there, the other is not.
    hear(&mut engine, Realm::Live, 299, "ct");
    assert_eq!(wait(&mut engine, Realm::Live, 301..=302), owned(&[(301, "irm!")]));
    // Lines that are old when they come make nobody present again, nor anybody new missed.
    hear(&mut engine, Realm::Live, 200, "irm");
    hear(&mut engine, Realm::Live, 200, "old");
    assert_eq!(wait(&mut engine, Realm::Live, 303..=308), []);
}

#[test]
fn a_clock_that_is_set_back_takes_the_deadlines_with_it() {
    let mut engine = engine(&text(BY_HOST));
    engine.tell_time(Realm::Live, at(0));
    hear(&mut engine, Realm::Live, 1_000, "ct");
    engine.tell_time(Realm::Live, at(1_001 * MINUTE));
    engine.tell_time(Realm::Live, at(100 * MINUTE));
    assert_eq!(engine.next_deadline(), Some(at(110 * MINUTE)));
    assert_eq!(wait(&mut engine, Realm::Live, 100..=112), owned(&[(110, "ct")]));
}

#[test]
fn a_restart_forgets_nobody_and_tells_nobody_twice() {
    let fresh = || engine(&text(BY_HOST)).keyed(Key::from_bytes([7; 32]));
    let mut engine = fresh();
    engine.tell_time(Realm::Live, at(0));
    for (minute, host) in [(0, "ct"), (1, "irm"), (9, "scan")] {
        hear(&mut engine, Realm::Live, minute, host);
    }
    assert_eq!(wait(&mut engine, Realm::Live, 1..=10), owned(&[(10, "ct")]));
    let kept: Vec<_> = engine.take_windows().into_iter().map(|change| (change.key, change.state.unwrap())).collect();

    let mut engine = fresh();
    engine.restore(kept);
    assert_eq!(engine.next_deadline(), Some(at(11 * MINUTE)));
    // Even so soon: lines of the last minute have not been read yet.
    assert_eq!(wait(&mut engine, Realm::Live, 11..=11), []);
    assert_eq!(wait(&mut engine, Realm::Live, 12..=18), owned(&[(12, "irm!")]));
    assert_eq!(wait(&mut engine, Realm::Live, 19..=60), owned(&[(19, "scan")]));
}

#[test]
fn exercises_wait_for_their_own_lines_only() {
    let mut engine = engine(&text(BY_HOST));
    engine.tell_time(Realm::Live, at(0));
    hear(&mut engine, Realm::Live, 0, "ct");
    hear(&mut engine, DRILL, 3, "ct");
    engine.tell_time(DRILL, at(3 * MINUTE));
    assert_eq!(engine.waiting(), [Realm::Live, DRILL]);
    assert_eq!(wait(&mut engine, Realm::Live, 3..=20), owned(&[(10, "ct")]));
    assert_eq!(wait(&mut engine, DRILL, 4..=12), []);
    engine.forget(DRILL);
    assert_eq!(wait(&mut engine, DRILL, 13..=20), []);
    assert_eq!(engine.next_deadline(), None);
}

#[test]
fn absences_are_counted_like_any_match() {
    let chain = "title: two\nlevel: critical\ncorrelation: {type: event_count, rules: [gone], group-by: [host], \
        timespan: 2h, condition: {gte: 2}}\n";
    let mut engine =
        engine(&format!("{}---\n{chain}", text(BY_HOST).replace("title: missing", "title: missing\nname: gone")));
    engine.tell_time(Realm::Live, at(0));
    hear(&mut engine, Realm::Live, 0, "ct");
    assert_eq!(wait(&mut engine, Realm::Live, 1..=20), []);
    hear(&mut engine, Realm::Live, 30, "ct");
    assert_eq!(wait(&mut engine, Realm::Live, 31..=50), owned(&[(40, "ct")]));
}

#[test]
fn identifiers_of_patients_are_not_kept_to_name_who_is_missed() {
    let mut engine = engine(&text("group-by: [PatientID], within: 10m"));
    engine.step(Realm::Live, &event(0, r#"{"is": "done", "PatientID": "1234567890"}"#));
    let changes = format!("{:?}", engine.take_windows());
    assert!(!changes.contains("1234567890"), "{changes}");
}

#[test]
fn mistakes_are_found_at_their_place() {
    for (absence, wanted) in [
        ("group-by: [host]", "the key `within` is missing"),
        ("within: soon", "`soon` is not a timespan"),
        ("within: 1h, timespan: 1h", "unknown key `timespan`"),
        ("within: 1h, aliases: {h: {nobody: x}}", "there is no rule `nobody`"),
    ] {
        let found = findings(&text(absence));
        assert!(found.iter().any(|finding| finding.contains(wanted)), "{absence}: {found:?}");
    }
    let both = text("within: 1h") + "logsource: {product: p}\ndetection: {s: {a: 1}, condition: s}\n";
    assert!(findings(&both)[0].contains("are about other rules"), "{:?}", findings(&both));
}

proptest! {
    /// However often anybody asks, the same is missed at the same time.
    #[test]
    fn asking_often_or_seldom_is_the_same(
        story in prop::collection::vec((1..400_i64, "[xyz]"), 1..60),
    ) {
        let run = |step: i64| {
            let mut engine = engine(&text("group-by: [host], within: 5m"));
            let (mut second, mut missed) = (0, Vec::new());
            for (after, host) in &story {
                let next = second + after;
                while second + step < next {
                    second += step;
                    missed.extend(engine.elapse(Realm::Live, at(second * 1_000)));
                }
                second = next;
                missed.extend(engine.elapse(Realm::Live, at(second * 1_000)));
                engine.step(Realm::Live, &event(second * 1_000, &format!(r#"{{"is": "done", "host": "{host}"}}"#)));
            }
            missed.into_iter().map(|found| (found.time, found.subject, found.note)).collect::<Vec<_>>()
        };
        prop_assert_eq!(run(1), run(1_000_000));
    }
}
