//! Random histories: attacks, exercises, answers, channels in every mood, and a machine that dies between any two steps,
//! also when something was ordered and not done yet. Whatever happens, nobody is forgotten, nothing is real that is not,
//! and the ledger holds.

mod events;
mod laws;

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, TestRunner};
use vigie::alert::chain::{PageReason, Status};
use vigie::api::Command;
use vigie::api::Purpose;
use vigie::base::id::{AlertId, PageId};
use vigie::base::level::Level;
use vigie::base::realm::Realm;
use vigie::store::PageState;

use super::world::{End, World, attack};
use events::{EDITS, Event, PEOPLE, events};

/// A world and what a bystander knows of it.
struct History {
    world: World,
    attacks: u64,
    copies: u64,
    refusals: bool,
    /// Which edits stand in the files.
    edited: BTreeSet<usize>,
    /// Alerts that were silenced: somebody may have taken one of which nobody was told.
    silenced: BTreeSet<AlertId>,
}

impl History {
    fn happen(&mut self, event: Event) {
        let world = &mut self.world;
        match event {
            Event::Attack(user, first) => {
                world.write(if first { "a" } else { "b" }, &attack(&format!("u{user}")));
                self.attacks += 1;
            }
            Event::Trifle(user) => {
                let line = format!(r#"{{"act":"try","user":"u{user}"}}"#);
                (0..3).for_each(|_| world.write("a", &line));
            }
            Event::Copy(which) => {
                let marked = world.logs["a"].iter().filter(|line| line.contains("#EXERCICE")).nth(which).cloned();
                if let Some(line) = marked {
                    world.write("b", &line);
                    self.copies += 1;
                }
            }
            Event::Look => world.look(),
            Event::Inject => world.inject(),
            Event::Pass(seconds) => world.pass(seconds),
            Event::Sleep(seconds) => world.sleep(seconds),
            Event::Begin => world.leaving.extend(world.held.keys()),
            Event::Post(which, end) => {
                if let Some(page) = world.held.keys().nth(which).copied() {
                    self.refusals |= end == End::Refused;
                    world.end(page, end);
                }
            }
            Event::PostAll(end) => {
                // Only what is held now: what follows from it is another event.
                for page in world.held.keys().copied().collect::<Vec<PageId>>() {
                    self.refusals |= end == End::Refused;
                    if world.held.contains_key(&page) {
                        world.end(page, end);
                    }
                }
            }
            Event::Silence(user, from, lasts) => drop(world.silence(user, from, lasts)),
            Event::Clock(seconds) => {
                world.move_clock(SignedDuration::from_secs(seconds));
                world.step(Vec::new());
            }
            Event::Edit(which) => self.edit(which),
            Event::StartDrill => drop(world.start_drill()),
            Event::StopDrill => {
                if let Some(drill) = world.core().running_drills().first().copied() {
                    world.stop_drill(drill);
                }
            }
            Event::Die => world.restart(),
            Event::LookAndDie => {
                let unread = world.unread();
                world.step_and_die(unread);
            }
            Event::PassAndDie(seconds) => {
                world.now += SignedDuration::from_secs(seconds);
                world.step_and_die(Vec::new());
            }
            said => drop(world.ask(said.command().expect("something that somebody says"))),
        }
    }

    fn edit(&mut self, which: usize) {
        let (file, before, after) = EDITS[which];
        self.world.die();
        if self.edited.remove(&which) {
            self.world.edit(file, after, before);
        } else {
            self.edited.insert(which);
            self.world.edit(file, before, after);
        }
        self.world.start();
    }

    /// Everything works from here on, and nobody answers: up to the end of every chain, and then of every alert.
    fn come_to_rest(&mut self) {
        let world = &mut self.world;
        for drill in world.core().running_drills() {
            world.stop_drill(drill);
        }
        world.inject();
        world.look();
        for _ in 0..16 {
            world.end_all(End::Accepted);
            world.pass(301);
        }
        world.end_all(End::Accepted);
        self.chains_came_to_their_end();
        let world = &mut self.world;
        for alert in world.alerts().iter().filter(|alert| alert.open()) {
            world.ask(Command::Resolve { alert: alert.id, reason: None, by: "ann".into() });
        }
        // One message a minute, and there may be many.
        for _ in 0..12 {
            world.end_all(End::Accepted);
            world.pass(600);
        }
        world.end_all(End::Accepted);
        world.pass(3600);
        assert!(world.held.is_empty(), "somebody is paged about nothing: {:?}", world.held_by());
    }

    fn chains_came_to_their_end(&self) {
        for alert in self.world.alerts().iter().filter(|alert| alert.open() && alert.ailing.is_none()) {
            assert_eq!(alert.realm, Realm::Live, "an alert of a drill outlived it");
            let escalation = self.world.alert(alert.id).1.expect("it escalates");
            let held = matches!(escalation.status, Status::Acked { .. });
            assert!(held || escalation.deadline().is_some(), "{} is dead: {escalation:?}", alert.id);
            if !alert.acks.is_empty() || self.refusals {
                continue;
            }
            let told: BTreeSet<&str> = self
                .world
                .arrived
                .iter()
                .filter_map(|arrived| match &arrived.purpose {
                    Purpose::Escalation { alert: of, key, .. } if *of == alert.id => match key.reason {
                        PageReason::Turn | PageReason::Again(_) => Some(arrived.person.as_str()),
                        _ => None,
                    },
                    _ => None,
                })
                .collect();
            let everybody = if alert.level == Level::Critical { PEOPLE.into() } else { ["bob"].into() };
            assert!(told.is_superset(&everybody), "{}: somebody was never told: {told:?}", alert.id);
        }
    }

    fn check(&self) {
        self.world.ledger_is_whole();
        self.every_line_was_counted_once();
        self.every_page_was_owed_once_and_settled();
        self.nothing_arrived_too_often();
    }

    fn every_line_was_counted_once(&self) {
        let (mut live, mut copies) = (0, 0);
        // What vigie itself suffered came of no line.
        for alert in self.world.alerts().into_iter().filter(|alert| alert.ailing.is_none()) {
            let mut hits = 0;
            for detection in self.world.detections(alert.id) {
                hits += detection.hits;
                if detection.rule != Some("ward.attack".into()) {
                    continue;
                }
                let exercise = detection.subject.iter().any(|(_, value)| value == "drill");
                match (alert.realm, exercise) {
                    (Realm::Live, false) => live += detection.hits,
                    (Realm::Live, true) => copies += detection.hits,
                    (Realm::Drill(_), true) => {}
                    (Realm::Drill(_), false) => panic!("a real line was taken for an exercise: {alert:?}"),
                }
            }
            assert_eq!(alert.hits, hits, "{}", alert.id);
        }
        assert_eq!((live, copies), (self.attacks, self.copies), "hits of real lines, and of copies of a drill's lines");
        let raised: Vec<String> =
            self.world.entries("alert.raised").iter().map(|body| body["alert"].to_string()).collect();
        let once: BTreeSet<&String> = raised.iter().collect();
        assert_eq!((raised.len(), once.len()), (self.world.alerts().len(), self.world.alerts().len()));
    }

    fn every_page_was_owed_once_and_settled(&self) {
        for page in self.world.pages() {
            assert!(page.state.settled(), "{} is stuck: {:?}", page.id, page.state);
        }
        let owed: Vec<String> = self.world.entries("page.owed").iter().map(|body| body["for"].to_string()).collect();
        let once: BTreeSet<&String> = owed.iter().collect();
        assert_eq!(owed.len(), once.len(), "a page was owed twice");
        assert_eq!(owed.len(), self.world.pages().len());
    }

    fn nothing_arrived_too_often(&self) {
        let mut arrivals: BTreeMap<PageId, Vec<bool>> = BTreeMap::new();
        for arrived in &self.world.arrived {
            arrivals.entry(arrived.page).or_default().push(arrived.is_repeat());
        }
        for page in self.world.pages() {
            let repeats = arrivals.remove(&page.id).unwrap_or_default();
            let unclear = self.world.unclear.get(&page.id).copied().unwrap_or(0);
            assert!(repeats.len() <= 1 + unclear, "{} arrived {} times", page.id, repeats.len());
            assert!(repeats.iter().skip(1).all(|repeat| *repeat), "{} came again without saying so", page.id);
            let in_doubt = unclear > 0 || self.world.doubted.contains(&page.id);
            assert!(in_doubt || !repeats.contains(&true), "{} says it is a repeat and cannot be", page.id);
            assert!(page.state != PageState::Accepted || !repeats.is_empty(), "{} never arrived", page.id);
        }
        assert!(arrivals.is_empty(), "letters that no page led to: {arrivals:?}");
    }
}

/// Tries so many histories, or as `VIGIE_HISTORIES` says.
fn try_histories(cases: u32, law: impl Fn(&[Event])) {
    let cases = std::env::var("VIGIE_HISTORIES").map_or(cases, |cases| cases.parse().expect("a number"));
    let config =
        Config { cases, failure_persistence: Some(Box::new(FileFailurePersistence::Off)), ..Config::default() };
    let histories = prop::collection::vec(events(), 1..45);
    let outcome = TestRunner::new(config).run(&histories, |events| {
        law(&events);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

#[test]
fn whatever_happens_nobody_is_forgotten_and_nothing_is_real_that_is_not() {
    try_histories(200, |events| drop(play(World::new(), events)));
}

#[test]
fn two_runs_of_a_history_keep_the_same_bytes() {
    // In the same place, whose name stands in every message.
    let run = |events: &[Event]| play(World::named("two-runs"), events).bytes();
    try_histories(20, |events| {
        let (one, other) = (run(events), run(events));
        let differs = one.bytes().zip(other.bytes()).position(|(one, other)| one != other);
        let around = |text: &str| differs.map(|at| text[at.saturating_sub(80)..].chars().take(200).collect::<String>());
        assert!(one == other, "{:#?}\n{:#?}", around(&one), around(&other));
    });
}

fn play(world: World, events: &[Event]) -> History {
    let mut history =
        History { world, attacks: 0, copies: 0, refusals: false, edited: BTreeSet::new(), silenced: BTreeSet::new() };
    for event in events {
        history.happen(*event);
        history.holds();
    }
    history.come_to_rest();
    history.check();
    history
}

#[test]
fn what_got_graver_in_somebodys_hands_behind_a_silence_is_asked_about_when_that_ends() {
    let graver = [Event::Trifle(1), Event::Look, Event::Hand(1, 0, 0), Event::Attack(1, true)];
    let silenced = [Event::Silence(1, 0, 602), Event::Look, Event::Sleep(300), Event::Sleep(400)];
    let mut history = play(World::new(), &[graver, silenced].concat());
    let asked = history.world.pages().iter().any(|row| row.letter.contains("[A1 critical, was held back"));
    assert!(asked, "whoever has it knows how grave it is by now");
    history.holds();
}

#[test]
fn what_a_channel_says_after_it_was_given_up_leaves_a_doubt() {
    for end in [End::Later, End::Accepted, End::Unclear, End::Silent, End::Dead] {
        drop(play(
            World::new(),
            &[
                Event::Attack(0, false),
                Event::Look,
                Event::Begin,
                Event::Sleep(301),
                Event::Sleep(3601),
                Event::Post(0, end),
            ],
        ));
    }
}
