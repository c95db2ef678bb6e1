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
        since: None,
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
    let found = world.alerts().into_iter().flat_map(|alert| world.detections(alert.id));
    let mut attacked: Vec<String> = found.map(|detection| detection.subject[0].1.to_string()).collect();
    attacked.sort();
    assert_eq!(attacked, ["alice", "bruno"]);
}

#[test]
fn a_source_is_told_what_is_kept_of_it_once_it_is_and_not_before() {
    let mut world = World::new();
    world.kept.clear();
    world.write("a", "{\"act\": \"nothing\"}");
    world.look();
    let positions = vec![Position { file: "a".to_owned(), state: Some("1".to_owned()) }];
    assert_eq!(world.kept, [("a".into(), positions.clone())]);
    let stored = world.store().recover().unwrap().positions;
    assert!(stored.iter().any(|row| row.source.as_str() == "a" && row.state.as_deref() == Some("1")), "{stored:?}");
    // While the store cannot be written, what was read may have to be read again.
    world.kept.clear();
    let blocker = world.fill();
    // Its first line that cannot be read is told in the ledger.
    world.write("a", "not an object");
    world.look();
    world.pass(1);
    assert_eq!(world.kept, []);
    blocker.execute_batch("DROP TRIGGER full").unwrap();
    world.pass(61);
    let positions = vec![Position { file: "a".to_owned(), state: Some("2".to_owned()) }];
    assert_eq!(world.kept, [("a".into(), positions)]);
}

#[test]
fn of_a_record_that_is_not_whole_a_source_is_told_no_more_than_what_is_before_it() {
    let mut world = World::new();
    world.edit("vigie.yaml", "logs/a.log, format: json", "logs/a.log, format: samba-json");
    world.restart();
    world.kept.clear();
    let [first, second] = pieces("alice");
    let state = |world: &mut World, text: &str, offset: u64, state: &str| {
        world.step(vec![Input::Lines(Batch {
            source: "a".into(),
            stream: "dc1".to_owned(),
            arrived: world.now,
            lines: vec![Line { text: text.to_owned(), offset, cut_from: None }],
            positions: vec![Position { file: "dc1".to_owned(), state: Some(state.to_owned()) }],
            ended: Vec::new(),
            since: None,
        })]);
        world.kept.pop().unwrap().1.pop().unwrap().state.unwrap()
    };
    // As a file keeps it: 100 bytes in.
    let at = |offset: u64| {
        format!(
            r#"{{"path":"dc1","log":"dc1","identity":{{"dev":1,"ino":2,"born":null}},"order":1,"size":300,"offset":{offset},"head":"0:{0}","tail":"0:{0}","encoding":null,"copy_of":null,"gone":null}}"#,
            "0".repeat(64)
        )
    };
    assert!(state(&mut world, &first, 100, &at(200)).contains("\"offset\":100"), "the record begins at 100");
    assert!(state(&mut world, &second, 200, &at(300)).contains("\"offset\":300"));
}
