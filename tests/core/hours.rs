//! B3: what can wait for working hours wakes nobody at night.

use vigie::alert::chain::Standing;

use super::world::{End, World};

#[test]
fn what_comes_at_night_waits_for_the_hours_of_its_chain_and_for_no_longer() {
    let mut world = World::new();
    world.edit("chains.yaml", "    reack: 2h\n", "    reack: 2h\n    hours: mon-fri 08:00-18:00\n");
    world.restart();
    // A Sunday at 22:00.
    world.attack("u");
    assert!(world.held.is_empty(), "{:?}", world.held_by());
    let until = "2026-02-02T08:00:00Z".parse().unwrap();
    assert_eq!(world.alerts()[0].standing, Standing::Waits { until: Some(until) });
    // Also over a start.
    world.restart();
    world.pass(10 * 3600 - 1);
    assert!(world.held.is_empty(), "{:?}", world.held_by());
    world.pass(1);
    assert_eq!(world.held_by(), ["ann mail".to_owned(), "ann sms".to_owned()].into());
    world.end_all(End::Accepted);
    assert_eq!(world.entries("chain.waits").len(), 1);
}
