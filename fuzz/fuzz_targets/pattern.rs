//! Any text with wildcards against the same as a regular expression. The first byte says where it stands, the first line
//! is the pattern, the rest the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use regex::RegexBuilder;
use vigie::base::id::RuleId;
use vigie::base::realm::Realm;
use vigie::text::source::Source;
use vigie::watch::event::{Event, Logsource, Value};
use vigie::watch::hidden::Hidden;
use vigie::watch::sigma::{Engine, read};

/// The regular expression of a value, as the specification says wildcards and escapes.
fn expression(pattern: &str) -> String {
    let mut text = String::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '*' => text.push_str(".*"),
            '?' => text.push('.'),
            '\\' => {
                let escaped = letters.next_if(|next| matches!(next, '*' | '?' | '\\')).unwrap_or('\\');
                text.push_str(&regex::escape(&escaped.to_string()));
            }
            other => text.push_str(&regex::escape(&other.to_string())),
        }
    }
    text
}

fuzz_target!(|input: &str| {
    let mut letters = input.chars();
    let Some(first) = letters.next() else { return };
    let Some((pattern, text)) = letters.as_str().split_once('\n') else { return };
    if pattern.len() > 200 || pattern.chars().any(char::is_control) || text.chars().any(|letter| letter > '\u{2FFF}') {
        return;
    }
    let shape = u32::from(first) % 8;
    let (name, before, behind) =
        [("", "^", "$"), ("|startswith", "^", ""), ("|endswith", "", "$"), ("|contains", "", "")][shape as usize / 2];
    let cased = shape % 2 == 1;
    let key = format!("f{name}{}", if cased { "|cased" } else { "" });
    let rule = format!(
        "title: t\nlevel: low\nlogsource: {{product: p}}\ndetection:\n  s: {{'{key}': '{}'}}\n  condition: s\n",
        pattern.replace('\'', "''")
    );
    let mut found = Vec::new();
    let documents = read(&Source::new("r", rule.as_str()), &RuleId::from("r"), &mut found);
    let mut engine = Engine::compile(documents, &mut found);
    assert!(found.is_empty(), "{found:?}\n{rule}");
    let event = Event {
        time: jiff::Timestamp::UNIX_EPOCH,
        logsource: Logsource { product: Some("p".into()), ..Logsource::default() },
        fields: vec![("f".into(), Value::from(text))],
        text: String::new(),
        hidden: Hidden::default(),
        times: 1,
    };
    let regex = format!("{before}(?:{}){behind}", expression(pattern));
    let Ok(regex) = RegexBuilder::new(&regex).case_insensitive(!cased).dot_matches_new_line(true).build() else {
        return;
    };
    let ours = !engine.step(Realm::Live, &event).is_empty();
    assert_eq!(ours, regex.is_match(text), "{key}: {pattern:?} and {text:?}");
});
