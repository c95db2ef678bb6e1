//! Any text as a condition: it is read or refused, and what it says does not change when it is negated twice.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vigie::base::id::RuleId;
use vigie::base::realm::Realm;
use vigie::finding::Severity;
use vigie::text::source::Source;
use vigie::watch::sigma::{Engine, read};

#[path = "../event.rs"]
mod event;

/// The engine over one condition; nothing where it is refused.
fn engine(condition: &str) -> Option<Engine> {
    // In quotes, so that every text is a text: `'` is written twice.
    let text = format!(
        "title: t\nlevel: low\nlogsource: {{product: p}}\ndetection:\n  sel_a: {{a: 1}}\n  sel_b: {{b: 1}}\n  \
         filter: {{c: 1}}\n  _hidden: {{d: 1}}\n  condition: '{}'\n",
        condition.replace('\'', "''")
    );
    let mut found = Vec::new();
    let documents = read(&Source::new("rule.yml", text.as_str()), &RuleId::from("fuzz.rule"), &mut found);
    let engine = Engine::compile(documents, &mut found);
    for finding in &found {
        assert!(text.get(finding.span.range()).is_some(), "points outside: {finding:?}");
    }
    found.iter().all(|finding| finding.severity() != Severity::Error).then_some(engine)
}

fuzz_target!(|condition: &str| {
    let (Some(mut plain), Some(mut negated), Some(mut twice)) =
        (engine(condition), engine(&format!("not ({condition})")), engine(&format!("not (not ({condition}))")))
    else {
        return;
    };
    for line in [r#"{"a":1}"#, r#"{"b":1,"c":1}"#, r#"{"a":1,"b":1,"d":1}"#, r#"{"x":1}"#] {
        let event = event::json(line).expect("this is JSON");
        let [plain, negated, twice] =
            [&mut plain, &mut negated, &mut twice].map(|engine| engine.step(Realm::Live, &event).len());
        assert_eq!((plain, plain), (1 - negated, twice), "{condition} {line}");
    }
});
