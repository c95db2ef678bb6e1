//! An attack that hides behind a trifle: what joins an alert and is graver is asked about anew, whoever has it.

use vigie::api::Command;
use vigie::base::id::AlertId;
use vigie::base::level::Level;

use super::world::{End, World};

/// Somebody tries often, which is a trifle.
fn trifle(world: &mut World) {
    for _ in 0..3 {
        world.write("a", r#"{"act": "try", "user": "mallory"}"#);
        world.look();
    }
    world.end_all(End::Accepted);
    assert_eq!(world.alerts()[0].level, Level::Low);
}

fn held(names: &[&str]) -> std::collections::BTreeSet<String> {
    names.iter().map(ToString::to_string).collect()
}

#[test]
fn who_has_the_trifle_is_asked_and_then_the_chain_of_the_attack() {
    let mut world = World::new();
    trifle(&mut world);
    world.ack(1, "bob");
    world.attack("mallory");
    let alert = &world.alerts()[0];
    assert_eq!((world.alerts().len(), alert.level, alert.signs), (1, Level::Critical, 2));
    assert_eq!(world.held_by(), held(&["bob sms"]));
    world.end_all(End::Accepted);
    // Also where vigie dies meanwhile.
    world.restart();
    world.pass(10 * 60);
    assert_eq!(world.held_by(), held(&["ann mail", "ann sms"]), "from its first step");
    world.ack(1, "ann");
    assert_eq!(world.entries("alert.graver").len(), 1);
}

#[test]
fn a_trifle_that_nobody_has_yet_goes_up_the_chain_of_the_attack_at_once() {
    let mut world = World::new();
    trifle(&mut world);
    world.attack("mallory");
    assert_eq!(world.held_by(), held(&["ann mail", "ann sms"]));
}

#[test]
fn a_trifle_of_which_nobody_is_told_hides_nothing() {
    let mut world = World::new();
    world.edit("chains.yaml", "when: {level: low}", "when: {level: high}");
    world.restart();
    trifle(&mut world);
    assert!(world.arrived.is_empty(), "no chain takes it");
    world.attack("mallory");
    assert_eq!(world.held_by(), held(&["ann mail", "ann sms"]));
}

/// What was ended as a trifle comes back as what it is.
#[test]
fn an_attack_behind_a_trifle_that_is_over_is_an_alert_of_its_own() {
    let mut world = World::new();
    trifle(&mut world);
    world.ask(Command::Resolve { alert: AlertId(1), reason: None, by: "bob".into() });
    world.attack("mallory");
    assert_eq!(world.alerts().len(), 2);
    assert_eq!(world.held_by(), held(&["ann mail", "ann sms"]));
}
