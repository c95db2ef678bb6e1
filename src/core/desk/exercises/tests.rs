//! The desk of exercises alone.

use super::*;
use crate::api::{Act, Done};
use crate::core::desk::valmont::Valmont;
use crate::watch::label::{self, CopyOf};

const PLAYBOOK: &str = "premier-exercice";

struct AtDesk {
    valmont: Valmont,
    exercises: Exercises,
    out: Out,
}

impl AtDesk {
    fn new() -> Self {
        let exercises = Exercises::new(Key::from_bytes([7; 32]));
        Self { valmont: Valmont::new(), exercises, out: Out::default() }
    }

    fn start(&mut self, is_kept: bool) -> Result<Done, Refusal> {
        let beginning = Beginning { playbook: &PLAYBOOK.into(), pace: 1, is_kept };
        self.exercises.start(self.valmont.context(), beginning, &mut self.out)
    }

    /// Time passes until lines are ordered; gives the source and the lines.
    fn ordered(&mut self) -> (SourceName, Vec<String>) {
        for _ in 0..100 {
            self.valmont.now = self.exercises.deadline().expect("the script goes on");
            self.exercises.wake(self.valmont.context(), &mut self.out);
            for order in self.exercises.release(true) {
                if let Order::Inject { source, lines, .. } = order {
                    return (source, lines);
                }
            }
        }
        panic!("no lines were ordered");
    }
}

#[test]
fn one_drill_at_a_time_and_none_that_would_be_forgotten() {
    let mut desk = AtDesk::new();
    assert_eq!(desk.start(false), Err(Refusal::Store));
    assert_eq!(desk.start(true), Ok(Done::Started { drill: DrillId(1) }));
    assert!(matches!(desk.out.said()[..], [Event::DrillRuns { drill: DrillId(1), .. }, ..]));
    assert_eq!(desk.start(true), Err(Refusal::DrillRuns { drill: DrillId(1) }));
    let why = "enough".to_owned();
    let stopped =
        desk.exercises.act(desk.valmont.context(), (DrillId(1), Act::Stop { why }, &"rssi".into()), &mut desk.out);
    assert_eq!(stopped, Ok(Done::Acted { drill: DrillId(1) }));
    assert!(desk.out.said().iter().any(|event| matches!(event, Event::DrillOver { drill: DrillId(1) })));
    let again = desk.exercises.act(desk.valmont.context(), (DrillId(1), Act::Pause, &"rssi".into()), &mut desk.out);
    assert_eq!(again, Err(Refusal::DrillRests { drill: DrillId(1) }));
}

#[test]
fn a_line_is_the_drills_once_and_only_in_its_source() {
    let mut desk = AtDesk::new();
    desk.start(true).expect("it starts");
    let (source, lines) = desk.ordered();
    let realm = |desk: &mut AtDesk, source: &str, line: &str| {
        desk.exercises.unlabel(&source.into(), line).map(|line| line.realm)
    };
    assert_eq!(realm(&mut desk, "another", &lines[0]), Some(Realm::Live), "copied into another log");
    assert_eq!(realm(&mut desk, source.as_str(), &lines[0]), Some(Realm::Drill(DrillId(1))));
    assert_eq!(realm(&mut desk, source.as_str(), &lines[0]), Some(Realm::Live), "a copy is real");
    let forged = label::mark("forged", DrillId(1), 1, &Key::from_bytes([8; 32]));
    assert_eq!(realm(&mut desk, source.as_str(), &forged), Some(Realm::Live));
}

/// G7: the site copies its own logs. All of it is real, and whoever is told hears what it looks like.
#[test]
fn a_real_line_with_a_mark_says_what_it_looks_like() {
    let mut desk = AtDesk::new();
    desk.start(true).expect("it starts");
    let (source, lines) = desk.ordered();
    let line = &lines[0];
    let copy = |desk: &mut AtDesk, source: &str, line: &str| {
        let line = desk.exercises.unlabel(&source.into(), line).expect("it is of use");
        (line.realm, line.copy_of)
    };
    let (real, signed) = (Realm::Live, Some(CopyOf::Exercise(DrillId(1))));
    assert_eq!(copy(&mut desk, source.as_str(), line), (Realm::Drill(DrillId(1)), None));
    assert_eq!(copy(&mut desk, source.as_str(), line), (real, signed), "sed -i, or a backup restored");
    assert_eq!(copy(&mut desk, "another", &lines[lines.len() - 1]), (real, signed), "a copy in another source");
    let relayed = format!("Nov 21 19:31:05 relay app: {line}");
    assert_eq!(copy(&mut desk, source.as_str(), &relayed), (real, Some(CopyOf::Unproven)), "rsyslog wrote before it");
    assert_eq!(copy(&mut desk, source.as_str(), &format!("{line} ")), (real, Some(CopyOf::Unproven)));
    let forged = label::mark("forged", DrillId(1), 1, &Key::from_bytes([8; 32]));
    assert_eq!(copy(&mut desk, source.as_str(), &forged), (real, Some(CopyOf::Unproven)));
    let innocent = "Nov 21 19:31:05 srv app: see issue #12, EXERCICE: none";
    assert_eq!(copy(&mut desk, source.as_str(), innocent), (real, None));
}

#[test]
fn a_line_of_a_drill_that_is_over_is_neither_real_nor_of_use() {
    let mut desk = AtDesk::new();
    desk.start(true).expect("it starts");
    let (source, lines) = desk.ordered();
    let why = "enough".to_owned();
    desk.exercises
        .act(desk.valmont.context(), (DrillId(1), Act::Stop { why }, &"rssi".into()), &mut desk.out)
        .expect("it stops");
    desk.exercises.rows(&mut Change::default());
    assert_eq!(desk.exercises.unlabel(&source, &lines[0]), None);
    assert_eq!(desk.exercises.unlabel(&source, &lines[0]).map(|line| line.realm), Some(Realm::Live));
}

#[test]
fn lines_wait_until_their_numbers_are_kept() {
    let mut desk = AtDesk::new();
    desk.start(true).expect("it starts");
    while desk.exercises.withheld.is_empty() {
        desk.valmont.now = desk.exercises.deadline().expect("the script goes on");
        desk.exercises.wake(desk.valmont.context(), &mut desk.out);
    }
    assert!(desk.exercises.release(false).is_empty());
    assert_eq!(desk.exercises.release(true).len(), 1);
}
