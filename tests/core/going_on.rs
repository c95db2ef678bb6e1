//! An attack that goes on: its condition became true once and stays so.

use vigie::api::Command;
use vigie::base::id::AlertId;

use super::world::{End, World};

fn tries(world: &mut World, user: &str, count: usize) {
    for _ in 0..count {
        world.write("a", &format!(r#"{{"act": "try", "user": "{user}"}}"#));
        world.look();
        world.pass(1);
    }
}

/// A1: 20 renames per half second by one account, resolved, and they go on.
#[test]
fn an_attack_that_outlives_its_alert_is_told_again() {
    let mut world = World::new();
    tries(&mut world, "mallory", 10);
    assert_eq!(world.alerts().len(), 1);
    world.end_all(End::Accepted);
    let before = world.arrived.len();
    assert!(before >= 1);
    world.ask(Command::Resolve { alert: AlertId(1), reason: None, by: "ann".into() });
    world.end_all(End::Accepted);
    tries(&mut world, "mallory", 1);
    world.end_all(End::Accepted);
    assert!(world.alerts().iter().any(vigie::alert::Alert::open), "{:?}", world.alerts());
    assert!(world.arrived.len() > before, "somebody is told again");
    // It is one alert for as long as it goes on, and nobody is told of each event.
    let (alerts, arrived) = (world.alerts().len(), world.arrived.len());
    tries(&mut world, "mallory", 20);
    world.end_all(End::Accepted);
    assert_eq!((world.alerts().len(), world.arrived.len()), (alerts, arrived));
    // Also after a crash.
    world.ask(Command::Resolve { alert: world.alerts().last().unwrap().id, reason: None, by: "ann".into() });
    world.end_all(End::Accepted);
    world.restart();
    let arrived = world.arrived.len();
    tries(&mut world, "mallory", 1);
    world.end_all(End::Accepted);
    assert!(world.arrived.len() > arrived, "a window remembers what it was told, not who ended the alert");
}

/// A2: 6 000 renames over ten minutes are not one.
#[test]
fn what_goes_on_is_counted_and_its_last_time_is_kept_current() {
    let mut world = World::new();
    tries(&mut world, "mallory", 600);
    let alerts = world.alerts();
    assert_eq!(alerts.len(), 1);
    assert!(alerts[0].hits >= 598, "{}", alerts[0].hits);
    assert!(alerts[0].last.duration_since(alerts[0].first).as_secs() > 590, "{:?}", alerts[0]);
    // Another account that does the same at the same time is the same attack.
    tries(&mut world, "other", 5);
    let alerts = world.alerts();
    assert_eq!((alerts.len(), alerts[0].others), (1, 1));
}
