//! A7: a duty belongs to the incident, from the moment the hospital knows; it is given once, its clock runs on absolute
//! time, its owner is reminded until it is done, and no death of the machine forgets or doubles any of it.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use vigie::alert::Verdict;
use vigie::api::{Answer, Command, Done, Proof, Purpose, Refusal};
use vigie::base::id::AlertId;
use vigie::base::level::Level;
use vigie::base::realm::Realm;

use super::world::{End, World};

/// A hospital whose grave chain gives Cleo what must be declared.
fn hospital() -> World {
    let mut world = World::new();
    world.edit(
        "chains.yaml",
        "    reack: 2h\n",
        "    reack: 2h\n    declare:\n      - {what: cnil, who: cleo, by: mail, if_undelivered: paper}\n      - {what: cert-sante, who: cleo, by: mail, if_undelivered: paper}\n",
    );
    world.restart();
    world
}

/// How often each duty was asked for, by alert and telling: each of them once.
fn tellings(world: &World) -> BTreeMap<(u64, String, u32), usize> {
    let mut told = BTreeMap::new();
    for row in world.pages() {
        let Ok(Purpose::Duty { alert, key }) = serde_json::from_str(&row.key) else { continue };
        let vigie::alert::chain::PageReason::Duty(duty) = &key.reason else { panic!("{key:?}") };
        if key.channel.as_str() == "mail" {
            *told.entry((alert.0, duty.to_string(), key.round)).or_default() += 1;
        }
    }
    told
}

/// How often a duty was given, by the ledger.
fn given(world: &World, duty: &str) -> usize {
    world.entries("duty.given").iter().filter(|entry| entry["duty"] == duty).count()
}

fn of(world: &World, duty: &str) -> Vec<u32> {
    tellings(world).keys().filter(|(_, of, _)| of == duty).map(|(.., round)| *round).collect()
}

/// The first alert: numbers are passed over at a start.
fn first(world: &World) -> AlertId {
    world.alerts().iter().find(|alert| alert.ailing.is_none()).expect("an alert").id
}

fn ack(world: &mut World, by: &str) -> Answer {
    let alert = first(world);
    world.ask(Command::Ack { alert, by: by.into() })
}

fn resolve(world: &mut World) -> Answer {
    let alert = first(world);
    world.ask(Command::Resolve { alert, reason: None, by: "ann".into() })
}

fn done(world: &mut World, duty: &str) -> Answer {
    let (alert, proof) = (first(world), Proof::Receipt("2026-0042".to_owned()));
    world.ask(Command::Declared { alert, duty: duty.into(), proof, at: None, by: "cleo".into() })
}

#[test]
fn whoever_takes_a_critical_alert_gives_its_duties_once() {
    let mut world = hospital();
    world.attack("mallory");
    world.end_all(End::Accepted);
    assert_eq!(given(&world, "cnil"), 0, "nobody knows of it yet");
    for by in ["bob", "ann", "cleo", "ann"] {
        ack(&mut world, by);
        world.end_all(End::Accepted);
    }
    assert_eq!((given(&world, "cnil"), given(&world, "cert-sante")), (1, 1));
    // What goes on after its end is the same incident.
    resolve(&mut world);
    world.pass(60);
    world.attack("mallory");
    ack(&mut world, "bob");
    world.restart();
    ack(&mut world, "ann");
    assert_eq!((given(&world, "cnil"), of(&world, "cnil")), (1, vec![0]));
}

#[test]
fn who_raises_or_qualifies_knows_and_who_takes_a_trifle_does_not() {
    let mut world = hospital();
    let raise = Command::Raise { title: "black".to_owned(), level: Level::Critical, told_by: None, by: "ann".into() };
    world.ask(raise);
    assert_eq!(given(&world, "cnil"), 1, "raised by hand");

    let mut world = hospital();
    world.edit("chains.yaml", "when: {level: critical}", "when: {level: low}");
    world.edit("chains.yaml", "  minor:\n    when: {level: low}\n", "  minor:\n    when: {level: informational}\n");
    world.restart();
    for _ in 0..3 {
        world.write("a", r#"{"act": "try", "user": "mallory"}"#);
        world.look();
    }
    ack(&mut world, "ann");
    assert_eq!(given(&world, "cnil"), 0, "somebody looks at a trifle");
    let mut qualify = |verdict| {
        let (personal_data, care, note, by) = (None, None, None, "ann".into());
        let alert = first(&world);
        world.ask(Command::Qualify { alert, verdict, personal_data, care, note, by });
        given(&world, "cnil")
    };
    let verdicts = [Verdict::ToBeChecked, Verdict::Confirmed, Verdict::Confirmed];
    assert_eq!(verdicts.map(&mut qualify), [0, 1, 1]);
    // A false alarm needs no declaration; what turns out to be none is given anew.
    assert_eq!([Verdict::False, Verdict::Confirmed].map(&mut qualify), [1, 2]);
    assert_eq!(world.entries("duty.withdrawn").len(), 2);
}

#[test]
fn nobody_answers_and_the_duty_is_in_somebodys_hands_all_the_same() {
    let mut world = hospital();
    world.attack("mallory");
    for _ in 0..100 {
        world.end_all(End::Accepted);
        world.pass(60);
    }
    assert_eq!((given(&world, "cnil"), given(&world, "cert-sante")), (1, 1));
}

#[test]
fn its_owner_is_reminded_until_it_is_done_whatever_becomes_of_the_alert() {
    let mut world = hospital();
    world.attack("mallory");
    ack(&mut world, "ann");
    resolve(&mut world);
    let began = world.now;
    let mut at = Vec::new();
    for _ in 0..80 * 4 {
        world.end_all(End::Accepted);
        world.sleep(900);
        world.restart();
        let rounds = of(&world, "cnil").len();
        while at.len() < rounds {
            at.push(world.now.duration_since(began).as_hours());
        }
    }
    assert_eq!(at[1..], [36, 65, 72], "half, nine tenths at the next look, the end");
    let text =
        world.arrived.iter().map(|arrived| arrived.body.as_str()).find(|body| body.contains("vigie duty done cnil"));
    let text = text.expect("it says what its owner types");
    assert!(text.contains("4 Feb 2026 22:00:00") && text.contains("(72 hours)"), "{text}");
    assert!(matches!(done(&mut world, "cnil"), Answer::Done(Done::Declared { .. })));
    let (rounds, twice) = (of(&world, "cnil"), done(&mut world, "cnil"));
    assert!(matches!(twice, Answer::Refused(Refusal::NoSuchDuty { .. })), "{twice:?}");
    world.sleep(5 * 86_400);
    assert_eq!(of(&world, "cnil"), rounds, "nobody is reminded any more");
    let kept = world.entries("duty.done");
    assert_eq!((kept.len(), &kept[0]["receipt"]), (1, &serde_json::json!("2026-0042")));
}

/// The clock of the machine was wrong: what is due moves with it.
#[test]
fn a_clock_that_is_put_right_moves_the_deadline() {
    let mut world = hospital();
    world.attack("mallory");
    ack(&mut world, "ann");
    world.end_all(End::Accepted);
    world.move_clock(SignedDuration::from_hours(-2));
    world.sleep(35 * 3600);
    assert_eq!(of(&world, "cnil"), [0]);
    world.sleep(3600 + 60);
    assert_eq!(of(&world, "cnil"), [0, 1]);
}

#[test]
fn the_duties_of_an_exercise_never_leave_it() {
    let mut world = hospital();
    let drill = world.start_drill().expect("it starts");
    world.end_all(End::Accepted);
    world.pass(61);
    world.inject();
    world.look();
    ack(&mut world, "ann");
    assert_eq!((given(&world, "cnil"), given(&world, "cert-sante")), (1, 1));
    let pages: Vec<_> = world.pages().into_iter().filter(|row| row.key.contains("duty")).collect();
    // Cleo has no mail address for exercises.
    assert!(pages.iter().all(|row| row.realm == Realm::Drill(drill) && row.channel.as_str() == "paper"), "{pages:#?}");
    world.stop_drill(drill);
    assert_eq!(world.entries("duty.withdrawn").len(), 2);
    world.sleep(80 * 3600);
    let after = world.pages().into_iter().filter(|row| row.key.contains("duty")).count();
    assert_eq!((pages.len(), after), (2, 2), "nobody is reminded of what was played");
}

/// What is done at one moment of the story, and what the machine does with it.
fn at(world: &mut World, moment: usize) {
    match moment {
        0 => world.attack("mallory"),
        1 => drop(ack(world, "ann")),
        3 => drop(resolve(world)),
        5 => world.sleep(37 * 3600),
        7 => drop(done(world, "cnil")),
        8 => world.sleep(40 * 3600),
        _ => world.end_all(End::Accepted),
    }
}

#[test]
fn fifty_deaths_forget_and_double_nothing() {
    let told = |world: &World| (given(world, "cnil"), given(world, "cert-sante"), tellings(world));
    let mut calm = hospital();
    (0..10).for_each(|moment| at(&mut calm, moment));
    let (expected, calm_done) = (told(&calm), calm.entries("duty.done").len());
    assert_eq!((expected.0, expected.1, calm_done), (1, 1, 1));
    assert!(expected.2.values().all(|times| *times == 1) && expected.2.len() >= 5, "{:?}", expected.2);
    let mut deaths = 0;
    for first in 0..10 {
        for second in first..10 {
            let mut world = hospital();
            for moment in 0..10 {
                at(&mut world, moment);
                if moment == first || moment == second {
                    world.restart();
                    deaths += 1;
                }
            }
            assert_eq!(told(&world), expected, "deaths behind {first} and {second}");
            assert_eq!(world.entries("duty.done").len(), 1);
            world.ledger_is_whole();
        }
    }
    assert!(deaths >= 50, "{deaths}");
}
