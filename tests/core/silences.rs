//! Silences and maintenance windows: they hold back what they cover, all of it and nothing else, and what is still there at
//! their end is told at once.

use std::collections::BTreeSet;

use vigie::alert::chain::{PageReason, Standing};
use vigie::api::{Answer, Command, Done, Purpose, Query, Refusal};
use vigie::base::id::{AlertId, SilenceId};
use vigie::base::level::Level;

use super::world::{End, World};

/// A silence in words: `machine=…` and the like, for so many seconds.
fn silence(world: &mut World, about: &str, seconds: i64) -> Answer {
    silence_at(world, about, (0, seconds), "critical")
}

fn silence_at(world: &mut World, about: &str, (from, seconds): (i64, i64), up_to: &str) -> Answer {
    let at = |seconds| world.now + jiff::SignedDuration::from_secs(seconds);
    let ties: Vec<_> = about
        .split(' ')
        .filter_map(|part| part.split_once('='))
        .filter(|(kind, _)| !["rule", "source"].contains(kind))
        .map(|(kind, value)| serde_json::json!({"kind": kind, "value": value}))
        .collect();
    let named = |name: &str| -> Vec<&str> {
        about
            .split(' ')
            .filter_map(|part| part.split_once('='))
            .filter(|(kind, _)| *kind == name)
            .map(|(_, v)| v)
            .collect()
    };
    let command = serde_json::json!({"silence": {
        "matcher": {"ties": ties, "rules": named("rule"), "sources": named("source")},
        "up_to": up_to, "reason": "disks are replaced", "by": "cleo",
        "from": (from > 0).then(|| at(from)), "until": at(from + seconds),
    }});
    let command: Command = serde_json::from_value(command).unwrap();
    world.ask(command)
}

fn made(answer: &Answer) -> SilenceId {
    match answer {
        Answer::Done(Done::Silenced { silence, .. }) => *silence,
        other => panic!("{other:?}"),
    }
}

fn attack_on(world: &mut World, host: &str, user: &str) {
    world.write("a", &format!(r#"{{"act":"attack","user":"{user}","host":"{host}"}}"#));
    world.look();
}

fn held(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(ToString::to_string).collect()
}

const FIRST: [&str; 2] = ["ann mail", "ann sms"];

/// The text of what somebody holds.
fn body(world: &World) -> String {
    world.held.values().next().map(|(letter, _)| letter.body().to_owned()).unwrap_or_default()
}

/// What keeps people from being told of the first alert.
fn muted_by(world: &World) -> serde_json::Value {
    serde_json::to_value(&world.alerts()[0]).unwrap()["muted"]["by"].take()
}

/// AM-14: of two alerts one is silenced for a while; before and after it both are told.
#[test]
fn one_of_two_alerts_is_silenced_for_a_while() {
    let mut world = World::new();
    world.edit("vigie.yaml", "channels:\n", "alerts: {same_rule: 0s, join_by: [machine]}\nchannels:\n");
    world.restart();
    attack_on(&mut world, "srv1", "u1");
    attack_on(&mut world, "srv2", "u2");
    world.end_all(End::Accepted);
    assert_eq!(world.alerts().len(), 2);
    assert!(world.arrived.iter().any(|arrived| arrived.subject.contains("(u1)")), "both before");
    world.pass(300);
    silence_at(&mut world, "machine=srv1", (60, 3600), "critical");
    world.pass(60);
    assert_eq!(
        world.alerts()[0].standing,
        Standing::Silenced { until: world.now + jiff::SignedDuration::from_secs(3600) }
    );
    world.arrived.clear();
    for _ in 0..12 {
        world.pass(299);
        world.end_all(End::Accepted);
    }
    assert!(!world.arrived.is_empty(), "the other goes on");
    assert!(world.arrived.iter().all(|arrived| !arrived.subject.contains("(u1)")), "the one does not");
    world.arrived.clear();
    world.pass(60);
    world.end_all(End::Accepted);
    assert!(
        world.arrived.iter().any(|arrived| arrived.subject.contains(", was held back] Attack (u1)")),
        "and after it"
    );
}

/// GA-15: a service goes into maintenance while an alert of it is under way.
#[test]
fn what_is_paging_when_a_silence_begins_stops_and_what_comes_is_held_back() {
    let mut world = World::new();
    attack_on(&mut world, "srv1", "u1");
    assert_eq!(world.held_by(), held(&FIRST));
    made(&silence(&mut world, "machine=srv1", 3600));
    assert!(world.held.is_empty(), "what waits is taken back: {:?}", world.held_by());
    attack_on(&mut world, "srv1", "u2");
    world.pass(3599);
    assert!(world.held.is_empty(), "{:?}", world.held_by());
    let alert = &world.alerts()[0];
    assert_eq!((alert.hits, alert.others), (2, 1), "counted and listed");
    world.pass(1);
    assert_eq!(world.held_by(), held(&FIRST));
    let text = body(&world);
    assert!(text.contains("by silence S1 of Cleo (disks are replaced), until 1 Feb 2026 23:00:00 UTC."), "{text}");
    assert!(text.contains("That is over, and the alert is still open."), "{text}");
    assert_eq!(world.entries("silence.added").len(), 1);
    assert_eq!(world.entries("silence.ended")[0]["silence"], "S1");
    assert_eq!((world.entries("alert.muted").len(), world.entries("alert.unmuted")[0]["why"] == "over"), (1, true));
}

#[test]
fn what_a_silence_covers_from_the_beginning_is_told_to_nobody_until_its_end() {
    let mut world = World::new();
    made(&silence(&mut world, "account=u1", 7200));
    attack_on(&mut world, "srv1", "u1");
    assert!(world.held.is_empty());
    assert!(muted_by(&world)["silence"]["silence"] == 1);
    world.pass(7199);
    assert!(world.held.is_empty());
    world.pass(1);
    assert_eq!(world.held_by(), held(&FIRST));
    assert!(
        world.held.values().all(|(_, purpose)| {
            matches!(purpose, Purpose::Escalation { key, .. } if key.reason == PageReason::Turn)
        })
    );
}

/// Nobody hides an attack behind a silence: whatever joins and is not covered itself is told at once, with all the rest.
#[test]
fn one_thing_that_is_not_covered_is_enough() {
    for (about, then) in [
        ("machine=srv1", ("srv2", "u1")),
        ("account=u1", ("srv1", "u2")),
        ("machine=srv1 account=u1", ("srv1", "u2")),
        ("machine=srv1 account=u1", ("srv2", "u1")),
        ("machine=srv1 source=a", ("srv2", "u1")),
    ] {
        let mut world = World::new();
        made(&silence(&mut world, about, 7200));
        attack_on(&mut world, "srv1", "u1");
        attack_on(&mut world, "srv1", "u1");
        assert!(world.held.is_empty(), "{about}");
        // Within a second, lines about the same are not looked at one by one.
        world.pass(2);
        attack_on(&mut world, then.0, then.1);
        assert_eq!(world.held_by(), held(&FIRST), "{about}, then {then:?}");
        assert!(body(&world).contains("Something else was found"), "{}", body(&world));
        // It stays so, also after a start and with another silence of the same.
        world.end_all(End::Accepted);
        world.restart();
        made(&silence(&mut world, about, 7200));
        world.pass(600);
        assert_eq!(world.held_by(), held(&["bob sms"]), "{about}");
    }
}

/// The same account and the same rule, seen on another machine, is one detection; it is not covered any more.
#[test]
fn a_detection_that_strays_from_what_is_silenced_is_told() {
    let mut world = World::new();
    made(&silence(&mut world, "machine=srv1", 7200));
    attack_on(&mut world, "srv1", "u1");
    world.pass(2);
    attack_on(&mut world, "srv2", "u1");
    assert_eq!(world.alerts()[0].others, 0, "one detection");
    assert_eq!(world.held_by(), held(&FIRST));
}

#[test]
fn what_is_graver_than_a_silence_allows_is_told() {
    let mut world = World::new();
    silence_at(&mut world, "account=mallory", (0, 7200), "high");
    for _ in 0..3 {
        world.write("a", r#"{"act": "try", "user": "mallory"}"#);
        world.look();
    }
    assert_eq!(world.alerts()[0].level, Level::Low);
    assert!(world.held.is_empty());
    world.attack("mallory");
    assert_eq!(
        (world.alerts().len(), world.held_by()),
        (1, held(&FIRST)),
        "by the chain of the attack, and only by that"
    );
    assert_eq!(world.pages().len(), 2, "nobody was asked by the chain of the trifle meanwhile");
}

/// A trifle that is silenced together with what joins it stays silenced; at the end the chain of the attack is asked.
#[test]
fn what_gets_graver_under_a_silence_is_told_by_the_chain_of_its_new_level() {
    let mut world = World::new();
    silence(&mut world, "account=mallory", 7200);
    for _ in 0..3 {
        world.write("a", r#"{"act": "try", "user": "mallory"}"#);
        world.look();
    }
    world.attack("mallory");
    assert_eq!((world.alerts()[0].level, world.held.len()), (Level::Critical, 0));
    world.pass(7200);
    assert_eq!(world.held_by(), held(&FIRST));
}

#[test]
fn who_has_it_is_not_asked_again_while_it_is_silenced() {
    let mut world = World::new();
    attack_on(&mut world, "srv1", "u1");
    world.end_all(End::Accepted);
    world.ack(1, "ann");
    world.end_all(End::Accepted);
    silence(&mut world, "machine=srv1", 4 * 3600);
    world.pass(4 * 3600 - 1);
    assert!(world.held.is_empty(), "due after two hours: {:?}", world.held_by());
    world.pass(1);
    assert_eq!(world.held_by(), held(&FIRST), "at once");
}

#[test]
fn a_silence_that_is_ended_by_hand_lets_go_of_what_it_held() {
    let mut world = World::new();
    let id = made(&silence(&mut world, "machine=srv1", 7200));
    attack_on(&mut world, "srv1", "u1");
    let ended = world.ask(Command::EndSilence { silence: id, by: "ann".into() });
    assert_eq!(ended, Answer::Done(Done::SilenceEnded { silence: id, alerts: 1 }));
    assert_eq!(world.held_by(), held(&FIRST));
    assert_eq!(world.entries("alert.unmuted")[0]["why"], "ended");
    let again = world.ask(Command::EndSilence { silence: id, by: "ann".into() });
    assert_eq!(again, Answer::Refused(Refusal::UnknownSilence { silence: id }));
}

/// A person who wants others to be told is heard, whatever is silenced.
#[test]
fn somebody_who_asks_for_people_gets_them() {
    let mut world = World::new();
    silence(&mut world, "machine=srv1", 7200);
    attack_on(&mut world, "srv1", "u1");
    world.ask(Command::Escalate { alert: AlertId(1), to: None });
    assert_eq!(world.held_by(), held(&FIRST), "from the first step: nobody was told yet");
    assert_eq!(world.entries("alert.unmuted")[0]["why"], "asked");
    attack_on(&mut world, "srv1", "u2");
    world.pass(600);
    assert!(world.held_by().contains("bob sms"), "it goes on: {:?}", world.held_by());
    // What a person raises is never silenced.
    silence(&mut world, "rule=ward.attack", 7200);
    world.held.clear();
    let title = "black screens".to_owned();
    world.ask(Command::Raise { title, level: Level::Critical, told_by: None, by: "cleo".into() });
    assert_eq!(world.held_by(), held(&FIRST));
}

#[test]
fn a_silence_outlives_a_start_and_its_end_is_not_slept_over() {
    let mut world = World::new();
    silence(&mut world, "machine=srv1", 7200);
    attack_on(&mut world, "srv1", "u1");
    world.restart();
    world.pass(3600);
    assert!(world.held.is_empty());
    world.die();
    world.now += jiff::SignedDuration::from_secs(7200);
    world.start();
    assert_eq!(world.held_by(), held(&FIRST));
    world.pass(0);
    let listed = world.ask(Query::Silences { over: false });
    assert!(serde_json::to_value(&listed).unwrap()["silences"]["silences"] == serde_json::json!([]), "{listed:?}");
    assert_eq!(made(&silence(&mut world, "machine=srv1", 60)), SilenceId(2), "a number is given once");
}

#[test]
fn a_silence_that_cannot_be_or_cannot_be_kept_is_refused() {
    let mut world = World::new();
    let times = Answer::Refused(Refusal::NoSuchTime { days: 30 });
    for (from, seconds) in [(0, 0), (0, -5), (0, 31 * 86_400), (400 * 86_400, 60)] {
        assert_eq!(silence_at(&mut world, "machine=srv1", (from, seconds), "high"), times, "{from} {seconds}");
    }
    assert_eq!(silence(&mut world, "", 60), Answer::Refused(Refusal::SilencesAll));
    assert!(matches!(silence(&mut world, "rule=ward.atack", 60), Answer::Refused(Refusal::UnknownRule { .. })));
    assert!(matches!(silence(&mut world, "source=z", 60), Answer::Refused(Refusal::UnknownSource { .. })));
    let _blocker = world.fill();
    attack_on(&mut world, "srv1", "u1");
    assert_eq!(silence(&mut world, "machine=srv1", 60), Answer::Refused(Refusal::SilenceNotKept));
    assert!(!world.held.is_empty());
}

#[test]
fn an_exercise_and_what_vigie_suffers_are_not_silenced() {
    let mut world = World::new();
    silence(&mut world, "rule=ward.attack", 7200);
    world.start_drill().unwrap();
    world.end_all(End::Accepted);
    world.pass(61);
    world.inject();
    world.look();
    assert!(world.alerts().iter().any(|alert| alert.realm.drill().is_some()));
    assert!(
        world.held.values().any(|(_, purpose)| purpose.alert().is_some()),
        "players are told: {:?}",
        world.held_by()
    );
    // The store fails: that has a name of its own.
    for (about, is_told) in [("source=a", true), ("rule=vigie:channel:mail", true), ("rule=vigie:store", false)] {
        let mut world = World::new();
        silence(&mut world, about, 7200);
        let _blocker = world.fill();
        world.attack("u");
        world.held.clear();
        world.pass(0);
        assert_eq!(!world.held.is_empty(), is_told, "{about}");
    }
}

#[test]
fn a_maintenance_window_comes_each_week_and_is_gone_with_its_lines() {
    let mut world = World::new();
    let window = "maintenance:
  - {machines: [srv1.three.example], hours: \"sun 22:00-24:00\", level: critical, reason: disks, owner: cleo}
  - {machines: [srv1], hours: \"mon 00:00-02:00\", level: critical, reason: disks, owner: cleo}
channels:\n";
    world.edit("vigie.yaml", "channels:\n", window);
    world.restart();
    // It is Sunday at 22:00.
    attack_on(&mut world, "SRV1", "u1");
    world.pass(4 * 3600 - 1);
    assert!(world.held.is_empty(), "also over midnight: {:?}", world.held_by());
    assert_eq!(muted_by(&world), serde_json::json!({"maintenance": {"owner": "cleo", "reason": "disks"}}));
    world.pass(1);
    assert_eq!(world.held_by(), held(&FIRST));
    assert!(body(&world).contains("a maintenance window of Cleo (disks)"));
    let alert = world.alerts()[0].id;
    world.ask(Command::Resolve { alert, reason: None, by: "ann".into() });
    world.end_all(End::Accepted);
    // A week later; then somebody takes the lines out of the file.
    world.pass(7 * 86_400 - 4 * 3600 + 60);
    world.end_all(End::Accepted);
    attack_on(&mut world, "srv1", "u1");
    assert!(world.held.is_empty(), "{:?}", world.held_by());
    world.edit("vigie.yaml", window, "channels:\n");
    world.restart();
    assert_eq!(world.held_by(), held(&FIRST));
    assert!(body(&world).contains("not in the site's files any more"));
}
