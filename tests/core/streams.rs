//! Two logs of one source, read in turns: each is a stream of its own.

use vigie::core::Input;
use vigie::watch::line::{Batch, Line, Position};

use super::world::World;

/// The pieces of a record about `user`.
fn pieces(user: &str) -> [String; 2] {
    let process = "/usr/sbin/smbd: ";
    let first =
        r#"{"timestamp": "2026-02-01T22:00:00+0000", "type": "Authentication", "Authentication": {"eventId": 1,"#;
    [format!("{process}{first}"), format!("{process}\"x\": 1}}, \"act\": \"attack\", \"user\": \"{user}\"}}")]
}

/// Source `a` reads one more piece of a log.
fn read(world: &mut World, log: &str, text: &str) {
    world.step(vec![Input::Lines(Batch {
        source: "a".into(),
        stream: log.to_owned(),
        arrived: world.now,
        lines: vec![Line { text: text.to_owned(), offset: 0, cut_from: None }],
        positions: vec![Position { file: log.to_owned(), state: Some("read".to_owned()) }],
        ended: Vec::new(),
    })]);
}

#[test]
fn pieces_of_records_from_two_logs_of_a_source_are_never_joined() {
    let mut world = World::new();
    world.edit("vigie.yaml", "logs/a.log, format: json", "logs/a.log, format: samba-json");
    world.restart();
    let ([one_a, one_b], [two_a, two_b]) = (pieces("alice"), pieces("bruno"));
    for (log, piece) in [("dc1", one_a), ("dc2", two_a), ("dc1", one_b), ("dc2", two_b)] {
        read(&mut world, log, &piece);
    }
    let mut attacked: Vec<String> = world.alerts().iter().map(|alert| alert.subject[0].1.clone()).collect();
    attacked.sort();
    assert_eq!(attacked, ["alice", "bruno"]);
}
