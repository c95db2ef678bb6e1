//! Events that a logger put together in one line count as often as they happened, and one line never for more than its
//! rule can tell apart.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::correlation::counting;
use super::{Engine, engine, event, ids};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::watch::format::{Decoded, Decoder, Format};

const FAILURES: &str = "title: t\nname: failed\nlevel: low\nlogsource: {product: linux, service: sshd}\ndetection:\n  s: \
    {action: failed}\n  condition: s\n---\ntitle: many\nlevel: high\ncorrelation: {type: event_count, rules: [failed], \
    group-by: [src_ip, user], timespan: 5m, condition: {gte: 6}}\n";

fn lines(engine: &mut Engine, lines: &[&str]) -> Vec<u64> {
    let mut decoder = Decoder::new(Format::Syslog, TimeZone::UTC, None);
    let mut found = Vec::new();
    for line in lines {
        let Decoded::Event(event) = decoder.decode(Timestamp::UNIX_EPOCH, line) else { panic!("no event: {line}") };
        found.extend(engine.step(Realm::Live, &event));
    }
    let many = found.iter().filter(|found| found.rule.level == Level::High);
    many.map(|found| found.events).collect()
}

const ONE: &str = "Nov 21 19:28:22 srv sshd[42]: Failed password for root from 203.0.113.9 port 58080 ssh2";
const FIVE: &str = "Nov 21 19:28:23 srv sshd[42]: message repeated 5 times: [ Failed password for root from 203.0.113.9 port 58080 ssh2]";
const FOUR: &str = "Nov 21 19:28:23 srv sshd[42]: message repeated 4 times: [ Failed password for root from 203.0.113.9 port 58080 ssh2]";

/// S6 of issue 11.
#[test]
fn a_failure_that_was_repeated_five_times_is_six_failures() {
    assert_eq!(lines(&mut engine(FAILURES), &[ONE, FIVE]), [6]);
    assert_eq!(lines(&mut engine(FAILURES), &[ONE, FOUR]), [0; 0]);
    assert_eq!(lines(&mut engine(FAILURES), &[FIVE, ONE]), [6]);
    // What stands in a message of another program is no message of this one.
    let other = FIVE.replace("sshd[42]", "app[1]");
    assert_eq!(lines(&mut engine(FAILURES), &[ONE, &other, &other]), [0; 0]);
}

#[test]
fn one_line_counts_for_no_more_than_its_rule_tells_apart() {
    let mut engine = engine(&counting("type: event_count\nrules: [a]\ntimespan: 10s\ncondition: {gte: 3}"));
    let many = crate::watch::event::Event { times: u32::MAX, ..event(0, r#"{"is": "a"}"#) };
    let found = engine.step(Realm::Live, &many);
    assert_eq!(ids(&found).len(), 1, "{found:?}");
    // It is told as at least so many as the window knows.
    assert_eq!(found[0].events, 4);
    // Values that are told apart are the same five times over.
    let mut values =
        super::engine(&counting("type: value_count\nrules: [a]\ntimespan: 10s\ncondition: {field: is, gte: 2}"));
    assert_eq!(values.step(Realm::Live, &many).len(), 0);
}

#[test]
fn a_rule_over_single_events_says_how_often_it_was() {
    let text = "title: t\nlevel: low\nlogsource: {product: p}\ndetection: {s: {is: a}, condition: s}\n";
    let many = crate::watch::event::Event { times: 7, ..event(0, r#"{"is": "a"}"#) };
    assert_eq!(engine(text).step(Realm::Live, &many)[0].events, 7);
}
