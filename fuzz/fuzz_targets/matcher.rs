//! Any selection held against any event. The first line is the selection, the rest the event. A rule and the same rule
//! negated never agree, alone or beside other rules; and a line says the same whether it is read as a whole or only as far
//! as rules ask.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vigie::base::id::RuleId;
use vigie::base::realm::Realm;
use vigie::finding::Severity;
use vigie::text::source::Source;
use vigie::watch::event::Event;
use vigie::watch::sigma::{Engine, Match, read};

#[path = "../event.rs"]
mod event;

const OTHERS: &str = "[{a|contains: x}, {b|endswith: '.exe', c: null}, {d|re: 'y+'}]";

fn rule(selection: &str, condition: &str) -> String {
    format!(
        "title: t\nlevel: low\nlogsource: {{product: p}}\ndetection:\n  s: {selection}\n  o: {OTHERS}\n  \
         condition: {condition}\n"
    )
}

/// Whether the first of `rules` matches; nothing where one is refused.
fn matches(rules: &[String], event: &Event, line: &str) -> Option<bool> {
    let mut found = Vec::new();
    let mut documents = Vec::new();
    for (at, text) in rules.iter().enumerate() {
        documents.extend(read(&Source::new("r", text.as_str()), &RuleId(format!("r{at}")), &mut found));
    }
    let mut engine = Engine::compile(documents, &mut found);
    if found.iter().any(|finding| finding.severity() == Severity::Error) {
        return None;
    }
    let whole = named(&engine.step(Realm::Live, event));
    if let Some(lazily) = event::lazily(&mut engine, line, event) {
        assert_eq!(named(&lazily), whole, "read as far as rules ask");
    }
    Some(whole.iter().any(|rule| rule == "r0"))
}

fn named(matches: &[Match]) -> Vec<String> {
    matches.iter().map(|found| found.rule.id.to_string()).collect()
}

fuzz_target!(|text: &str| {
    let Some((selection, line)) = text.split_once('\n') else { return };
    // A selection is one value of YAML, and no way to write a rule around it.
    if selection.contains('\r') || !selection.starts_with(['{', '[', '\'', '"']) {
        return;
    }
    let Some(event) = event::json(line) else { return };
    let (plain, negated) = (rule(selection, "s"), rule(selection, "not s"));
    let Some(alone) = matches(&[plain.clone()], &event, line) else { return };
    let other = rule("{a: 1}", "s or o");
    assert_eq!(matches(&[plain.clone(), other.clone(), negated.clone()], &event, line), Some(alone), "beside others");
    assert_eq!(matches(&[negated, plain, other], &event, line), Some(!alone), "negated");
});
