//! Drives the machine alone, on a clock of our own.

mod kinds;
mod properties;
pub(crate) mod shipped;
mod story;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::alert::chain::Pace;
use crate::base::id::{AlertId, DrillId, InjectId};
use crate::drill::playbook::{self, Playbook};
use crate::text::source::Source;

const SCRIPT: &str = r#"
playbook: essai
title: {fr: Essai, en: Trial}
duration: 1h
objectives: {voir: {fr: Voir, en: See}}
cells: {si: [rssi], direction: [adm-garde]}
timeline:
  - id: renommages
    at: T+0:05
    do: {log: {source: fichiers, lines: ["{{rfc3164}} {{n}}"], repeat: 5, over: 40s}}
    expect:
      - {hit: r.burst, within: 1m, objective: voir}
      - {ack: {chain: majeur}, within: 10m, objective: voir}
      - {page: {chain: majeur, person: rssi}, within: 2m, objective: voir}
  - id: appel
    at: T+0:10
    do: {phone: {from: "Mme Petit", to: si, script: {fr: Allô, en: Hello}}}
    expect: [{action: {fr: Isole, en: Isolates}, within: 5m, objective: voir}]
  - id: plan-blanc
    at: T+0:20
    do:
      decision:
        to: direction
        ask: {fr: "Plan blanc ?", en: "Emergency plan?"}
        options: {oui: {next: cellule}, non: {next: relance}, plus-tard: {next: tard}}
        default: non
        within: 6m
    expect: [{decision: oui, objective: voir}]
  - id: cellule
    do: {message: {to: direction, from: ARS, subject: {fr: A, en: B}, body: {fr: C, en: D}}}
    expect: [{action: {fr: Convoque, en: Convenes}, within: 5m}]
  - id: relance
    do: {message: {to: direction, from: ARS, subject: {fr: A, en: B}, body: {fr: C, en: D}}}
  - id: tard
    at: T+0:40
    do: {message: {to: direction, from: ARS, subject: {fr: A, en: B}, body: {fr: C, en: D}}}
  - id: aide
    manual: true
    class: rattrapage
    do: {message: {to: si, from: CERT, subject: {fr: A, en: B}, body: {fr: C, en: D}}}
"#;

fn script_of(text: &str) -> Playbook {
    let mut found = Vec::new();
    let files = |_: &str| Err(std::io::ErrorKind::NotFound.into());
    let script = playbook::read(&Source::new("essai.yaml", text), &files, &mut found);
    assert!(!crate::text::diagnostic::has_errors(&found), "{found:#?}");
    script.unwrap()
}

fn start_instant() -> Timestamp {
    "2026-02-08T01:00:00Z".parse().unwrap()
}

/// A drill and everything it asked for, with the second (since the start) at which it did.
struct Scene {
    script: Playbook,
    play: Play,
    seen: Vec<(i64, Effect)>,
}

impl Scene {
    fn new(text: &str, pace: u32) -> Self {
        let script = script_of(text);
        let (play, effects) = Play::start(&script, DrillId(1), Pace::new(pace).unwrap(), start_instant());
        Self { script, play, seen: effects.into_iter().map(|effect| (0, effect)).collect() }
    }

    /// Lets time pass up to `second`, waking the machine at each of its deadlines, then gives it `input`.
    fn at(&mut self, second: i64, input: Input) -> Vec<Effect> {
        let now = start_instant() + SignedDuration::from_secs(second);
        self.wait_until(now);
        let effects = self.play.step(&self.script, now, input);
        self.seen.extend(effects.iter().cloned().map(|effect| (second, effect)));
        effects
    }

    fn wait_until(&mut self, now: Timestamp) {
        let mut rings = 0;
        while let Some(deadline) = self.play.deadline().filter(|deadline| *deadline < now) {
            let effects = self.play.step(&self.script, deadline, Input::Clock);
            let second = deadline.duration_since(start_instant()).as_secs();
            self.seen.extend(effects.into_iter().map(|effect| (second, effect)));
            rings += 1;
            assert!(rings < 10_000, "the clock rings for ever at {deadline}");
        }
    }

    fn facts(&self) -> Vec<(i64, &Fact)> {
        self.seen
            .iter()
            .filter_map(|(second, effect)| match effect {
                Effect::Fact(fact) => Some((*second, fact)),
                _ => None,
            })
            .collect()
    }

    /// The second at which an inject was played.
    fn played(&self, inject: &str) -> Option<i64> {
        self.facts().into_iter().find_map(|(second, fact)| match fact {
            Fact::Played { inject: played } if played.as_str() == inject => Some(second),
            _ => None,
        })
    }

    fn watch(&self, inject: &str, index: usize) -> &Watch {
        &self.play.stimulus(&id(inject)).unwrap().watches[index]
    }

    fn verdict(&self, inject: &str, index: usize) -> Verdict {
        self.watch(inject, index).verdict
    }
}

fn id(name: &str) -> InjectId {
    InjectId::from(name)
}

fn hit(rule: &str) -> Input {
    Input::Hit { rule: rule.into(), alert: AlertId(1) }
}

fn acked(chain: &str, by: &str) -> Input {
    Input::Acked { chain: chain.into(), alert: AlertId(1), by: by.into() }
}

fn paged(chain: &str, person: &str) -> Input {
    Input::Paged { chain: chain.into(), person: person.into(), channel: "mail".into() }
}

fn injected(inject: &str) -> Input {
    Input::Injected { inject: id(inject), lines: 0 }
}

fn decide(option: &str) -> Input {
    Input::Decide { inject: id("plan-blanc"), option: option.to_owned(), by: "adm-garde".to_owned() }
}

fn observe(inject: &str, done: Done, at: Option<i64>) -> Input {
    Input::Observe {
        inject: id(inject),
        expectation: None,
        done,
        at: at.map(|second| start_instant() + SignedDuration::from_secs(second)),
        by: "observateur".to_owned(),
        note: "vu".to_owned(),
    }
}

fn stop() -> Input {
    Input::Stop { why: "fin".to_owned() }
}
