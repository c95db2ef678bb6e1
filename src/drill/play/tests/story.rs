//! Scenes with a known course.

use super::*;

fn minutes(minutes: i64) -> i64 {
    minutes * 60
}

#[test]
fn injects_are_played_at_their_moments_and_the_drill_ends_with_its_duration() {
    let mut scene = Scene::new(SCRIPT, 1);
    scene.at(minutes(61), Input::Clock);
    for (inject, second) in [("renommages", 300), ("appel", 600), ("plan-blanc", 1200)] {
        assert_eq!(scene.played(inject), Some(second), "{inject}");
    }
    assert_eq!(scene.played("aide"), None, "a manual inject waits for the facilitator");
    let ended: Vec<_> = scene.seen.iter().filter(|(_, effect)| *effect == Effect::Finished).collect();
    assert_eq!(ended, [&(3600, Effect::Finished)]);
    assert!(matches!(scene.play.phase(), Phase::Ended { ending: Ending::TimeUp, .. }));
    assert_eq!(scene.play.deadline(), None);
}

#[test]
fn lines_are_spread_over_their_time_and_numbered() {
    let mut scene = Scene::new(SCRIPT, 1);
    scene.at(400, Input::Clock);
    let lines: Vec<_> = scene
        .seen
        .iter()
        .filter_map(|(second, effect)| match effect {
            Effect::Lines { lines, .. } => Some((*second, lines.iter().map(|line| line.number).collect::<Vec<_>>())),
            _ => None,
        })
        .collect();
    assert_eq!(lines, [(300, vec![1]), (310, vec![2]), (320, vec![3]), (330, vec![4]), (340, vec![5])]);
}

#[test]
fn at_a_higher_pace_everything_comes_sooner_and_waits_less() {
    let mut scene = Scene::new(SCRIPT, 60);
    scene.at(5, hit("r.burst"));
    assert_eq!(scene.played("renommages"), Some(5));
    assert_eq!(scene.verdict("renommages", 0), Verdict::Met);
    scene.at(8, acked("majeur", "rssi"));
    assert_eq!(scene.watch("renommages", 1).took, Some(SignedDuration::from_secs(180)));
    assert_eq!(scene.verdict("renommages", 2), Verdict::Missed, "two minutes of script are two seconds");
    scene.at(61, Input::Clock);
    assert!(matches!(scene.play.phase(), Phase::Ended { .. }));
}

#[test]
fn expectations_are_met_up_to_their_last_instant_and_not_after() {
    let mut scene = Scene::new(SCRIPT, 1);
    scene.at(299, hit("r.burst"));
    assert_eq!(scene.verdict("renommages", 0), Verdict::NotReached, "too early: nothing was played yet");
    scene.at(360, hit("other.rule"));
    scene.at(360, hit("r.burst"));
    assert_eq!(scene.verdict("renommages", 0), Verdict::Met);
    assert_eq!(scene.watch("renommages", 0).proof.as_deref(), Some("A1"));
    scene.at(421, paged("majeur", "rssi"));
    assert_eq!(scene.verdict("renommages", 2), Verdict::Missed);
    assert_eq!(scene.watch("renommages", 2).took, Some(SignedDuration::from_secs(121)), "how late it was");
    scene.at(500, paged("majeur", "rssi"));
    assert_eq!(scene.watch("renommages", 2).took, Some(SignedDuration::from_secs(121)), "the first one counts");
    scene.at(500, acked("courant", "rssi"));
    assert_eq!(scene.verdict("renommages", 1), Verdict::Open, "another chain is another thing");
}

#[test]
fn an_expectation_whose_time_ends_with_the_drill_had_all_of_it() {
    let text = SCRIPT.split("  - id: appel").next().unwrap().replace("duration: 1h", "duration: 15m");
    let mut scene = Scene::new(&text, 1);
    scene.at(minutes(15), acked("majeur", "rssi"));
    assert_eq!(scene.verdict("renommages", 1), Verdict::Missed);
    let mut scene = Scene::new(&text.replace("duration: 15m", "duration: 14m"), 1);
    scene.at(minutes(16), Input::Clock);
    assert_eq!(scene.verdict("renommages", 1), Verdict::Open, "cut off a minute early");
}

#[test]
fn a_call_is_played_when_the_facilitator_has_made_it() {
    let mut scene = Scene::new(SCRIPT, 1);
    scene.at(minutes(18), Input::Clock);
    assert_eq!(scene.verdict("appel", 0), Verdict::NotReached, "the card is shown, nobody has called");
    scene.at(minutes(19), injected("appel"));
    assert_eq!(scene.verdict("appel", 0), Verdict::Open);
    scene.at(minutes(20), injected("appel"));
    scene.at(minutes(22), observe("appel", Done::Done, None));
    assert_eq!(scene.verdict("appel", 0), Verdict::Met);
    assert_eq!(scene.watch("appel", 0).took, Some(SignedDuration::from_mins(3)));
}

#[test]
fn what_only_people_see_is_never_held_against_the_players_unseen() {
    let mut scene = Scene::new(SCRIPT, 1);
    scene.at(minutes(10), injected("appel"));
    scene.at(minutes(16), Input::Clock);
    assert_eq!(scene.verdict("appel", 0), Verdict::NotObserved);
    // Handed in from paper: the moment says whether it was in time.
    scene.at(minutes(30), observe("appel", Done::Done, Some(minutes(14))));
    assert_eq!(scene.verdict("appel", 0), Verdict::Met);
    assert_eq!(scene.watch("appel", 0).took, Some(SignedDuration::from_mins(4)));
    scene.at(minutes(30), observe("appel", Done::Done, Some(minutes(17))));
    assert_eq!(scene.verdict("appel", 0), Verdict::Partly, "done, but too late");
    scene.at(minutes(31), observe("appel", Done::Done, None));
    assert_eq!(
        (scene.verdict("appel", 0), scene.watch("appel", 0).took),
        (Verdict::Met, None),
        "done, nobody says when"
    );
    scene.at(minutes(31), observe("appel", Done::NotDone, None));
    assert_eq!(scene.verdict("appel", 0), Verdict::Missed);
    // And after the end.
    scene.at(minutes(70), observe("appel", Done::Partly, None));
    assert_eq!(scene.verdict("appel", 0), Verdict::Partly);
}

#[test]
fn a_decision_leads_on_at_once_and_only_where_it_was_chosen() {
    let mut scene = Scene::new(SCRIPT, 1);
    scene.at(minutes(20) - 1, decide("oui"));
    scene.at(minutes(22), decide("peut-être"));
    scene.at(minutes(22), decide("oui"));
    scene.at(minutes(23), decide("non"));
    assert_eq!(scene.played("cellule"), Some(minutes(22)));
    assert_eq!(scene.verdict("plan-blanc", 0), Verdict::Met);
    scene.at(minutes(61), Input::Clock);
    assert_eq!((scene.played("relance"), scene.played("tard")), (None, None));
}

#[test]
fn a_decision_that_nobody_takes_takes_its_default_and_is_not_met() {
    let mut scene = Scene::new(SCRIPT, 1);
    scene.at(minutes(30), decide("oui"));
    assert_eq!(scene.played("relance"), Some(minutes(26)));
    assert_eq!(scene.played("cellule"), None);
    assert_eq!(scene.verdict("plan-blanc", 0), Verdict::Missed);
    let question = scene.play.stimulus(&id("plan-blanc")).unwrap().question.clone().unwrap();
    assert!(question.chosen.is_none() && question.defaulted.is_some());
}

#[test]
fn a_chosen_inject_with_a_moment_of_its_own_waits_for_it() {
    let mut scene = Scene::new(SCRIPT, 1);
    scene.at(minutes(21), decide("plus-tard"));
    scene.at(minutes(45), Input::Clock);
    assert_eq!(scene.played("tard"), Some(minutes(40)));
}

#[test]
fn a_pause_shifts_everything_that_is_still_to_come() {
    let mut scene = Scene::new(SCRIPT, 1);
    scene.at(310, Input::Pause);
    assert_eq!(scene.play.deadline(), None);
    scene.at(320, Input::Pause);
    let during = scene.at(500, Input::Fire(id("aide")));
    assert!(during.is_empty(), "nothing goes out during a pause: {during:?}");
    scene.at(1310, Input::Resume);
    assert_eq!(scene.played("aide"), Some(1310));
    scene.at(1360, hit("r.burst"));
    assert_eq!(scene.verdict("renommages", 0), Verdict::Met);
    assert_eq!(scene.watch("renommages", 0).took, Some(SignedDuration::from_mins(1)));
    scene.at(minutes(60), Input::Clock);
    assert_eq!(scene.played("appel"), Some(1600));
}

#[test]
fn stopping_ends_at_once_and_the_rest_is_told_as_it_is() {
    let mut scene = Scene::new(SCRIPT, 1);
    let effects = scene.at(330, stop());
    assert!(effects.contains(&Effect::Finished));
    let late = scene.at(340, hit("r.burst"));
    assert_eq!(late, [Effect::Fact(Fact::Ignored { why: Ignored::Over, inject: None })]);
    assert_eq!(scene.verdict("renommages", 0), Verdict::Open, "cut off, not missed");
    assert_eq!(scene.verdict("appel", 0), Verdict::NotReached);
    assert_eq!(scene.at(minutes(90), Input::Clock), []);
}

#[test]
fn a_drill_without_manual_injects_ends_when_nothing_more_can_happen() {
    let text = SCRIPT.split("  - id: aide").next().unwrap();
    let mut scene = Scene::new(text, 1);
    scene.at(305, hit("r.burst"));
    scene.at(306, paged("majeur", "rssi"));
    scene.at(307, acked("majeur", "rssi"));
    scene.at(600, injected("appel"));
    scene.at(700, observe("appel", Done::Done, None));
    scene.at(minutes(21), decide("oui"));
    scene.at(minutes(25), Input::Clock);
    assert_eq!(scene.play.phase(), &Phase::Running, "an action can still be observed");
    scene.at(minutes(59), Input::Clock);
    let Phase::Ended { at, ending } = scene.play.phase() else { panic!("{:?}", scene.play.phase()) };
    assert_eq!((at.script, ending), (SignedDuration::from_mins(26), &Ending::AllDone));
}

#[test]
fn the_facilitator_plays_early_and_leaves_out() {
    let mut scene = Scene::new(SCRIPT, 1);
    scene.at(10, Input::Fire(id("renommages")));
    scene.at(11, Input::Fire(id("renommages")));
    scene.at(20, Input::Skip(id("renommages")));
    scene.at(20, Input::Skip(id("appel")));
    scene.at(21, Input::Skip(id("appel")));
    scene.at(22, Input::Skip(id("nulle-part")));
    scene.at(minutes(61), Input::Clock);
    assert_eq!(scene.played("renommages"), Some(10));
    assert_eq!(scene.play.stimulus(&id("renommages")).unwrap().sent, 2, "broken off after the second line");
    assert_eq!(scene.played("appel"), None);
    let ignored: Vec<_> = scene
        .facts()
        .into_iter()
        .filter_map(|(second, fact)| match fact {
            Fact::Ignored { why, .. } => Some((second, *why)),
            _ => None,
        })
        .collect();
    assert_eq!(ignored[..3], [(11, Ignored::AlreadyPlayed), (21, Ignored::SaidBefore), (22, Ignored::UnknownInject)]);
}

#[test]
fn what_did_not_arrive_is_not_held_against_the_players() {
    let mut scene = Scene::new(SCRIPT, 1);
    scene.at(315, Input::InjectFailed { inject: id("renommages"), why: "disque plein".to_owned() });
    scene.at(minutes(61), Input::Clock);
    assert_eq!(scene.verdict("renommages", 0), Verdict::NotReached);
    assert_eq!(scene.play.stimulus(&id("renommages")).unwrap().sent, 2, "no line after the failure");
}

#[test]
fn a_machine_that_slept_goes_on_where_it_was() {
    let mut scene = Scene::new(SCRIPT, 1);
    let now = start_instant() + SignedDuration::from_hours(5);
    let effects = scene.play.step(&scene.script.clone(), now, Input::Clock);
    let slept = effects.iter().any(|effect| matches!(effect, Effect::Fact(Fact::Slept { .. })));
    assert!(slept, "{effects:?}");
    assert_eq!(scene.play.clock().script(now), SignedDuration::from_mins(5));
    assert_eq!(scene.play.stimulus(&id("appel")).unwrap().state, InjectState::Due(SignedDuration::from_mins(10)));
}

#[test]
fn what_people_write_loses_identifiers_of_patients() {
    let mut scene = Scene::new(SCRIPT, 1);
    scene.at(10, Input::Note { by: "animateur".to_owned(), text: "dossier 185057800608491".to_owned() });
    let written = serde_json::to_string(&scene.play).unwrap();
    assert!(!written.contains("185057800608491"), "{written}");
}

#[test]
fn an_observation_of_what_was_not_played_or_is_not_observed_changes_nothing() {
    let mut scene = Scene::new(SCRIPT, 1);
    let ignored = |effects: Vec<Effect>| match effects.first() {
        Some(Effect::Fact(Fact::Ignored { why, .. })) => Some(*why),
        _ => None,
    };
    assert_eq!(ignored(scene.at(10, observe("appel", Done::Done, None))), Some(Ignored::NotPlayed));
    assert_eq!(ignored(scene.at(301, observe("renommages", Done::Done, None))), Some(Ignored::UnknownExpectation));
    assert_eq!(
        ignored(scene.at(302, Input::Decide { inject: id("appel"), option: "oui".to_owned(), by: String::new() })),
        Some(Ignored::NoDecision)
    );
}
