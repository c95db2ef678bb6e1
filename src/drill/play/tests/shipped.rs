//! The playbooks that come with vigie, played alone: every rule matches, every page arrives, the cast answers.

use std::collections::btree_map::OccupiedEntry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;
use crate::drill::playbook::{Awaited, Class};
use crate::drill::report::{LedgerHead, Mode, Record};

fn shipped(name: &str) -> Playbook {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks");
    let source = Source::open(&folder.join(format!("{name}.yaml"))).unwrap();
    let mut found = Vec::new();
    let script = playbook::read(&source, &|file| std::fs::read_to_string(folder.join(file)), &mut found);
    assert!(found.is_empty(), "{found:#?}");
    script.unwrap()
}

/// What answers to an inject, and how long (in script time) after it.
fn answers(script: &Playbook, inject: &InjectId) -> Vec<(SignedDuration, Input)> {
    let after = SignedDuration::from_secs;
    let written = script.inject(inject).unwrap();
    let mut inputs = vec![(after(0), Input::Injected { inject: inject.clone(), lines: 0 })];
    for (index, expected) in written.expect.iter().enumerate() {
        let input = match &expected.awaited {
            Awaited::Hit(rule) => (after(45), Input::Hit { rule: rule.clone(), alert: AlertId(index as u64 + 1) }),
            Awaited::Page { chain, person } => {
                let chain = chain.clone().unwrap_or("cyber-courant".into());
                let person = person.clone().unwrap_or("b-leroy".into());
                (after(50), Input::Paged { chain, person, channel: "sms".into() })
            }
            Awaited::Ack { chain, .. } => {
                (after(290), Input::Acked { chain: chain.clone(), alert: AlertId(1), by: "rssi".into() })
            }
            Awaited::Action(_) => {
                let (by, note) = ("observatrice".to_owned(), "fait, calmement".to_owned());
                let seen = script.cast.actions.unwrap();
                let done = Done::Done;
                (seen, Input::Observe { inject: inject.clone(), expectation: Some(index), done, at: None, by, note })
            }
            Awaited::Decision(_) => {
                let decided = &script.cast.decisions[inject];
                let (option, by) = (decided.option.clone(), "adm-garde".to_owned());
                (decided.after, Input::Decide { inject: inject.clone(), option, by })
            }
        };
        inputs.push(input);
    }
    inputs
}

/// Rehearses a playbook on a virtual clock.
fn rehearse(script: &Playbook, pace: u32) -> Play {
    let pace = Pace::new(pace).unwrap();
    let (mut play, mut effects) = Play::start(script, DrillId(3), pace, start_instant());
    let mut waiting: BTreeMap<(Timestamp, usize), Input> = BTreeMap::new();
    let mut count = 0;
    let mut wait = |waiting: &mut BTreeMap<(Timestamp, usize), Input>, at, input| {
        count += 1;
        waiting.insert((at, count), input);
    };
    for (inject, at) in &script.cast.fires {
        wait(&mut waiting, start_instant() + pace.real(*at), Input::Fire(inject.clone()));
    }
    let mut now = start_instant();
    loop {
        for effect in std::mem::take(&mut effects) {
            if let Effect::Fact(Fact::Played { inject }) = effect {
                for (after, input) in answers(script, &inject) {
                    wait(&mut waiting, now + pace.real(after), input);
                }
            }
        }
        let input = waiting.keys().next().map(|(at, _)| *at);
        now = match (play.deadline(), input) {
            (Some(deadline), Some(input)) => deadline.min(input),
            (deadline, input) => match deadline.or(input) {
                Some(next) => next,
                None => return play,
            },
        };
        let input = waiting.first_entry().filter(|entry| entry.key().0 <= now).map(OccupiedEntry::remove);
        effects = play.step(script, now, input.unwrap_or(Input::Clock));
    }
}

pub(crate) fn record_of(name: &str, pace: u32) -> Record {
    let script = shipped(name);
    let about = About {
        site: "CH de Valmont".to_owned(),
        mode: Mode::Rehearsal,
        zone: jiff::tz::TimeZone::fixed(jiff::tz::offset(1)),
        ledger: Some(LedgerHead { head: "0".repeat(64), entries: 128 }),
        people: [("rssi", "Mme A. Ferrand"), ("b-leroy", "B. Leroy"), ("adm-garde", "Administrateur de garde")]
            .map(|(id, name)| (id.to_owned(), name.to_owned()))
            .into(),
        rules: BTreeMap::new(),
    };
    rehearse(&script, pace).record(&script, about)
}

#[test]
fn the_cast_of_each_shipped_playbook_meets_everything_on_its_way() {
    for (name, pace) in
        [("premier-exercice", 1), ("premier-exercice", 60), ("nuit-de-dimanche", 1), ("nuit-de-dimanche", 600)]
    {
        let record = record_of(name, pace);
        let tally = record.tally;
        assert_eq!((tally.share(), tally.not_observed, tally.cut_off), (Some(100), 0, 0), "{name}: {record:#?}");
        for objective in &record.objectives {
            assert!(objective.tally.judged() > 0, "{name}: nothing shows `{}`", objective.id);
        }
        assert!(record.ended.is_some());
    }
}

#[test]
fn the_first_exercise_is_short_and_the_long_one_has_every_class_and_kind() {
    let first = shipped("premier-exercice");
    assert_eq!((first.timeline.len(), first.duration), (5, SignedDuration::from_mins(20)));
    let night = shipped("nuit-de-dimanche");
    assert!(night.timeline.len() >= 14);
    let classes: BTreeSet<_> = night.timeline.iter().map(|inject| format!("{:?}", inject.class)).collect();
    assert_eq!(classes.len(), [Class::Structurant, Class::Saturant, Class::Parasite, Class::Rattrapage].len());
    let kinds: BTreeSet<_> = night.timeline.iter().map(|inject| format!("{:?}", inject.action.kind())).collect();
    assert_eq!(kinds.len(), 4);
}

#[test]
fn what_the_lines_should_trigger_is_in_the_lines() {
    for (name, inject, needle, lines) in [
        ("premier-exercice", "renommages", "|renameat|ok|/srv/partages/commun/CR_60.docx|", 120),
        ("nuit-de-dimanche", "renommages", "|renameat|ok|/srv/partages/commun/CR_60.docx|", 120),
        ("nuit-de-dimanche", "mots-de-passe", "NT_STATUS_WRONG_PASSWORD", 11),
        ("nuit-de-dimanche", "imagerie", "Rejected association for remote AET", 4),
        ("nuit-de-dimanche", "leurre", "\"logtype\": 4000", 2),
        ("nuit-de-dimanche", "portail", "zgrab", 5),
        ("nuit-de-dimanche", "sauvegardes", "|unlinkat|ok|/srv/partages/sauvegardes/nuit-080.bak", 80),
    ] {
        let script = shipped(name);
        let means = script.inject(&id(inject)).unwrap().action.means();
        let burst = means.burst().unwrap_or_else(|| panic!("`{inject}` of {name} writes no lines"));
        assert_eq!(burst.count(), lines, "{name}/{inject}");
        let last = burst.line(lines - 1).unwrap().text(start_instant(), &jiff::tz::TimeZone::UTC);
        assert!(last.contains(needle) && !last.contains("{{"), "{last}");
    }
}
