//! The two engines behind one shape: rules go in as YAML, events as lines.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use vigie::base::id::RuleId;
use vigie::base::realm::Realm;
use vigie::finding::Severity;
use vigie::text::source::Source;
use vigie::watch::event::Logsource;
use vigie::watch::format::{Decoded, Decoder, Format, Read};
use vigie::watch::sigma;

/// The rules that match, by their place in the list.
pub(crate) type Matching = BTreeSet<usize>;

/// Both engines with the same rules.
pub(crate) struct Engines {
    ours: Ours,
    theirs: rsigma_eval::Engine,
}

impl Engines {
    /// Compiles `rules`, each of which both engines must take.
    pub(crate) fn new(rules: &[String]) -> Self {
        Self { ours: Ours::new(rules), theirs: theirs(rules) }
    }

    /// What vigie says.
    pub(crate) fn ours(&mut self, event: &Value) -> Matching {
        self.ours.look(event)
    }

    /// What the other engine says.
    pub(crate) fn theirs(&self, event: &Value) -> Matching {
        let matches = self.theirs.evaluate(&rsigma_eval::JsonEvent::borrow(event));
        matches.iter().map(|found| number(&found.header.rule_title)).collect()
    }
}

/// vigie alone.
pub(crate) struct Ours {
    engine: sigma::Engine,
    decoder: Decoder,
}

impl Ours {
    pub(crate) fn new(rules: &[String]) -> Self {
        let own = Logsource { product: Some("p".into()), ..Logsource::default() };
        Self { engine: ours(rules), decoder: Decoder::new(Format::Json, TimeZone::UTC, Some(own)) }
    }

    /// The rules that match an event, which is read as a line.
    pub(crate) fn look(&mut self, event: &Value) -> Matching {
        let line = event.to_string();
        let Decoded::Event(decoded) = self.decoder.decode(Timestamp::UNIX_EPOCH, &line) else {
            panic!("a line that the json format does not read: {line}")
        };
        assert_eq!(decoded.text, line, "taken for a secret");
        let matches = self.engine.step(Realm::Live, &decoded);
        let whole: Matching = matches.iter().map(|found| number(found.rule.id.as_str())).collect();
        let Read::Raw(raw) = self.decoder.read(Timestamp::UNIX_EPOCH, &line) else { panic!("no object: {line}") };
        let seen = self.engine.look(&raw).expect("it was read before");
        assert_eq!(seen.iter().flat_map(sigma::Sighting::rules).collect::<Matching>(), whole, "lazily: {line}");
        whole
    }
}

/// What the rule at `at` is called.
pub(crate) fn name(at: usize) -> String {
    format!("r{at}")
}

fn number(name: &str) -> usize {
    name[1..].parse().expect("rules are called by their number")
}

fn ours(rules: &[String]) -> sigma::Engine {
    let mut found = Vec::new();
    let mut documents = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        documents.extend(sigma::read(&Source::new(name(at), rule.as_str()), &RuleId(name(at)), &mut found));
    }
    let engine = sigma::Engine::compile(documents, &mut found);
    let wrong = found.iter().find(|finding| finding.severity() == Severity::Error);
    assert!(wrong.is_none(), "{}\n{}", wrong.expect("there is one"), rules.join("---\n"));
    engine
}

fn theirs(rules: &[String]) -> rsigma_eval::Engine {
    let mut engine = rsigma_eval::Engine::new();
    let parsed: Vec<_> = rules
        .iter()
        .flat_map(|rule| {
            let parsed = rsigma_parser::parse_sigma_yaml(rule).expect("they read what we write");
            assert_eq!((parsed.rules.len(), parsed.errors.len()), (1, 0), "{:?}\n{rule}", parsed.errors);
            parsed.rules
        })
        .collect();
    let wrong = engine.add_rules(&parsed);
    assert!(wrong.is_empty(), "{}\n{}", wrong[0].1, rules[wrong[0].0]);
    engine
}
