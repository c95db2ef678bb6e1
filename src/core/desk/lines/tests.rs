//! The desk of lines alone.

use super::*;
use crate::api::Fact;
use crate::core::desk::valmont::Valmont;
use crate::watch::format::Format;
use crate::watch::line::Position;

struct AtDesk {
    valmont: Valmont,
    lines: Lines,
    out: Out,
    source: SourceName,
}

impl AtDesk {
    /// The desk with one source of the example hospital, read as `format`.
    fn new(format: Format) -> Self {
        let (valmont, engine) = Valmont::with_rules();
        let mut source = valmont.context().site().settings.sources[0].clone();
        source.format = format;
        let name = source.name.clone();
        let lines = Lines::new(&[source], engine, Key::from_bytes([7; 32]), Vec::new(), valmont.now);
        Self { valmont, lines, out: Out::default(), source: name }
    }

    fn read(&mut self, realm: Realm, text: &str) {
        let place = Place { source: &self.source, stream: "f", file: Some("f"), offset: 0, arrived: self.valmont.now };
        self.lines.read(place, Some((realm, text)), &mut self.out);
    }

    fn kinds(&mut self) -> Vec<String> {
        self.out.take_facts().iter().map(|told| told.fact.entry().0).collect()
    }
}

#[test]
fn lines_that_cannot_be_read_are_counted_and_told_of_once() {
    let mut desk = AtDesk::new(Format::Json);
    for line in ["{\"a\":1}", "not json", "nor this", ""] {
        desk.read(Realm::Live, line);
    }
    assert_eq!(desk.kinds(), ["source.misread"]);
    let status = desk.lines.status();
    assert_eq!((status[0].lines, status[0].malformed), (4, 2));
    assert!(desk.out.said().is_empty());
}

#[test]
fn a_hit_is_said_with_its_realm_and_a_clock_that_is_ahead_is_put_right() {
    let mut desk = AtDesk::new(Format::OpenCanary);
    let decoy = r#"{"dst_host": "10.0.0.5", "dst_port": 22, "local_time_adjusted": "2027-01-01 00:00:00.000000", "logdata": {"PASSWORD": "x", "USERNAME": "root"}, "logtype": 4002, "node_id": "decoy", "src_host": "10.0.0.9", "src_port": 50000}"#;
    let drill = Realm::Drill(crate::base::id::DrillId(1));
    desk.read(drill, decoy);
    let said = desk.out.said();
    let hit = said.iter().find_map(|event| match event {
        Event::Hit { source: Some(_), realm, found } => Some((*realm, found.time)),
        _ => None,
    });
    assert_eq!(hit, Some((drill, desk.valmont.now)), "{said:?}");
    let facts = desk.out.take_facts();
    assert!(matches!(&facts[..], [told] if matches!(told.fact, Fact::Source(_))), "{facts:?}");
}

#[test]
fn how_far_it_was_read_has_a_row() {
    let mut desk = AtDesk::new(Format::Json);
    let position = Position { file: "f".to_owned(), state: Some("{}".to_owned()) };
    let source = desk.source.clone();
    desk.lines.reached(&source, vec![position], &[], &mut desk.out);
    let mut change = Change::default();
    desk.lines.rows(&mut change);
    assert_eq!(change.positions.len(), 1);
    desk.lines.rows(&mut change);
    assert_eq!(change.positions.len(), 1);
}

#[test]
fn rules_are_handed_over_with_their_instant() {
    let mut desk = AtDesk::new(Format::Json);
    let (_, engine) = Valmont::with_rules();
    desk.valmont.later(60);
    assert_eq!(desk.lines.hand_over(desk.valmont.now, engine), 0);
    assert_eq!(desk.lines.since(), desk.valmont.now);
}
