//! What must not leave vigie does not, and what must stay does: two lists, to which a hospital can add, are sent through every
//! format and every way out.

#![expect(clippy::unwrap_used, reason = "a test that does not find what it looks for has failed")]

mod carrier;
mod daemon;
mod list;
mod mailbox;
mod marked;
mod program;
mod sinks;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie::base::id::RuleId;
use vigie::base::realm::Realm;
use vigie::text::source::Source;
use vigie::watch::event::Logsource;
use vigie::watch::format::{Decoded, Decoder, Format, Read};
use vigie::watch::sigma::{self, Engine, Match};

use carrier::{CARRIERS, Carrier};

/// All that any of the lines says, so that all of it is told.
const FIELDS: &str = "message, m, log.message, list, cs-user-agent, cs-uri, cs-uri-query, path, Authentication.m, logdata.m, a1, CommandLine, event_name, msg, opaque, Description, Message";

pub(crate) fn rules() -> String {
    format!(
        "title: Marked\nid: marked\nlevel: high\nlogsource: {{product: probe}}\ndetection: {{words: [MARKED], condition: words}}\n\
         fields: [{FIELDS}]\nvigie: {{subject: [{FIELDS}]}}\n"
    )
}

struct Bench {
    engine: Engine,
    decoder: Decoder,
}

impl Bench {
    fn new(carrier: &Carrier) -> Self {
        let mut found = Vec::new();
        let documents = sigma::read(&Source::new("rules.yml", rules()), &RuleId::from("leak"), &mut found);
        let engine = Engine::compile(documents, &mut found);
        let own = Logsource { product: Some("probe".into()), ..Default::default() };
        Self { engine, decoder: Decoder::new(carrier.format, TimeZone::UTC, Some(own)) }
    }

    /// What is told of a line: read as far as the rules need it, and taken apart.
    fn told(&mut self, line: &str) -> Vec<Match> {
        let arrived: Timestamp = "2026-11-22T06:00:00Z".parse().unwrap();
        let Decoded::Event(event) = self.decoder.decode(arrived, line) else { panic!("no event: {line}") };
        let mut found = self.engine.step(Realm::Live, &event);
        let wanted = &mut |_: &Match| true;
        found.extend(match self.decoder.read(arrived, line) {
            Read::Decoded(Decoded::Event(event)) => {
                let sighting = self.engine.look(&event).unwrap().unwrap();
                self.engine.count(Realm::Live, sighting, &event, wanted)
            }
            Read::Raw(raw) => {
                let sighting = self.engine.look(&raw).unwrap().unwrap();
                self.engine.count(Realm::Live, sighting, &raw, wanted)
            }
            other @ Read::Decoded(_) => panic!("{other:?} for {line}"),
        });
        found
    }
}

#[test]
fn every_format_has_a_line_here() {
    let has_none = |format: &&Format| CARRIERS.iter().all(|carrier| carrier.format != **format);
    let missing: Vec<&Format> = Format::ALL[1..].iter().filter(has_none).collect();
    assert!(missing.is_empty(), "no line of {missing:?} in tests/leak/carrier.rs");
}

/// The forms that got out once, and many more; what a hospital adds comes on top.
#[test]
fn the_lists_are_as_long_as_they_were() {
    let (private, harmless) = (list::read("private.txt"), list::read("harmless.txt"));
    assert!(private.len() >= 650 && harmless.len() >= 230, "{} {}", private.len(), harmless.len());
    assert!(private.iter().all(|form| !form.secrets.is_empty()), "a form of which nothing must go");
    let mut texts: Vec<&str> = private.iter().chain(&harmless).map(|form| form.text.as_str()).collect();
    texts.sort_unstable();
    assert!(texts.windows(2).all(|pair| pair[0] != pair[1]), "a form stands there twice");
}

#[test]
fn nothing_private_is_told_of_a_line_in_any_format() {
    let forms = list::read("private.txt");
    let (mut lines, mut leaks) = (0, Vec::new());
    for (number, carrier) in CARRIERS.iter().enumerate() {
        let mut bench = Bench::new(carrier);
        for form in &forms {
            let Some(line) = carrier.line(&form.text) else { continue };
            lines += 1;
            let told = bench.told(&line);
            assert_eq!(told.len(), 2, "{line}");
            let told = format!("{told:?}");
            let out = form.secrets.iter().find(|secret| told.contains(secret.as_str()));
            leaks.extend(out.map(|secret| format!("{}: {secret} of {}", Carrier::name(number), form.text)));
        }
    }
    assert!(lines > 8_000, "{lines}");
    assert!(leaks.is_empty(), "{} of {lines}:\n{}", leaks.len(), leaks.join("\n"));
}

#[test]
fn what_is_harmless_is_told_as_it_is_in_any_format() {
    let mut harmed = Vec::new();
    for (number, carrier) in CARRIERS.iter().enumerate() {
        let mut bench = Bench::new(carrier);
        for form in list::read("harmless.txt") {
            let Some(line) = carrier.line(&form.text) else { continue };
            for found in bench.told(&line) {
                let is_there = found.subject.iter().any(|(_, value)| value.contains(&form.text));
                if !is_there {
                    harmed.push(format!("{}: {} is {:?}", Carrier::name(number), form.text, found.subject));
                }
            }
        }
    }
    assert!(harmed.is_empty(), "{}:\n{}", harmed.len(), harmed.join("\n"));
}

#[test]
fn two_of_whom_nobody_may_be_named_are_two() {
    let mut bench = Bench::new(&CARRIERS[0]);
    let lines = ["MARKED ipp=800123456", "MARKED ipp=800123457", "MARKED ipp=800123456"];
    let told: Vec<String> = lines.iter().map(|line| format!("{:?}", bench.told(line)[0])).collect();
    let shown = |told: &str| told.split("whose").next().unwrap().split("subject").nth(1).unwrap().to_owned();
    assert_eq!(shown(&told[0]), shown(&told[1]));
    let whose = |told: &str| told.split("whose: Some(").nth(1).unwrap().split(')').next().unwrap().to_owned();
    assert_ne!(whose(&told[0]), whose(&told[1]));
    assert_eq!(whose(&told[0]), whose(&told[2]));
}
