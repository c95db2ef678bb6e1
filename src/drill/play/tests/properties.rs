//! What holds whatever happens.

use proptest::prelude::*;

use super::*;

/// Something happens, this many tenths of a second after what happened before.
fn inputs() -> impl Strategy<Value = Vec<(i64, Input)>> {
    let names = ["renommages", "appel", "plan-blanc", "cellule", "relance", "tard", "aide", "nulle-part"];
    let inject = prop::sample::select(names.to_vec()).prop_map(id).boxed();
    let done = prop::sample::select(vec![Done::Done, Done::Partly, Done::NotDone]);
    let input = prop_oneof![
        6 => Just(Input::Clock),
        2 => (inject.clone(), 0..9_usize).prop_map(|(inject, lines)| Input::Injected { inject, lines }),
        1 => inject.clone().prop_map(|inject| Input::InjectFailed { inject, why: "panne".to_owned() }),
        2 => prop::sample::select(vec!["r.burst", "x.y"]).prop_map(hit),
        2 => Just(acked("majeur", "rssi")),
        2 => Just(paged("majeur", "rssi")),
        2 => inject.clone().prop_map(Input::Fire),
        1 => inject.clone().prop_map(Input::Skip),
        2 => (inject.clone(), prop::option::of(0..4_usize), done, prop::option::of(-9..9_i64)).prop_map(
            |(inject, expectation, done, at)| Input::Observe {
                inject,
                expectation,
                done,
                at: at.map(|minutes| start_instant() + SignedDuration::from_mins(10 * minutes)),
                by: "o".to_owned(),
                note: String::new(),
            }
        ),
        2 => (inject, prop::sample::select(vec!["oui", "non", "plus-tard", "?"])).prop_map(|(inject, option)| {
            Input::Decide { inject, option: option.to_owned(), by: "adm-garde".to_owned() }
        }),
        1 => Just(Input::Note { by: "a".to_owned(), text: "b".to_owned() }),
        1 => Just(Input::Pause),
        2 => Just(Input::Resume),
        1 => Just(Input::RealAlert { alert: AlertId(9) }),
        1 => Just(stop()),
    ];
    prop::collection::vec((-50..9000_i64, input), 0..60)
}

fn run(pace: u32, inputs: &[(i64, Input)], mut between: impl FnMut(Play) -> Play) -> (Play, Vec<Effect>) {
    let script = script_of(SCRIPT);
    let (mut play, mut seen) = Play::start(&script, DrillId(1), Pace::new(pace).unwrap(), start_instant());
    let mut now = start_instant();
    for (tenths, input) in inputs {
        let then = now + SignedDuration::from_millis(tenths * 100);
        while let Some(deadline) = play.deadline().filter(|deadline| *deadline < then) {
            seen.extend(play.step(&script, deadline, Input::Clock));
            assert!(play.deadline().is_none_or(|next| next > deadline), "deadlines go on");
        }
        seen.extend(play.step(&script, then, input.clone()));
        now = then.max(now);
        play = between(play);
    }
    (play, seen)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn each_inject_is_played_at_most_once_and_the_drill_ends_at_most_once(pace in 1..4000_u32, inputs in inputs()) {
        let (_, seen) = run(pace.min(3600), &inputs, |play| play);
        let mut played = std::collections::BTreeMap::new();
        for effect in &seen {
            if let Effect::Fact(Fact::Played { inject }) = effect {
                *played.entry(inject.clone()).or_insert(0) += 1;
            }
        }
        prop_assert!(played.values().all(|times| *times == 1), "{played:?}");
        prop_assert!(seen.iter().filter(|effect| **effect == Effect::Finished).count() <= 1);
    }

    #[test]
    fn lines_come_in_order_and_none_twice(inputs in inputs()) {
        let (_, seen) = run(7, &inputs, |play| play);
        let numbers: Vec<u32> = seen.iter().flat_map(|effect| match effect {
            Effect::Lines { lines, .. } => lines.iter().map(|line| line.number).collect(),
            _ => Vec::new(),
        }).collect();
        prop_assert_eq!(&numbers, &(1..=u32::try_from(numbers.len()).unwrap()).collect::<Vec<_>>());
    }

    #[test]
    fn keeping_it_on_disk_in_between_changes_nothing(pace in 1..100_u32, inputs in inputs()) {
        let awake = run(pace, &inputs, |play| play);
        let restarted = run(pace, &inputs, |play| {
            serde_json::from_str(&serde_json::to_string(&play).unwrap()).unwrap()
        });
        prop_assert_eq!(awake, restarted);
    }

    #[test]
    fn saying_everything_twice_judges_the_same(inputs in inputs()) {
        let twice: Vec<_> = inputs.iter().flat_map(|(wait, input)| {
            let again = match input {
                // A written line is a written line; a note is a note.
                Input::Injected { inject, .. } => Input::Injected { inject: inject.clone(), lines: 0 },
                Input::Note { .. } => Input::Clock,
                other => other.clone(),
            };
            [(*wait, input.clone()), (0, again)]
        }).collect();
        let (once, _) = run(1, &inputs, |play| play);
        let (again, _) = run(1, &twice, |play| play);
        for name in ["renommages", "appel", "plan-blanc", "cellule", "relance", "tard", "aide"] {
            prop_assert_eq!(once.stimulus(&id(name)), again.stimulus(&id(name)), "{}", name);
        }
    }

    #[test]
    fn a_pause_moves_what_is_to_come_by_its_length(at in 0..3500_i64, length in 0..100_000_i64, pace in 1..10_u32) {
        let at = at / i64::from(pace);
        let mut straight = Scene::new(SCRIPT, pace);
        let mut paused = Scene::new(SCRIPT, pace);
        straight.at(at, Input::Clock);
        paused.at(at, Input::Pause);
        paused.at(at + length, Input::Resume);
        let shift = SignedDuration::from_secs(length);
        prop_assert_eq!(straight.play.deadline().map(|deadline| deadline + shift), paused.play.deadline());
        straight.at(5000, Input::Clock);
        paused.at(5000 + length, Input::Clock);
        for name in ["renommages", "appel", "plan-blanc", "relance"] {
            let times = [&straight, &paused].map(|scene| scene.play.stimulus(&id(name)).unwrap().played.unwrap().script);
            prop_assert_eq!(times[0], times[1]);
        }
    }

    #[test]
    fn a_record_can_be_made_at_any_time(inputs in inputs()) {
        let script = script_of(SCRIPT);
        let (play, _) = run(1, &inputs, |play| play);
        let about = About {
            site: "CH".to_owned(),
            mode: crate::drill::report::Mode::Live,
            zone: jiff::tz::TimeZone::UTC,
            ledger: None,
            people: std::collections::BTreeMap::new(),
            rules: std::collections::BTreeMap::new(),
        };
        let record = play.record(&script, about);
        prop_assert_eq!(record.injects.len(), script.timeline.len());
        prop_assert_eq!(record.tally.all(), 6);
    }
}
