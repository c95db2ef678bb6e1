//! A store that cannot be written: lines are read and people are paged all the same, they are told of it, nothing is
//! called done that is not kept, and no number is given twice, however the machine dies.

use std::collections::BTreeMap;

use vigie::api::{Answer, Command, Done, Purpose};
use vigie::base::cause::Cause;
use vigie::base::id::{AlertId, PageId};
use vigie::base::level::Level;

use super::world::{End, World};

impl World {
    /// Who holds a letter about what.
    fn told_of(&self, words: &str) -> Vec<String> {
        let held = self.held.values().filter(|(letter, _)| letter.subject().contains(words));
        held.map(|(letter, _)| letter.person().to_string()).collect()
    }

    fn room(&self) {
        let store = rusqlite::Connection::open(self.folder.path().join("state/vigie.db")).unwrap();
        store.execute_batch("DROP TRIGGER IF EXISTS full").unwrap();
    }

    fn raise(&mut self, title: &str) -> Answer {
        self.ask(Command::Raise { title: title.to_owned(), level: Level::Critical, told_by: None, by: "ann".into() })
    }
}

#[test]
fn an_attack_is_paged_from_memory_and_again_after_a_crash_under_another_number() {
    let mut world = World::new();
    let blocker = world.fill();
    world.attack("u");
    assert!(!world.core().is_kept());
    assert_eq!(world.told_of("Attack"), ["ann", "ann"]);
    let of_alert = |purpose: &Purpose| purpose.alert().unwrap();
    let before: Vec<(PageId, AlertId)> =
        world.held.iter().map(|(page, (_, purpose))| (*page, of_alert(purpose))).collect();
    assert_eq!(
        world.core().deadline().map(|deadline| deadline <= world.now),
        Some(true),
        "people are to be told of it"
    );
    // A second one joins it: reading goes on.
    world.attack("v");
    world.restart();
    world.held.clear();
    blocker.execute_batch("DROP TRIGGER full").unwrap();
    world.look();
    let after = &world.held;
    assert_eq!(world.told_of("Attack"), ["ann", "ann"], "what was not kept is read again");
    assert_eq!(world.alerts()[0].hits, 2);
    for (page, alert) in before {
        assert!(!after.contains_key(&page), "{page} is given twice");
        assert!(after.values().all(|(_, purpose)| of_alert(purpose) != alert), "{alert} is given twice");
    }
}

#[test]
fn that_nothing_can_be_kept_is_itself_paged_at_once_and_is_over_a_minute_after_the_end() {
    let mut world = World::new();
    let blocker = world.fill();
    world.attack("u");
    world.pass(0);
    assert_eq!(world.told_of("store of vigie cannot be written"), ["bob"], "by the chain of its level");
    world.end_all(End::Accepted);
    blocker.execute_batch("DROP TRIGGER full").unwrap();
    world.pass(30);
    let open = |world: &World| {
        let about_store = world.alerts().into_iter().filter(|alert| alert.ailing.as_deref() == Some("store"));
        about_store.map(|alert| alert.open()).collect::<Vec<_>>()
    };
    assert!(world.core().is_kept());
    assert_eq!(open(&world), [true], "it could come again");
    world.pass(60);
    assert_eq!(open(&world), [false]);
    assert_eq!(world.entries("store.trouble")[0]["cause"], "other");
    assert_eq!(world.entries("store.well").len(), 1);
    world.ledger_is_whole();
}

#[test]
fn a_store_that_fails_again_and_again_is_one_alert() {
    let mut world = World::new();
    for round in 0..10 {
        let _blocker = world.fill();
        world.attack(&format!("u{round}"));
        world.pass(3);
        world.room();
        world.pass(20);
    }
    let about_store = world.alerts().into_iter().filter(|alert| alert.ailing.as_deref() == Some("store")).count();
    assert_eq!(about_store, 1);
}

#[test]
fn a_trouble_of_before_a_crash_is_over_soon_after_it() {
    let mut world = World::new();
    let _blocker = world.fill();
    world.attack("u");
    world.pass(1);
    world.room();
    world.pass(2);
    world.restart();
    world.pass(61);
    assert!(world.alerts().iter().filter(|alert| alert.ailing.is_some()).all(|alert| !alert.open()));
}

#[test]
fn nothing_is_called_done_that_is_not_kept() {
    let mut world = World::new();
    world.attack("u");
    let _blocker = world.fill();
    for command in [
        Command::Raise { title: "black screens".to_owned(), level: Level::Critical, told_by: None, by: "ann".into() },
        Command::Ack { alert: AlertId(1), by: "bob".into() },
        Command::Escalate { alert: AlertId(1), to: None },
        Command::Resolve { alert: AlertId(1), reason: None, by: "bob".into() },
    ] {
        let answer = world.ask(command);
        assert!(matches!(answer, Answer::NotKept { cause: Cause::Other, .. }), "{answer:?}");
    }
    world.pass(1);
    assert!(world.told_of("black screens").contains(&"bob".to_owned()) || !world.told_of("black screens").is_empty());
    world.room();
    // Somebody who asks is not answered by what was true a second ago.
    assert!(matches!(world.raise("again"), Answer::Done(Done::Raised { .. })));
    let kept = world.alerts();
    assert!(kept.iter().any(|alert| alert.title.en.as_deref() == Some("black screens")), "it is kept by now");
    assert!(!kept[0].open(), "and so is its end");
}

#[test]
fn a_drill_is_not_begun_unkept_and_one_that_runs_says_so() {
    let mut world = World::new();
    let drill = world.start_drill().unwrap();
    let _blocker = world.fill();
    let answer = world.stop_drill(drill);
    assert!(matches!(answer, Answer::NotKept { done: Done::Acted { .. }, .. }), "{answer:?}");
    assert!(world.start_drill().is_none());
}

/// A small generator of numbers (Knuth, MMIX): every run is the same.
fn random(seed: u64) -> u64 {
    let mixed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (mixed ^ (mixed >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33
}

#[test]
fn whatever_happens_no_number_is_given_twice() {
    for history in 0..40 {
        let mut world = World::new();
        // What each number was given to: a number found again must be the same thing.
        let mut given: BTreeMap<String, String> = BTreeMap::new();
        for step in 0..30_u64 {
            let dice = random(history * 1000 + step);
            match dice % 6 {
                0 => drop(world.fill()),
                1 => world.room(),
                2 => {
                    world.restart();
                    world.look();
                }
                3 => {
                    let title = format!("raised {history} {step}");
                    if let Answer::Done(Done::Raised { alert, .. })
                    | Answer::NotKept { done: Done::Raised { alert, .. }, .. } = world.raise(&title)
                    {
                        let before = given.insert(alert.to_string(), title);
                        assert_eq!(before, None, "{alert} is given twice in history {history}");
                    }
                }
                4 => world.attack(&format!("u{step}")),
                _ => world.pass(i64::try_from(dice % 100).unwrap()),
            }
            for (page, (letter, purpose)) in &world.held {
                let what = format!("{purpose:?} to {}", letter.person());
                let before = given.insert(page.to_string(), what.clone());
                assert!(before.is_none_or(|before| before == what), "{page} is given twice in history {history}");
            }
            if step % 7 == 0 {
                world.held.clear();
            }
        }
    }
}
