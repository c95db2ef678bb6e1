//! Clocks that are wrong: of the logs, and of the machine itself.

use jiff::SignedDuration;
use proptest::prelude::*;
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

/// Bob is next, ten minutes after the first was told; how long that took on the boot clock, in tenths of a second, where
/// the wall was moved so many times meanwhile: by how much, and how long after the time before, both in tenths.
fn until_bob(moves: &[(i64, i64)]) -> i64 {
    let mut world = World::new();
    world.attack("u");
    world.end_all(End::Accepted);
    let told = |world: &World| world.held_by().iter().any(|held| held.starts_with("bob sms"));
    let mut passed = 0;
    for (by, after) in moves {
        for _ in 0..*after {
            if told(&world) {
                return passed;
            }
            world.pass_tenths(1);
            passed += 1;
        }
        world.move_clock(SignedDuration::from_millis(by * 100));
    }
    while !told(&world) {
        world.pass_tenths(1);
        passed += 1;
        assert!(passed < 100_000, "nobody is told");
    }
    passed
}

#[test]
fn what_is_due_in_ten_minutes_is_due_in_ten_minutes_however_the_clock_is_moved() {
    let due = 10 * 60 * 10;
    let back = [(-40, 13); 8];
    for moves in [&[][..], &back, &[(36_000, 50)], &[(36_000, 50), (-36_000, 50)], &[(-864_000, 0)], &[(20, 1); 40]] {
        assert!((due - 10..=due + 10).contains(&until_bob(moves)), "{moves:?}: {}", until_bob(moves));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_deadline_is_met_whatever_the_clock_on_the_wall_does(
        moves in prop::collection::vec((prop_oneof![-100..100i64, -100_000..100_000i64], 0..2_000i64), 0..8),
    ) {
        let due = 10 * 60 * 10;
        let took = until_bob(&moves);
        prop_assert!((due - 10..=due + 10).contains(&took), "{took}");
    }
}

#[test]
fn a_clock_moved_far_is_told_to_people_and_never_moves_two_steps_at_once() {
    let mut world = World::new();
    world.attack("u");
    world.end_all(End::Accepted);
    world.move_clock(SignedDuration::from_hours(1));
    world.step(Vec::new());
    assert_eq!(world.entries("clock.set_forward").len(), 1);
    let about: Vec<String> = world.alerts().iter().map(|alert| format!("{:?}", alert.ailing)).collect();
    assert_eq!(about, ["None", "Some(\"clock\")"]);
    assert!(!world.held_by().iter().any(|held| held.starts_with("bob sms")), "{:?}", world.held_by());
    world.move_clock(SignedDuration::from_hours(-1));
    world.step(Vec::new());
    assert_eq!(world.alerts().iter().filter(|alert| alert.open()).count(), 1, "it is well again");
    world.ledger_is_whole();
}

#[test]
fn an_exercise_goes_on_however_the_clock_is_moved() {
    for by in [-3600, -4, 30, 3600] {
        let mut world = World::new();
        world.start_drill().expect("it starts");
        let before = world.core().deadline().expect("something comes");
        world.move_clock(SignedDuration::from_secs(by));
        world.step(Vec::new());
        let after = world.core().deadline().expect("something comes");
        let moved = after.duration_since(before).as_secs() - by;
        assert!(moved.abs() <= 1, "{by}: {moved}");
        assert_eq!(world.entries("drill.slept").len(), 0);
    }
}
