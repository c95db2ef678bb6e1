//! The desk of lines alone.

use super::*;
use crate::api::Fact;
use crate::core::desk::exercises::Unlabelled;
use crate::core::desk::valmont::Valmont;
use crate::watch::format::Format;
use crate::watch::line::{Batch, Line, Position};

struct AtDesk {
    valmont: Valmont,
    lines: Lines,
    out: Out,
    source: SourceName,
    read: u64,
}

impl AtDesk {
    /// The desk with one source of the example hospital, read as `format`.
    fn new(format: Format) -> Self {
        let (valmont, engine) = Valmont::with_rules();
        let mut source = valmont.context().site().settings.sources[0].clone();
        source.format = format;
        let name = source.name.clone();
        let lines = Lines::new(&[source], engine, Key::from_bytes([7; 32]), Vec::new(), valmont.now);
        Self { valmont, lines, out: Out::default(), source: name, read: 0 }
    }

    fn read(&mut self, realm: Realm, text: &str) {
        self.read_glanced(realm, text, None);
    }

    fn read_glanced(&mut self, realm: Realm, text: &str, glance: Option<ahead::Glance>) {
        let (offset, arrived) = (self.read, self.valmont.now);
        self.read += 1;
        let place =
            Place { source: &self.source, stream: "f", file: Some("f"), offset, arrived, is_cut: false, since: None };
        let line = Unlabelled { realm, text, copy_of: None };
        self.lines.read(place, Some(line), glance, &mut self.out);
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
    let status = desk.lines.status(desk.valmont.now);
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
        Event::Hit { source: Some(_), realm, found, .. } => Some((*realm, found.time)),
        _ => None,
    });
    assert_eq!(hit, Some((drill, desk.valmont.now)), "{said:?}");
    let facts = desk.out.take_facts();
    assert!(matches!(&facts[..], [told] if matches!(told.fact, Fact::Source(_))), "{facts:?}");
}

#[test]
fn lines_that_come_late_are_heard_of_where_no_rule_sees_anything_in_them() {
    let mut desk = AtDesk::new(Format::Json);
    for minute in 0..20 {
        let time = desk.valmont.now.checked_sub(jiff::SignedDuration::from_hours(1)).unwrap();
        let line = format!("{{\"time\":\"{time}\",\"of\":\"nothing\"}}");
        // What was seen ahead of its turn is heard of too.
        let glance = (minute % 2 == 1).then_some(ahead::Glance { watched: false, seen: None });
        desk.read_glanced(Realm::Live, &line, glance);
        // Of a batch, one line is enough, and what has no time says nothing.
        desk.read(Realm::Live, "{\"of\":\"nothing\"}");
        desk.valmont.later(60);
    }
    assert_eq!(desk.lines.status(desk.valmont.now)[0].late, Some(3_600));
    desk.lines.wake(desk.valmont.context(), &mut desk.out);
    let said = desk.out.said();
    let lag = format!("lag:{}", desk.source);
    assert!(said.iter().any(|event| matches!(event, Event::Ailing(ailment) if ailment.of == lag)), "{said:?}");
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

/// A correlation of the example hospital: ten renames by one account within a minute or so.
fn rename(number: usize) -> String {
    format!("Nov 21 19:31:05 nas smbd_audit: dupont|10.99.0.1|pc-7|notes|renameat|ok|{number}.doc|{number}.doc.lockbit")
}

#[test]
fn each_event_of_an_attack_that_goes_on_is_said_and_where_its_line_stands() {
    let mut desk = AtDesk::new(Format::SambaAudit);
    (0..200).for_each(|number| desk.read(Realm::Live, &rename(number)));
    let said = desk.out.said();
    let hits: Vec<_> = said
        .iter()
        .filter_map(|event| match event {
            Event::Hit { found, place: Some(place), copy_of: None, .. } => Some((found, place)),
            _ => None,
        })
        .collect();
    let new: Vec<_> = hits.iter().filter(|(found, _)| !found.goes_on).collect();
    assert!(!new.is_empty() && new.len() < 5, "{new:?}");
    for (found, place) in new {
        let id = &found.rule.id;
        let of_rule = || hits.iter().filter(|(other, _)| other.rule.id == *id);
        let events: u64 = of_rule().map(|(found, _)| found.events).sum();
        assert!(of_rule().count() > 150 && events <= 200, "{id}: {events}");
        // The line is that which stands at the place.
        for (found, place) in of_rule() {
            let line = found.line.as_deref().expect("each tells a line");
            assert!(line.contains(&format!("|{}.doc|", place.offset)), "{id}: {line} at {}", place.offset);
        }
        assert_eq!(place.log.as_deref(), Some("f"));
        assert!(found.ties.iter().any(|tie| tie.value == "10.99.0.1"), "{found:?}");
    }
    // Of many within a second, few lines were made.
    let places: std::collections::BTreeSet<u64> = hits.iter().map(|(_, place)| place.offset).collect();
    assert!(places.len() < 40, "{places:?}");
    desk.valmont.later(2);
    desk.read(Realm::Live, &rename(200));
    let said = desk.out.said();
    let last = said.iter().find_map(|event| match event {
        Event::Hit { found, .. } => found.line.clone(),
        _ => None,
    });
    assert!(last.is_some_and(|line| line.contains("|200.doc|")), "{said:?}");
}

/// What is said of what suffers at this moment.
fn suffering(lines: &mut Lines, valmont: &Valmont) -> Vec<(bool, String)> {
    let mut out = Out::default();
    lines.wake(valmont.context(), &mut out);
    let of = |event: Event| match event {
        Event::Ailing(ailment) => Some((true, ailment.of)),
        Event::Well { of } => Some((false, of)),
        _ => None,
    };
    out.said().into_iter().filter_map(of).collect()
}

#[test]
fn many_sources_that_fall_silent_together_are_one_alert() {
    let (mut valmont, engine) = Valmont::with_rules();
    let named = |name: &str| {
        let mut source = valmont.context().site().settings.sources[0].clone();
        (source.name, source.silent) = (SourceName::from(name), Some(SignedDuration::from_mins(10)));
        source
    };
    let sources = ["a", "b", "c", "d", "e", "f"].map(named);
    let mut lines = Lines::new(&sources, engine, Key::from_bytes([7; 32]), Vec::new(), valmont.now);
    let say = |lines: &mut Lines, name: &str, at: Timestamp| {
        let source = &SourceName::from(name);
        let place = Place { source, stream: "f", file: Some("f"), offset: 0, arrived: at, is_cut: false, since: None };
        let line = Unlabelled { realm: Realm::Live, text: "x", copy_of: None };
        lines.read(place, Some(line), None, &mut Out::default());
    };
    valmont.later(61);
    let well = suffering(&mut lines, &valmont);
    assert!(well.len() == 6 && well.iter().all(|(ill, _)| !ill), "{well:?}");
    // Two go on, four stop: one of them sooner than the others.
    for name in ["b", "c", "d", "e", "f"] {
        say(&mut lines, name, valmont.now);
    }
    valmont.later(545);
    assert_eq!(suffering(&mut lines, &valmont), [(true, "source:a".to_owned())]);
    for name in ["e", "f"] {
        say(&mut lines, name, valmont.now);
    }
    valmont.later(60);
    let said = suffering(&mut lines, &valmont);
    assert_eq!(said, [(true, "together:silence".to_owned())], "and none for each");
    assert!(lines.deadline().is_none_or(|next| next > valmont.now), "nobody is asked again and again");
    // What they have in common works again; one stays silent, and is told of alone.
    for name in ["b", "c", "a", "e", "f"] {
        say(&mut lines, name, valmont.now);
    }
    let said = suffering(&mut lines, &valmont);
    let wanted = [(false, "together:silence"), (false, "source:a"), (true, "source:d")];
    assert_eq!(said, wanted.map(|(ill, of)| (ill, of.to_owned())));
}

/// Everything that follows from `lines`, read in two batches, with what was seen ahead of their turn or without.
fn followed(format: Format, lines: &[String], looks_ahead: bool) -> (Vec<String>, Vec<String>, String) {
    let mut desk = AtDesk::new(format);
    // Where the format has to be found out, that is done in the order of the lines.
    desk.read(Realm::Live, "Nov 21 19:31:05 srv systemd[1]: Started Session 0.");
    let arrived = desk.valmont.now;
    let batch = |lines: &[String]| Batch {
        source: desk.source.clone(),
        stream: "f".to_owned(),
        arrived,
        lines: lines.iter().map(|text| Line { text: text.clone(), offset: 0, cut_from: None }).collect(),
        positions: Vec::new(),
        ended: Vec::new(),
        since: None,
    };
    let (first, second) = lines.split_at(lines.len() / 3);
    let batches = [batch(first), batch(second)];
    let mut ahead = if looks_ahead { desk.lines.look_ahead(batches.iter()) } else { Ahead::default() };
    let mut seen = 0;
    for batch in &batches {
        let mut glances = ahead.next().into_iter();
        for line in &batch.lines {
            let glance = glances.next().flatten();
            seen += usize::from(glance.is_some());
            desk.read_glanced(Realm::Live, &line.text, glance);
        }
    }
    assert_eq!(
        looks_ahead && std::thread::available_parallelism().unwrap().get() > 1,
        seen > lines.len() / 4,
        "{seen}"
    );
    let said = desk.out.said().iter().map(|event| format!("{event:?}")).collect();
    let kinds = desk.kinds();
    let status = desk.lines.status(arrived).remove(0);
    (said, kinds, format!("{} {} {} {}", status.lines, status.malformed, status.unknown, status.unwatched))
}

#[test]
fn looking_ahead_changes_nothing_but_the_time_it_takes() {
    let odd = [
        "",
        "not of any format",
        "{\"a\":1}",
        "<13>x",
        "Feb 31 10:00:00 srv x: y",
        "  at indented",
        "{broken}",
        // What a rule for all programs of a machine looks for, which nobody else wants to know of.
        "Nov 21 19:31:05 nas systemd[1]: NO SPACE left on device",
        "Nov 21 19:31:05 nas backup[1]: Aucun espace disponible sur le périphérique",
        "Nov 21 19:31:05 nas backup[1]: message repeated 3 times: [ No space left on device]",
        "Nov 21 19:31:05 fw kernel: DROP IN=eth0 OUT= SRC=203.0.113.9 DST=10.0.0.1 PROTO=TCP SPT=1 DPT=3389",
        "Nov 21 19:31:05 fw app: [x@1 message=\"No space left on device\"] else",
    ];
    let line = |number: usize| match number % 11 {
        0..=3 => format!("Nov 21 19:31:05 srv sshd[{number}]: Failed password for root from 203.0.113.9 port 5 ssh2"),
        4 => rename(number),
        5 => format!("<38>Nov 21 19:31:05 srv sudo: x : TTY=pts/0 ; USER=root ; COMMAND=/bin/sh {number}"),
        6 => format!("Nov 21 19:31:05 srv app: forged #EXERCICE:D1:{number}:00"),
        7 => odd[number / 11 % odd.len()].to_owned(),
        _ => format!("Nov 21 19:31:05 srv systemd[1]: Started Session {number}."),
    };
    let lines: Vec<String> = (0..6_000).map(line).collect();
    for format in [Format::Syslog, Format::Auto] {
        let wanted = followed(format, &lines, false);
        assert!(!wanted.0.is_empty());
        let found = followed(format, &lines, true);
        assert_eq!((found.0.len(), &found.1, &found.2), (wanted.0.len(), &wanted.1, &wanted.2), "{format}");
        assert!(found.0 == wanted.0, "{format}: what is said of hits is the same");
    }
}
