//! Clocks that are wrong: of the logs, and of the machine itself.

use vigie::api::{Fact, SourceFact};
use vigie::base::id::AlertId;

use super::world::{End, World};

fn a_try(world: &mut World, ahead: i64) {
    let time = world.now + jiff::SignedDuration::from_secs(ahead);
    world.write("a", &format!("{{\"time\":\"{time}\",\"act\":\"try\",\"user\":\"u\"}}"));
    world.look();
}

#[test]
fn events_from_the_future_count_when_they_arrive() {
    let mut world = World::new();
    // Two tries by a clock two hours ahead, and half an hour later one by a right clock: no burst.
    a_try(&mut world, 7200);
    a_try(&mut world, 7200);
    world.pass(1800);
    a_try(&mut world, 0);
    assert_eq!(world.alerts().len(), 0);
    assert_eq!(world.told.iter().filter(|fact| matches!(fact, Fact::Source(SourceFact::Ahead { .. }))).count(), 1);
    // Three within five minutes are one, whatever their clock says; and the alert is not from the future.
    a_try(&mut world, 7200);
    a_try(&mut world, 3600);
    assert_eq!(world.alerts().len(), 1);
    assert!(world.alert(AlertId(1)).0.last <= world.now);
}

#[test]
fn a_clock_set_back_by_an_hour_delays_nobody() {
    let mut world = World::new();
    world.attack("u");
    world.end_all(End::Accepted);
    world.pass(9 * 60);
    world.sleep(-3600);
    assert_eq!(world.entries("clock.set_back").len(), 1);
    world.pass(59);
    assert!(world.held.is_empty(), "not too early");
    world.pass(2);
    assert!(world.held_by().contains("bob sms"), "ten minutes are over: {:?}", world.held_by());
}

#[test]
fn a_clock_set_back_while_the_machine_was_off_delays_nobody() {
    let mut world = World::new();
    world.attack("u");
    world.end_all(End::Accepted);
    world.pass(9 * 60);
    world.die();
    world.now -= jiff::SignedDuration::from_hours(24);
    world.start();
    world.pass(11 * 60);
    assert!(world.held_by().contains("bob sms"), "{:?}", world.held_by());
}

#[test]
fn a_retry_is_not_put_off_by_a_clock_set_back() {
    let mut world = World::new();
    world.attack("u");
    world.end_all(End::Later);
    world.sleep(-3600);
    world.pass(5);
    assert_eq!(world.held.len(), 2);
}

#[test]
fn a_clock_set_forward_or_a_machine_that_slept_goes_on_where_it_should_be_and_tells_everybody_once() {
    let mut world = World::new();
    world.attack("u");
    world.end_all(End::Accepted);
    world.sleep(3600);
    let held = world.held_by();
    assert!(held.iter().any(|held| held.starts_with("bob")) && held.iter().any(|held| held.starts_with("cleo")));
    world.end_all(End::Accepted);
    let mut pages: Vec<_> = world.arrived.iter().map(|arrived| (arrived.person.clone(), arrived.page)).collect();
    pages.sort();
    let all = pages.len();
    pages.dedup();
    assert_eq!(pages.len(), all);
    world.ledger_is_whole();
}

#[test]
fn a_small_correction_of_the_clock_is_no_event() {
    let mut world = World::new();
    world.attack("u");
    world.sleep(-2);
    assert_eq!(world.entries("clock.set_back").len(), 0);
}
