//! Sources that fall silent or cannot be read: people hear of it, also over a start, and of their return.

use vigie::alert::Alert;
use vigie::api::{Answer, Query, Status};
use vigie::base::language::Text;
use vigie::core::Input;
use vigie::watch::source::trouble::{Gravity, Trouble};

use super::world::World;

fn world(silent: &str) -> World {
    let mut world = World::new();
    world.edit("vigie.yaml", "a: {follow: logs/a.log,", &format!("a: {{silent: {silent}, follow: logs/a.log,"));
    world.restart();
    world
}

/// The alerts about sources, as `source:a`, and whether each is still open.
fn about_sources(world: &World) -> Vec<(String, bool)> {
    world.alerts().iter().filter_map(|alert| Some((alert.ailing.clone()?, alert.open()))).collect()
}

fn last(world: &World) -> Alert {
    world.alerts().pop().expect("there is one")
}

fn status(world: &mut World) -> Status {
    // Whoever asks is answered after the ends of logs were looked at; here there is none to look at.
    match world.ask(Query::Status) {
        Answer::Status(status) => *status,
        other => panic!("{other:?}"),
    }
}

fn line(world: &mut World) {
    world.write("a", "{\"act\":\"nothing\"}");
    world.look();
}

fn trouble(gravity: Gravity) -> Trouble {
    let words = Text::quoted("No.");
    Trouble { source: "a".into(), file: "logs/a.log".to_owned(), gravity, what: words.clone(), remedy: words }
}

fn lasting(world: &mut World, troubles: Vec<Trouble>) {
    world.step(vec![Input::Lasting("a".into(), troubles)]);
}

fn said(of: &[(&str, bool)]) -> Vec<(String, bool)> {
    of.iter().map(|(of, open)| ((*of).to_owned(), *open)).collect()
}

#[test]
fn a_source_that_was_alive_and_fell_silent_is_an_alert_until_it_speaks() {
    let mut world = world("1h");
    line(&mut world);
    world.pass(3590);
    line(&mut world);
    world.pass(3599);
    assert_eq!(about_sources(&world), said(&[]));
    let shown = status(&mut world);
    assert!(!shown.in_trouble() && shown.sources[0].last.is_some() && shown.sources[1].last.is_none(), "{shown:?}");
    world.pass(2);
    assert_eq!(about_sources(&world), said(&[("source:a", true)]));
    let alert = last(&world);
    assert!(alert.title.fr.as_ref().unwrap().contains("la source a se tait"), "{alert:?}");
    assert!(alert.description.en.as_ref().unwrap().contains("Last line on"), "{alert:?}");
    assert!(!world.held.is_empty(), "somebody is told");
    let shown = status(&mut world);
    assert!(shown.in_trouble() && shown.sources[0].silent && shown.ailing[0].of == "source:a", "{shown:?}");
    world.pass(24 * 3600);
    assert_eq!(about_sources(&world).len(), 1);
    line(&mut world);
    assert_eq!(about_sources(&world), said(&[("source:a", false)]));
    assert!(!status(&mut world).in_trouble());
    world.ledger_is_whole();
}

#[test]
fn silence_is_measured_over_a_start_and_an_outage_is_none() {
    let mut world = world("1h");
    line(&mut world);
    world.pass(3500);
    world.restart();
    world.pass(99);
    assert_eq!(about_sources(&world), said(&[]));
    world.pass(60);
    assert_eq!(about_sources(&world), said(&[("source:a", true)]), "an hour is over");
    // A start does not raise another, nor end it.
    world.restart();
    world.pass(300);
    assert_eq!(about_sources(&world), said(&[("source:a", true)]));
    line(&mut world);
    assert_eq!(about_sources(&world), said(&[("source:a", false)]));
    // vigie itself was away for a night; what was written meanwhile is read now.
    world.die();
    world.now += jiff::SignedDuration::from_hours(10);
    world.start();
    world.pass(30);
    line(&mut world);
    world.pass(3000);
    assert_eq!(about_sources(&world), said(&[("source:a", false)]));
}

#[test]
fn a_source_that_never_spoke_is_silent_from_when_it_was_first_followed() {
    let mut world = world("1h");
    world.pass(1800);
    world.restart();
    world.pass(1801);
    assert_eq!(about_sources(&world), said(&[("source:a", true)]));
    assert!(last(&world).description.en.unwrap().contains("No line came"));
}

#[test]
fn a_moved_clock_is_no_silence_and_a_line_of_an_exercise_no_life() {
    let mut world = world("1h");
    line(&mut world);
    world.move_clock(jiff::SignedDuration::from_hours(5));
    world.pass(3500);
    assert_eq!(about_sources(&world).iter().filter(|(of, _)| of.starts_with("source")).count(), 0);
    world.move_clock(jiff::SignedDuration::from_hours(-9));
    world.start_drill().expect("it starts");
    world.pass(60);
    world.inject();
    world.look();
    world.pass(60);
    assert!(about_sources(&world).contains(&("source:a".to_owned(), true)), "{:?}", about_sources(&world));
}

#[test]
fn a_source_that_cannot_be_read_for_a_minute_is_an_alert_until_it_can() {
    let mut world = World::new();
    world.pass(100);
    // A rotation, or a share that is mounted anew.
    lasting(&mut world, vec![trouble(Gravity::Warning)]);
    world.pass(59);
    lasting(&mut world, Vec::new());
    world.pass(600);
    assert_eq!(about_sources(&world), said(&[]));
    lasting(&mut world, vec![trouble(Gravity::Warning)]);
    assert!(status(&mut world).in_trouble(), "at once, for whoever asks");
    world.pass(61);
    assert_eq!(about_sources(&world), said(&[("source:a", true)]));
    // The trouble is known to be over only when it is.
    world.restart();
    lasting(&mut world, vec![trouble(Gravity::Warning)]);
    world.pass(600);
    assert_eq!(about_sources(&world), said(&[("source:a", true)]));
    lasting(&mut world, Vec::new());
    assert_eq!(about_sources(&world), said(&[("source:a", false)]));
}

#[test]
fn a_log_that_was_never_there_is_shown_and_wakes_nobody() {
    let mut world = World::new();
    lasting(&mut world, vec![trouble(Gravity::Notice)]);
    world.pass(24 * 3600);
    assert_eq!(about_sources(&world), said(&[]));
    let shown = status(&mut world);
    assert!(shown.in_trouble() && shown.sources[0].troubles.len() == 1, "{shown:?}");
}
