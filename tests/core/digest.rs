//! B3: what wakes nobody at night is in one message in the morning, once a day, and in none where there is nothing.

use vigie::alert::chain::Standing;
use vigie::api::{Command, Purpose};
use vigie::base::id::AlertId;

use super::world::{End, World};

/// A hospital in which a try wakes nobody.
fn quiet() -> World {
    let mut world = World::new();
    world.edit("chains.yaml", "when: {level: low}", "when: {level: high}");
    let path = world.folder.path().join("chains.yaml");
    let chains = std::fs::read_to_string(&path).unwrap();
    std::fs::write(path, format!("{chains}digest: {{at: \"07:30\", notify: cleo, by: mail + sms}}\n")).unwrap();
    world.restart();
    world
}

fn try_often(world: &mut World, user: &str) {
    for _ in 0..3 {
        world.write("a", &format!(r#"{{"act": "try", "user": "{user}"}}"#));
        world.look();
    }
}

/// The letters of digests that somebody holds now: of which day, and their texts.
fn digests(world: &World) -> Vec<(String, String, String)> {
    let held = world.held.values().filter_map(|(letter, purpose)| match purpose {
        Purpose::Digest { day, .. } => Some((day.clone(), letter.body().to_owned(), letter.short().to_owned())),
        _ => None,
    });
    held.collect()
}

/// From Sunday at 22:00 to Monday at 07:30.
const NIGHT: i64 = 9 * 3600 + 30 * 60;

#[test]
fn what_no_chain_takes_is_told_once_in_the_morning() {
    let mut world = quiet();
    try_often(&mut world, "mallory");
    assert_eq!((world.alerts().len(), &world.alerts()[0].standing), (1, &Standing::Untold));
    world.pass(NIGHT - 1);
    assert!(world.held.is_empty(), "nobody is woken: {:?}", world.held_by());
    world.pass(1);
    assert_eq!(world.held_by(), ["cleo mail".to_owned(), "cleo sms".to_owned()].into());
    let (day, body, short) = digests(&world).remove(0);
    assert_eq!(day, "2026-02-02");
    for part in ["low: 1", "low: Burst (mallory)", "since 1 Feb 2026 22:00:00 UTC; no chain takes this level"] {
        assert!(body.contains(part), "{part} in {body}");
    }
    assert_eq!(short, "Three, digest of 2 Feb 2026: 1 alert not taken (low: 1)");
    world.end_all(End::Accepted);
    // Nothing new: no message. Also after a start, and a clock that is set back over that hour.
    world.restart();
    world.move_clock(jiff::SignedDuration::from_secs(-7200));
    world.step(Vec::new());
    world.pass(2 * 86_400);
    assert!(digests(&world).is_empty(), "{:?}", world.held_by());
    try_often(&mut world, "mallory");
    world.pass(86_400);
    assert_eq!(digests(&world).len(), 2, "it goes on");
}

#[test]
fn what_waits_is_held_back_or_is_in_nobodys_hands_is_told_the_gravest_first() {
    let mut world = quiet();
    world.edit("chains.yaml", "    reack: 2h\n", "    reack: never\n    hours: mon-fri 08:00-18:00\n");
    world.edit("vigie.yaml", "channels:\n", "alerts: {same_rule: 0s, join_by: [account]}\nchannels:\n");
    world.restart();
    try_often(&mut world, "u9");
    world.attack("u1");
    world.silence(2, 0, 86_400);
    world.attack("u2");
    world.pass(NIGHT);
    let (_, body, _) = digests(&world).remove(0);
    let place = |words: &str| body.find(words).unwrap_or_else(|| panic!("{words} in {body}"));
    assert!(place("held back by silence S1 of cleo (tests)") < place("waits for the hours of its chain"), "{body}");
    assert!(place("waits for the hours") < place("no chain takes this level"), "{body}");
    assert!(place("critical: 2, low: 1") < place("Attack (u2)"));
    // What somebody has is in good hands.
    let first = world.alerts()[1].id;
    world.end_all(End::Accepted);
    world.ask(Command::Ack { alert: first, by: "ann".into() });
    world.end_all(End::Accepted);
    world.pass(86_400);
    let all = digests(&world);
    assert!(all.iter().all(|(_, body, _)| !body.contains("Attack (u1)")), "{all:?}");
}

#[test]
fn a_digest_whose_hour_was_slept_over_is_told_at_once_and_once() {
    let mut world = quiet();
    try_often(&mut world, "mallory");
    world.die();
    world.now += jiff::SignedDuration::from_secs(NIGHT + 7200);
    world.start();
    world.pass(0);
    assert_eq!(digests(&world).len(), 2);
    world.restart();
    world.pass(3600);
    let told = world.pages().iter().filter(|page| page.key.contains("digest")).count();
    assert_eq!(told, 2, "one for each channel");
    assert!(world.alert(AlertId(world.alerts()[0].id.0)).0.acks.is_empty());
}
