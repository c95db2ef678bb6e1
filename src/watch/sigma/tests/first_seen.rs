//! What was never seen before.

use super::{DRILL, Engine, engine, event, findings, rule};
use crate::base::realm::Realm;
use crate::base::seal::Key;

fn text(first_seen: &str) -> String {
    let login = rule("s: {is: login}\ncondition: s").replace("title: t", "title: t\nname: login");
    format!("{login}---\ntitle: new\nlevel: high\nvigie:\n  first_seen: {{rules: [login], {first_seen}}}\n")
}

const BY_USER: &str = "group-by: [user], field: host, learn: 10d, forget: 90d";

const DAY: i64 = 86_400_000;

/// The days at which a login is new, with its subject.
fn logins(engine: &mut Engine, realm: Realm, story: &[(i64, &str, &str)]) -> Vec<(i64, String)> {
    let mut fired = Vec::new();
    for (day, user, host) in story {
        let json = format!(r#"{{"is": "login", "user": "{user}", "host": "{host}"}}"#);
        for found in engine.step(realm, &event(day * DAY, &json)) {
            let subject: Vec<String> = found.subject.iter().map(|(name, value)| format!("{name}={value}")).collect();
            fired.push((*day, subject.join(" ")));
        }
    }
    fired
}

fn days(fired: &[(i64, String)]) -> Vec<i64> {
    fired.iter().map(|(day, _)| *day).collect()
}

#[test]
fn a_group_learns_first_and_then_tells_what_is_new() {
    for (story, expected) in [
        (vec![(0, "u", "a"), (5, "u", "b"), (9, "u", "c"), (11, "u", "a"), (12, "u", "b")], vec![]),
        (vec![(0, "u", "a"), (10, "u", "b"), (11, "u", "b"), (12, "u", "B")], vec![10]),
        // Another account's hosts are not one's own.
        (vec![(0, "u", "a"), (0, "v", "b"), (20, "u", "b"), (20, "v", "a")], vec![20, 20]),
        // A new account learns too.
        (vec![(0, "u", "a"), (50, "v", "a"), (51, "v", "b"), (61, "v", "c")], vec![61]),
        // What was not seen for so long is new again, and who comes back need not learn again.
        (vec![(0, "u", "a"), (91, "u", "a"), (92, "u", "a")], vec![91]),
        (vec![(0, "u", "a"), (80, "u", "a"), (169, "u", "a")], vec![]),
        // An event with a wrong clock does not keep the group from learning.
        (vec![(9_000, "u", "z"), (0, "u", "a"), (5, "u", "b"), (10, "u", "c")], vec![10]),
    ] {
        let fired = logins(&mut engine(&text(BY_USER)), Realm::Live, &story);
        assert_eq!(days(&fired), expected, "{story:?}");
    }
    let fired = logins(&mut engine(&text(BY_USER)), Realm::Live, &[(0, "u", "a"), (10, "u", "B")]);
    assert_eq!(fired[0].1, "user=u host=B");
}

#[test]
fn without_groups_new_pairs_are_told_of_new_accounts_too() {
    let mut engine = engine(&text("field: [user, host], learn: 10d, forget: 90d"));
    let story = [(0, "u", "a"), (9, "v", "a"), (10, "u", "a"), (11, "w", "a"), (12, "u", "b")];
    assert_eq!(days(&logins(&mut engine, Realm::Live, &story)), [11, 12]);
}

#[test]
fn exercises_learn_nothing_and_teach_nothing() {
    let mut engine = engine(&text(BY_USER));
    logins(&mut engine, Realm::Live, &[(0, "u", "a")]);
    assert_eq!(days(&logins(&mut engine, DRILL, &[(20, "u", "z"), (20, "u", "z"), (20, "u", "a")])), [20, 20]);
    assert_eq!(days(&logins(&mut engine, Realm::Live, &[(21, "u", "a"), (21, "u", "z")])), [21]);
}

#[test]
fn a_restart_forgets_nothing_and_tells_no_values() {
    let fresh = || engine(&text(BY_USER)).keyed(Key::from_bytes([7; 32]));
    let mut engine = fresh();
    logins(&mut engine, Realm::Live, &[(0, "u", "serveur"), (0, "u", "b"), (20, "u", "c")]);
    let kept: Vec<_> = engine.take_windows().into_iter().map(|change| (change.key, change.state.unwrap())).collect();
    assert!(!format!("{kept:?}").contains("serveur"), "{kept:?}");
    // Seeing again what is known changes nothing that is kept, but for the time of the clock.
    logins(&mut engine, Realm::Live, &[(21, "u", "c")]);
    assert!(engine.take_windows().iter().all(|change| change.key.starts_with("clock:")));
    let mut engine = fresh();
    engine.restore(kept);
    assert_eq!(days(&logins(&mut engine, Realm::Live, &[(21, "u", "b"), (21, "u", "c"), (22, "u", "d")])), [22]);
}

#[test]
fn what_is_thrown_away_makes_it_quieter() {
    let mut engine = engine(&text(BY_USER)).limited(8);
    let users: Vec<String> = (0..50).map(|number| format!("u{number}")).collect();
    let round = |day: i64| users.iter().map(|user| (day, user.as_str(), "a")).collect::<Vec<_>>();
    assert_eq!(logins(&mut engine, Realm::Live, &round(0)), []);
    assert_eq!(logins(&mut engine, Realm::Live, &round(20)), []);
    assert!(engine.windows() <= 8 && engine.evicted() > 100, "{} {}", engine.windows(), engine.evicted());
}

#[test]
fn mistakes_are_found_at_their_place() {
    for (first_seen, wanted) in [
        ("group-by: [user], learn: 1d, forget: 9d", "does not say the new values of which field"),
        ("field: host, learn: 1d", "the key `forget` is missing"),
        ("field: host, forget: 1d", "the key `learn` is missing"),
        ("field: host, learn: 9d, forget: 1d", "would be forgotten before learning ends"),
        ("group-by: [host], field: host, learn: 1d, forget: 9d", "`host` is grouped by already"),
        ("field: host, learn: 1d, forget: 9d, fields: [x]", "unknown key `fields` (did you mean `field`?)"),
    ] {
        let found = findings(&text(first_seen));
        assert!(found.iter().any(|finding| finding.contains(wanted)), "{first_seen}: {found:?}");
    }
}
