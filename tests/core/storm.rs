//! One rule, very many subjects: one alert, which knows each of them and tells whoever has it of more.

use vigie::alert::chain::PageReason;
use vigie::api::{Answer, Command, Done, Purpose};
use vigie::base::id::AlertId;

use super::world::{End, World};

fn stormed(users: std::ops::Range<u32>) -> World {
    let mut world = World::new();
    for user in users {
        world.attack(&format!("u{user}"));
    }
    world
}

#[test]
fn subjects_of_one_rule_are_one_alert_and_each_is_known() {
    let mut world = stormed(0..20);
    for user in 12..20 {
        world.attack(&format!("u{user}"));
    }
    let alerts = world.alerts();
    assert_eq!(alerts.iter().map(|alert| (alert.others, alert.signs, alert.hits)).collect::<Vec<_>>(), [(19, 1, 28)]);
    let found = world.detections(AlertId(1));
    assert_eq!((found.len(), found[0].hits, found[12].hits), (20, 1, 2));
    assert_eq!(world.entries("alert.joined").len(), 19);
    // Somebody is told once, and by each way once.
    assert_eq!(world.held_by(), ["ann mail".to_owned(), "ann sms".to_owned()].into());
}

/// A5: cheap subjects that somebody took do not hide those that come behind them.
#[test]
fn whoever_has_it_is_told_of_new_subjects_at_once_and_then_at_a_rate_that_slows_down() {
    let mut world = stormed(0..12);
    world.end_all(End::Accepted);
    world.ack(1, "ann");
    let updates = |world: &World| {
        let is_update = |purpose: &Purpose| matches!(purpose, Purpose::Escalation { key, .. } if matches!(key.reason, PageReason::Update(_)));
        world
            .arrived
            .iter()
            .filter(|arrived| is_update(&arrived.purpose))
            .map(|arrived| arrived.person.clone())
            .collect::<Vec<_>>()
    };
    world.pass(60);
    world.attack("DOMAIN-ADMIN-1");
    world.end_all(End::Accepted);
    assert_eq!(updates(&world), ["ann", "ann"], "by mail and by text message");
    for admin in 2..=40 {
        world.attack(&format!("DOMAIN-ADMIN-{admin}"));
    }
    world.end_all(End::Accepted);
    assert_eq!(updates(&world).len(), 2, "not for each of them");
    world.pass(60);
    world.end_all(End::Accepted);
    assert_eq!(updates(&world).len(), 4, "a minute later there is more to tell");
    world.pass(3600);
    world.end_all(End::Accepted);
    assert_eq!(updates(&world).len(), 4, "and nothing where nothing is new");
    // A2: counts that doubled.
    for _ in 0..60 {
        world.attack("u1");
    }
    world.end_all(End::Accepted);
    assert_eq!(updates(&world).len(), 6);
}

/// A1: an attack that outlives its alert is told again, as the same.
#[test]
fn what_goes_on_after_its_end_is_opened_again_and_told() {
    let mut world = stormed(0..2);
    world.end_all(End::Accepted);
    world.ask(Command::Resolve { alert: AlertId(1), reason: None, by: "ann".into() });
    world.end_all(End::Accepted);
    // Another subject of the rule is another matter once it is over.
    world.restart();
    world.attack("u1");
    assert_eq!(world.held_by(), ["ann mail".to_owned(), "ann sms".to_owned()].into());
    let (alert, _) = world.alert(AlertId(1));
    assert!(alert.open() && alert.reopened.is_some() && alert.restarts == 1, "{alert:?}");
    assert_eq!((world.alerts().len(), world.entries("alert.reopened").len()), (1, 1));
    world.ask(Command::Resolve { alert: AlertId(1), reason: None, by: "ann".into() });
    world.attack("u9");
    assert_eq!(world.alerts().len(), 2, "what is new does not join what is over");
    // After an hour it is new.
    world.pass(3700);
    world.attack("u1");
    assert!(!world.alert(AlertId(1)).0.open());
}

#[test]
fn what_joined_is_known_after_a_crash() {
    let mut world = stormed(0..14);
    world.end_all(End::Accepted);
    world.ack(1, "ann");
    world.restart();
    // Nothing of the rule is recent any more: whoever is unknown now is an alert of their own.
    world.pass(11 * 60);
    world.attack("u13");
    let alerts = world.alerts();
    assert_eq!((alerts.len(), alerts[0].others, alerts[0].hits), (1, 13, 15));
    assert!(world.held.is_empty(), "somebody was told again: {:?}", world.held_by());
    world.pass(11 * 60);
    world.attack("u14");
    assert_eq!(world.alerts().len(), 2);
}

/// A wrong join can be taken apart, and both parts go on.
#[test]
fn what_does_not_belong_together_can_be_split() {
    let mut world = stormed(0..3);
    world.end_all(End::Accepted);
    world.ack(1, "ann");
    world.ask(Command::Split { alert: AlertId(1), parts: vec![2, 3], by: "ann".into() });
    let counts = |world: &World| world.alerts().iter().map(|alert| (alert.others, alert.hits)).collect::<Vec<_>>();
    assert_eq!(counts(&world), [(0, 1), (1, 2)]);
    assert_eq!(world.held_by(), ["bob sms".to_owned()].into(), "ann knows");
    world.restart();
    world.attack("u2");
    world.attack("u0");
    assert_eq!(counts(&world), [(0, 2), (1, 3)]);
    for wrong in [vec![], vec![7], vec![1, 2]] {
        world.ask(Command::Split { alert: AlertId(2), parts: wrong, by: "ann".into() });
        assert_eq!(world.alerts().len(), 2);
    }
}

/// X11, and what is said of it is true.
#[test]
fn an_erratum_reaches_exactly_those_who_were_told() {
    let mut world = stormed(0..1);
    let wrong = || Command::Erratum { alert: AlertId(1), text: "it is the other server".to_owned(), by: "cleo".into() };
    let told = |answer: Answer| match answer {
        Answer::Done(Done::PutRight { told, .. }) => told,
        other => panic!("{other:?}"),
    };
    world.ack(1, "cleo");
    assert_eq!(told(world.ask(wrong())), 0, "nobody was told anything yet");
    assert!(world.held.is_empty(), "{:?}", world.held_by());
    world.ask(Command::Escalate { alert: AlertId(1), to: Some(1) });
    assert_eq!(world.held_by(), ["ann mail".to_owned(), "ann sms".to_owned()].into());
    world.end_all(End::Accepted);
    assert_eq!(told(world.ask(wrong())), 1);
    assert_eq!(world.held_by(), ["ann mail".to_owned(), "ann sms".to_owned()].into());
}
