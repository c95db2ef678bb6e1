//! One rule, very many subjects: twelve alerts, then one that stands for the others and counts them.

use vigie::api::Command;
use vigie::base::id::AlertId;

use super::world::{End, World};

#[test]
fn the_thirteenth_subject_joins_the_twelfth_alert_and_each_subject_counts_once() {
    let mut world = World::new();
    for user in 0..12 {
        world.attack(&format!("u{user}"));
    }
    assert_eq!(world.alerts().len(), 12);
    for user in 12..20 {
        world.attack(&format!("u{user}"));
        world.attack(&format!("u{user}"));
    }
    let alerts = world.alerts();
    assert_eq!(alerts.len(), 12);
    assert_eq!((alerts[11].others, alerts[11].hits), (8, 17), "eight more subjects, twice each");
    assert_eq!(alerts.iter().map(|alert| alert.hits).sum::<u64>(), 28, "no hit is lost");
    assert_eq!(world.entries("alert.stands_for_others").len(), 1);
    // A known subject still joins its own.
    world.attack("u3");
    assert_eq!(world.alert(AlertId(4)).0.hits, 2);
}

#[test]
fn when_the_alert_that_stands_for_others_is_over_their_next_hits_are_alerts_again() {
    let mut world = World::new();
    for user in 0..14 {
        world.attack(&format!("u{user}"));
    }
    world.end_all(End::Accepted);
    world.pass(11 * 60);
    for alert in 1..=12 {
        world.ask(Command::Resolve { alert: AlertId(alert), by: "ann".into() });
    }
    world.attack("u13");
    assert_eq!(world.alerts().len(), 13);
    assert!(world.alert(AlertId(13)).0.open());
}

#[test]
fn a_subject_that_joined_the_alert_of_another_still_belongs_to_it_after_a_crash() {
    let mut world = World::new();
    for user in 0..14 {
        world.attack(&format!("u{user}"));
    }
    world.end_all(End::Accepted);
    for alert in 1..=12 {
        world.ack(alert, "ann");
    }
    world.restart();
    // The twelve are no longer recent: whoever is unknown now is an alert of its own.
    world.pass(11 * 60);
    world.attack("u13");
    let alerts = world.alerts();
    assert_eq!((alerts.len(), alerts[11].others, alerts[11].hits), (12, 2, 4));
    assert!(world.held.is_empty(), "somebody was told again: {:?}", world.held_by());
    world.attack("u14");
    assert_eq!(world.alerts().len(), 13);
    // With the alert they are forgotten, also on disk.
    world.ask(Command::Resolve { alert: AlertId(12), by: "ann".into() });
    world.restart();
    world.attack("u13");
    assert_eq!(world.alerts().len(), 14);
}
