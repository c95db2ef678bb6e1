//! AM-11: while an alert is open that explains others, people are not told of those; they are when it is over.

use std::collections::BTreeSet;

use vigie::api::Command;
use vigie::base::id::AlertId;

use super::world::{End, World};

/// A hospital in which attacks explain tries, and nothing joins.
fn explaining() -> World {
    let mut world = World::new();
    let apart = "alerts: {same_rule: 0s, join_by: []}\nchannels:\n";
    world.edit("vigie.yaml", "channels:\n", apart);
    world.edit("rules/ward/attack.yml", "  subject: [user]\n", "  subject: [user]\n  explains: [ward.burst]\n");
    world.restart();
    world
}

fn try_often(world: &mut World, user: &str, host: &str) {
    for _ in 0..3 {
        world.write("b", &format!(r#"{{"act": "try", "user": "{user}", "host": "{host}"}}"#));
        world.look();
    }
}

fn attack(world: &mut World, user: &str, host: &str) {
    world.write("a", &format!(r#"{{"act": "attack", "user": "{user}", "host": "{host}"}}"#));
    world.look();
}

/// About which users people hold letters.
fn told_of(world: &World) -> BTreeSet<String> {
    let about = |subject: &str| Some(subject.split_once('(')?.1.split_once(')')?.0.to_owned());
    world.held.values().filter_map(|(letter, _)| about(letter.subject())).collect()
}

fn number(world: &World, user: &str) -> AlertId {
    let alerts = world.alerts();
    alerts.iter().find(|alert| alert.subject.iter().any(|(_, value)| value == user)).unwrap().id
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_only_a_consequence_is_told_when_its_cause_is_over() {
    let mut world = explaining();
    // One comes before its cause, one after it, one has nothing to do with it.
    try_often(&mut world, "before", "srv1");
    assert_eq!(told_of(&world), set(&["before"]));
    attack(&mut world, "cause", "srv1");
    try_often(&mut world, "after", "srv1");
    try_often(&mut world, "other", "srv2");
    assert_eq!(told_of(&world), set(&["cause", "other"]), "what waits is taken back");
    world.end_all(End::Accepted);
    let (cause, other) = (number(&world, "cause"), number(&world, "other"));
    for alert in [cause, other] {
        world.ask(Command::Ack { alert, by: "ann".into() });
    }
    world.end_all(End::Accepted);
    // Also over a start, and for longer than anything is looked at.
    world.restart();
    for _ in 0..10 {
        world.pass(600);
        assert!(told_of(&world).is_subset(&set(&["cause", "other"])), "{:?}", told_of(&world));
        world.end_all(End::Accepted);
    }
    world.ask(Command::Resolve { alert: cause, reason: None, by: "ann".into() });
    let told = told_of(&world);
    assert!(told.is_superset(&set(&["after", "before"])), "{told:?}");
    let (letter, _) = world.held.values().find(|(letter, _)| letter.subject().contains("(after)")).unwrap();
    let words =
        format!("alert {cause}, which explains it. It does not explain it any more, and this one is still open.");
    assert!(letter.body().contains(&words), "{}", letter.body());
    assert_eq!(world.entries("alert.unmuted")[0]["why"], "unexplained");
}

#[test]
fn two_that_explain_each_other_are_not_both_held_back() {
    let mut world = explaining();
    world.edit("rules/ward/burst.yml", "  fr: {title: Rafale", "  explains: [ward.attack]\n  fr: {title: Rafale");
    world.restart();
    attack(&mut world, "one", "srv1");
    try_often(&mut world, "two", "srv1");
    assert_eq!(told_of(&world), set(&["one"]));
    // A trifle explains nothing that is graver than itself.
    let mut world = explaining();
    world.edit("rules/ward/burst.yml", "  fr: {title: Rafale", "  explains: [ward.attack]\n  fr: {title: Rafale");
    world.edit("rules/ward/attack.yml", "  explains: [ward.burst]\n", "");
    world.restart();
    try_often(&mut world, "two", "srv1");
    attack(&mut world, "one", "srv1");
    assert!(told_of(&world).contains("one"), "{:?}", told_of(&world));
}

/// The silence of a source is told unless an alert explains it that came of that very source and is still open.
#[test]
fn that_a_source_was_stopped_explains_its_silence() {
    for (explains, of, is_told) in [("[silence]", "a", false), ("[silence]", "b", true), ("[ward.burst]", "a", true)] {
        let mut world = World::new();
        world.edit("vigie.yaml", "a: {follow: logs/a.log,", "a: {silent: 1h, follow: logs/a.log,");
        let explains = format!("  subject: [user]\n  explains: {explains}\n");
        world.edit("rules/ward/attack.yml", "  subject: [user]\n", &explains);
        world.restart();
        world.write("a", r#"{"act": "nothing"}"#);
        world.write(of, r#"{"act": "attack", "user": "u"}"#);
        world.look();
        let attack = number(&world, "u");
        world.ask(Command::Ack { alert: attack, by: "ann".into() });
        world.end_all(End::Accepted);
        world.pass(3700);
        let silence = world.alerts().pop().unwrap();
        assert_eq!((silence.ailing.as_deref(), silence.open()), (Some("source:a"), true));
        assert_eq!(world.entries("alert.muted").is_empty(), is_told, "{of}");
        let named = format!("[{} ", silence.id);
        let is_held = |world: &World| world.held.values().any(|(letter, _)| letter.subject().contains(&named));
        assert_eq!(is_held(&world), is_told, "{of}");
        // It outlasts its explanation: people are told at once.
        world.ask(Command::Resolve { alert: attack, reason: None, by: "ann".into() });
        assert!(is_held(&world), "{of}");
    }
}
