//! Where the exercise ends and the real world begins: a line, an alert, a page is of one or of the other.

use vigie::api::{Act, Answer, Command};
use vigie::base::id::AlertId;
use vigie::base::realm::Realm;
use vigie::base::seal::Key;
use vigie::core::Input;
use vigie::watch::label;

use super::world::{End, World, attack};

/// A drill whose first line is ordered.
fn begun() -> (World, vigie::base::id::DrillId) {
    let mut world = World::new();
    let drill = world.start_drill().unwrap();
    world.end_all(End::Accepted);
    world.pass(61);
    assert!(!world.ordered.is_empty());
    (world, drill)
}

fn realms(world: &World) -> Vec<Realm> {
    world.alerts().iter().filter(|alert| alert.ailing.is_none()).map(|alert| alert.realm).collect()
}

#[test]
fn lines_of_a_drill_raise_a_drill_alert_and_reach_players_at_listed_addresses_only() {
    let (mut world, drill) = begun();
    world.inject();
    world.look();
    assert_eq!(realms(&world), [Realm::Drill(drill)]);
    // No text messages: the list of drills has none.
    assert_eq!(world.held_by(), ["ann mail".to_owned()].into());
    world.end_all(End::Accepted);
    for _ in 0..6 {
        world.pass(10 * 60 - 1);
        world.end_all(End::Accepted);
    }
    assert!(
        world.arrived.iter().all(|arrived| arrived.person != "cleo" || format!("{:?}", arrived.address) == "Folder")
    );
}

#[test]
fn an_answer_to_a_drill_alert_leaves_the_real_one_about_the_same_thing_alone() {
    let (mut world, drill) = begun();
    world.inject();
    world.look();
    world.attack("drill");
    assert_eq!(realms(&world), [Realm::Drill(drill), Realm::Live]);
    world.end_all(End::Accepted);
    world.ack(1, "ann");
    assert!(world.alert(AlertId(2)).0.acks.is_empty());
    world.pass(10 * 60);
    assert!(world.held_by().contains("bob sms"), "the real one goes on: {:?}", world.held_by());
}

#[test]
fn a_line_read_after_its_drill_was_stopped_is_neither_real_nor_an_alert_also_in_the_same_breath() {
    let (mut world, drill) = begun();
    world.inject();
    let stop = Command::Drill { drill, act: Act::Stop { why: "enough".to_owned() } };
    let mut inputs = vec![Input::Asked { ask: stop.into(), ticket: 1, caller: None }];
    inputs.extend(world.unread());
    world.step(inputs);
    assert_eq!(realms(&world), []);
    assert!(world.held.is_empty());
}

#[test]
fn lines_in_flight_when_the_drill_was_stopped_and_the_machine_died_are_still_the_drills() {
    let (mut world, drill) = begun();
    let ordered = world.ordered.clone();
    assert!(matches!(world.stop_drill(drill), Answer::Done(_)));
    world.restart();
    for (.., lines) in ordered {
        for line in lines {
            world.write("a", &line);
        }
    }
    world.look();
    assert_eq!(realms(&world), []);
    // The same lines once more are copies.
    let copies = world.logs["a"].clone();
    for line in &copies {
        world.write("a", line);
    }
    world.look();
    assert_eq!(realms(&world), [Realm::Live]);
}

#[test]
fn a_copy_is_real_wherever_it_is_put_and_the_original_stays_the_drills() {
    let (mut world, drill) = begun();
    world.inject();
    let genuine = world.logs["a"][0].clone();
    // Somebody copies it into another log, which is read first.
    world.write("b", &genuine);
    let (a, b): (Vec<_>, Vec<_>) = world
        .unread()
        .into_iter()
        .partition(|input| matches!(input, Input::Lines(batch) if batch.source.as_str() == "a"));
    world.step(b);
    assert_eq!(realms(&world), [Realm::Live]);
    world.step(a);
    assert_eq!(realms(&world), [Realm::Live, Realm::Drill(drill)]);
    // And again after a restart.
    world.restart();
    world.write("a", &genuine);
    world.look();
    assert_eq!(world.alert(AlertId(1)).0.hits, 2);
    assert_eq!(world.alert(AlertId(2)).0.hits, 1);
}

#[test]
fn labels_that_were_never_given_out_are_real() {
    let (mut world, drill) = begun();
    let key = Key::from_bytes([7; 32]);
    let other = Key::from_bytes([8; 32]);
    let line = attack("x");
    let genuine = world.ordered[0].3[0].clone();
    for forged in [
        label::mark(&line, drill, 999, &key),
        label::mark(&line, vigie::base::id::DrillId(7), 1, &key),
        label::mark(&line, drill, 1, &key),
    ] {
        world.write("a", &forged);
    }
    world.look();
    // Another text than the ordered one cannot carry the number of it: number 1 was really given out, for another text,
    // but whoever has the key is this daemon. What anybody else signs is real as it stands.
    world.write("a", &label::mark(&line, drill, 2, &other));
    world.look();
    assert!(realms(&world).contains(&Realm::Live));
    let nested = format!("{{\"act\":\"attack\",\"user\":\"y\",\"said\":{}}}", serde_json::to_string(&genuine).unwrap());
    world.write("a", &nested);
    world.look();
    let about_y = |alert: &vigie::alert::Alert| {
        let subjects = world.detections(alert.id).into_iter().flat_map(|detection| detection.subject);
        subjects.into_iter().any(|(_, value)| value == "y")
    };
    let y = world.alerts().into_iter().find(about_y).expect("seen");
    assert_eq!(y.realm, Realm::Live, "a label in the middle of a line is only text");
}

#[test]
fn a_restart_in_the_middle_of_a_drill_writes_again_what_may_be_missing_and_nothing_turns_real() {
    let (mut world, drill) = begun();
    world.inject();
    world.pass(30);
    // Ordered, perhaps half written, and the machine dies.
    let half = world.ordered.first().map(|(.., lines)| lines[0].clone());
    world.restart();
    if let Some(line) = half {
        world.write("a", &line);
    }
    for _ in 0..10 {
        world.inject();
        world.look();
        world.pass(20);
    }
    assert!(realms(&world).iter().all(|realm| *realm == Realm::Drill(drill)), "{:?}", world.alerts());
    assert!(world.alerts()[0].hits >= 3);
}

#[test]
fn messages_of_a_drill_that_ended_are_not_sent_after_a_crash() {
    let mut world = World::new();
    let drill = world.start_drill().unwrap();
    assert_eq!(world.held.len(), 2);
    world.held.clear();
    world.stop_drill(drill);
    world.restart();
    world.pass(3600);
    assert!(world.held.is_empty());
    assert_eq!(world.arrived.len(), 0);
}

#[test]
fn lines_of_a_drill_wait_until_their_numbers_are_kept() {
    let mut world = World::new();
    let drill = world.start_drill().unwrap();
    world.end_all(End::Accepted);
    let blocker = world.fill();
    world.pass(61);
    assert!(!world.core().is_kept());
    // Whatever of the drill was written now would be a real attack after a crash.
    world.inject();
    world.restart();
    blocker.execute_batch("DROP TRIGGER full").unwrap();
    world.pass(61);
    world.inject();
    world.look();
    assert!(!realms(&world).is_empty() && realms(&world).iter().all(|realm| *realm == Realm::Drill(drill)));
}

#[test]
fn lines_that_waited_for_the_store_are_written_when_it_can_be_written_again() {
    let mut world = World::new();
    let drill = world.start_drill().unwrap();
    let blocker = world.fill();
    world.pass(61);
    assert!(world.ordered.is_empty(), "{:?}", world.ordered);
    blocker.execute_batch("DROP TRIGGER full").unwrap();
    world.pass(2);
    world.inject();
    world.look();
    assert_eq!(realms(&world).first(), Some(&Realm::Drill(drill)));
}

#[test]
fn no_drill_starts_while_nothing_can_be_written() {
    let mut world = World::new();
    let blocker = world.fill();
    world.ask(Command::Raise {
        title: "screens are black".to_owned(),
        level: vigie::base::level::Level::Informational,
        told_by: None,
        by: "ann".into(),
    });
    assert!(!world.core().is_kept());
    assert!(world.start_drill().is_none());
    blocker.execute_batch("DROP TRIGGER full").unwrap();
    world.pass(2);
    assert!(world.start_drill().is_some());
    let raised = world.entries("alert.raised");
    assert_eq!(raised.iter().filter(|raised| raised["title"]["en"] == "screens are black").count(), 1);
}

#[test]
fn a_message_of_a_drill_takes_the_first_channel_that_the_site_allows_and_that_leads_there() {
    for (allow, by) in
        [("mail, paper", "mail"), ("paper, mail", "folder"), ("sms, mail", "mail"), ("sms, paper", "folder")]
    {
        let mut world = World::new();
        world.die();
        world.edit("vigie.yaml", "allow: [mail, paper]", &format!("allow: [{allow}]"));
        world.start();
        world.start_drill().unwrap();
        let held = world.held_by();
        assert!(!held.is_empty() && held.iter().all(|held| held.ends_with(by)), "[{allow}]: {held:?}");
    }
}
