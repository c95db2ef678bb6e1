//! Any text as a rule file: it is read or refused, every finding points into it, and what was read can be compiled and
//! looked at an event.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vigie::base::id::RuleId;
use vigie::base::realm::Realm;
use vigie::text::source::Source;
use vigie::watch::sigma::{Engine, read};

#[path = "../event.rs"]
mod event;

fuzz_target!(|text: &str| {
    let source = Source::new("rule.yml", text);
    let mut found = Vec::new();
    let documents = read(&source, &RuleId::from("fuzz.rule"), &mut found);
    let mut engine = Engine::compile(documents, &mut found);
    for finding in &found {
        assert!(text.get(finding.span.range()).is_some(), "points outside: {finding:?}");
        assert!(!finding.to_string().is_empty());
    }
    if let Some(event) = event::json(r#"{"a": 1, "Image": "C:\\cmd.exe", "list": ["x", null], "n": {"b": true}}"#) {
        engine.step(Realm::Live, &event);
    }
});
