//! Looks at one line of a log with the rules that vigie ships, and says which of them name it:
//!
//!     cargo run --example scan_line
//!     cargo run --example scan_line -- '<13>Nov 21 19:28:22 srv-web sudo: www-data : …'

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie::base::language::Language;
use vigie::base::realm::Realm;
use vigie::check;
use vigie::watch::format::{Decoded, Decoder, Format};

/// A decoy that was touched, as OpenCanary writes it.
const LINE: &str = r#"{"dst_host": "10.20.9.66", "dst_port": 2223, "logdata": {"SESSION": "0"}, "logtype": 4000, "node_id": "leurre-ch-01", "src_host": "10.20.4.17", "src_port": 48008, "utc_time": "2026-11-21 19:28:22.000000"}"#;

fn main() {
    let line = std::env::args().nth(1).unwrap_or_else(|| LINE.to_owned());
    let named = rules_that_name(&line);
    for (rule, title) in &named {
        println!("{rule}: {title}");
    }
    println!("{} of the shipped rules name this line", named.len());
}

/// The shipped rules that one line is enough for, with their titles.
fn rules_that_name(line: &str) -> Vec<(String, String)> {
    let mut mistakes = Vec::new();
    let mut engine = check::compile(&check::builtin_rules(), &BTreeMap::new(), &mut mistakes);
    assert!(mistakes.is_empty(), "the shipped rules have no mistake: {mistakes:?}");

    // The format is picked by looking at the line. It arrives now; a line that says when it was written is believed.
    let mut decoder = Decoder::new(Format::Auto, TimeZone::UTC, None);
    match decoder.decode(Timestamp::UNIX_EPOCH, line) {
        // A line of no known format is looked at as it stands.
        Decoded::Event(event) | Decoded::Unknown(event) => {
            let matches = engine.step(Realm::Live, &event).into_iter();
            matches.map(|found| (found.rule.id.to_string(), found.rule.title.get(Language::En).to_owned())).collect()
        }
        // A list of several records, a blank line, or half a record.
        Decoded::Several(_) | Decoded::Skipped => Vec::new(),
        Decoded::Malformed { why, .. } => vec![("not read".to_owned(), why.to_owned())],
    }
}

#[test]
fn the_decoy_is_named_and_an_idle_line_is_not() {
    let named = rules_that_name(LINE);
    assert!(named.iter().any(|(rule, _)| rule == "deception.decoy_touched"), "{named:?}");
    assert_eq!(rules_that_name("<13>Nov 21 19:28:22 srv-web systemd[1]: Started Daily apt activities."), []);
}
