//! Random histories: attacks, exercises, answers, channels in every mood, and a machine that dies between any two steps,
//! also when something was ordered and not done yet. Whatever happens, nobody is forgotten, nothing is real that is not,
//! and the ledger holds.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, TestRunner};
use vigie::alert::chain::{PageReason, Status};
use vigie::api::Command;
use vigie::api::Purpose;
use vigie::base::id::{AlertId, PageId, SilenceId};
use vigie::base::realm::Realm;
use vigie::store::PageState;

use super::world::{End, World, attack};

#[derive(Debug, Clone, Copy)]
enum Event {
    Attack(u8, bool),
    Copy(usize),
    Look,
    Inject,
    Pass(i64),
    Sleep(i64),
    /// Channels begin to send what they hold.
    Begin,
    Post(usize, End),
    PostAll(End),
    Ack(u64, usize),
    Escalate(u64),
    Resolve(u64),
    /// Somebody silences an account, from so many seconds on, for so many.
    Silence(u8, i64, i64),
    EndSilence(u64),
    StartDrill,
    StopDrill,
    Die,
    LookAndDie,
    PassAndDie(i64),
}

const PEOPLE: [&str; 3] = ["ann", "bob", "cleo"];

fn ends() -> impl Strategy<Value = End> {
    prop_oneof![
        6 => Just(End::Accepted),
        2 => Just(End::Unclear),
        2 => Just(End::Later),
        1 => Just(End::Refused),
        1 => Just(End::Silent),
        1 => Just(End::Dead),
    ]
}

fn seconds() -> impl Strategy<Value = i64> {
    prop_oneof![Just(1), 2..30_i64, Just(61), Just(300), Just(601), Just(7300)]
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (0..3_u8, any::<bool>()).prop_map(|(user, log)| Event::Attack(user, log)),
        1 => (0..8_usize).prop_map(Event::Copy),
        4 => Just(Event::Look),
        3 => Just(Event::Inject),
        4 => seconds().prop_map(Event::Pass),
        1 => seconds().prop_map(Event::Sleep),
        2 => Just(Event::Begin),
        5 => (0..4_usize, ends()).prop_map(|(which, end)| Event::Post(which, end)),
        2 => ends().prop_map(Event::PostAll),
        2 => (1..6_u64, 0..3_usize).prop_map(|(alert, by)| Event::Ack(alert, by)),
        1 => (1..6_u64).prop_map(Event::Escalate),
        1 => (1..6_u64).prop_map(Event::Resolve),
        2 => (0..3_u8, 0..700_i64, 1..2000_i64).prop_map(|(user, from, lasts)| Event::Silence(user, from, lasts)),
        1 => (1..4_u64).prop_map(Event::EndSilence),
        2 => Just(Event::StartDrill),
        1 => Just(Event::StopDrill),
        2 => Just(Event::Die),
        2 => Just(Event::LookAndDie),
        2 => seconds().prop_map(Event::PassAndDie),
    ]
}

/// A world and what a bystander knows of it.
struct History {
    world: World,
    attacks: u64,
    copies: u64,
    refusals: bool,
}

impl History {
    fn happen(&mut self, event: Event) {
        let world = &mut self.world;
        match event {
            Event::Attack(user, first) => {
                world.write(if first { "a" } else { "b" }, &attack(&format!("u{user}")));
                self.attacks += 1;
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
            Event::Ack(alert, by) => drop(world.ack(alert, PEOPLE[by])),
            Event::Escalate(alert) => drop(world.ask(Command::Escalate { alert: AlertId(alert), to: None })),
            Event::Resolve(alert) => {
                drop(world.ask(Command::Resolve { alert: AlertId(alert), reason: None, by: "ann".into() }));
            }
            Event::Silence(user, from, lasts) => drop(world.silence(user, from, lasts)),
            Event::EndSilence(number) => {
                drop(world.ask(Command::EndSilence { silence: SilenceId(number), by: "ann".into() }));
            }
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
                world.now += jiff::SignedDuration::from_secs(seconds);
                world.step_and_die(Vec::new());
            }
        }
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
        world.end_all(End::Accepted);
        world.pass(1200);
        world.end_all(End::Accepted);
        world.pass(1200);
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
                    Purpose::Escalation { .. } | Purpose::Message { .. } | Purpose::Digest { .. } => None,
                })
                .collect();
            assert_eq!(told, PEOPLE.into(), "{}: somebody was never told", alert.id);
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

#[test]
fn whatever_happens_nobody_is_forgotten_and_nothing_is_real_that_is_not() {
    let cases = std::env::var("VIGIE_HISTORIES").map_or(200, |cases| cases.parse().expect("a number"));
    let config =
        Config { cases, failure_persistence: Some(Box::new(FileFailurePersistence::Off)), ..Config::default() };
    let mut runner = TestRunner::new(config);
    let histories = prop::collection::vec(events(), 1..45);
    let outcome = runner.run(&histories, |events| {
        play(&events);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

fn play(events: &[Event]) {
    let mut history = History { world: World::new(), attacks: 0, copies: 0, refusals: false };
    for event in events {
        history.happen(*event);
    }
    history.come_to_rest();
    history.check();
}

#[test]
fn what_a_channel_says_after_it_was_given_up_leaves_a_doubt() {
    for end in [End::Later, End::Accepted, End::Unclear, End::Silent, End::Dead] {
        play(&[
            Event::Attack(0, false),
            Event::Look,
            Event::Begin,
            Event::Sleep(301),
            Event::Sleep(3601),
            Event::Post(0, end),
        ]);
    }
}
