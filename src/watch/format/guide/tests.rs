//! What is said of a format holds for its lines, and docs/formats.md is made of it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::base::language::Language;
use crate::watch::event::{Event, Value};
use crate::watch::format::{Decoded, Decoder};

/// What is asked of every format, and the fields in which it may stand: the shared one first.
const ASKED: [(&str, &[&str]); 5] = [
    ("host", &["host", "Computer", "node_id", "node", "cs-host"]),
    (
        "user",
        &["user", "TargetUserName", "cs-username", "account", "aet", "acct", "auid", "Authentication.clientAccount"],
    ),
    ("source", &["src_ip", "IpAddress", "c-ip", "src_host", "addr"]),
    ("action", &["action", "EventID", "operation", "cs-method", "verb", "type", "logtype"]),
    ("outcome", &["outcome", "Status", "result", "sc-status", "status", "res", "success", "reason"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn decoder(format: Format) -> Decoder {
    Decoder::new(format, TimeZone::get("Europe/Paris").unwrap(), None)
}

fn arrived() -> Timestamp {
    "2026-11-22T06:00:00Z".parse().unwrap()
}

fn event(decoder: &mut Decoder, line: &str) -> Event {
    match decoder.decode(arrived(), line) {
        Decoded::Event(event) => event,
        other => panic!("{line}: {other:?}"),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        other => format!("{other:?}"),
    }
}

/// What stands in the first of these fields, with the name of the field where it is not the shared one.
fn asked(event: &Event, names: &[&str]) -> Option<String> {
    let (place, found) = names.iter().enumerate().find_map(|(place, name)| Some((place, event.get(name).next()?)))?;
    let written = text(found).replace('|', "\\|");
    Some(if place == 0 { written } else { format!("{written} (`{}`)", names[place]) })
}

/// The sample lines of a format, and the head of their file that says where their shape is from.
fn samples(format: Format) -> (String, Vec<String>) {
    let path = root().join("tests/samples/formats").join(format!("{format}.log"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = text.lines().map(str::to_owned);
    let head = lines.next().unwrap();
    assert!(head.starts_with("shape: ") || head.starts_with("real: "), "{}: {head}", path.display());
    (head, lines.collect())
}

fn told() -> impl Iterator<Item = Format> {
    Format::ALL.iter().copied().filter(|format| !guide(*format).example.is_empty())
}

#[test]
fn examples_are_lines_of_their_format() {
    for format in told() {
        let guide = guide(format);
        event(&mut decoder(format), guide.example);
        assert!(!guide.logs.is_empty() && !guide.fields.is_empty(), "{format}");
        for language in [Language::Fr, Language::En] {
            assert!(guide.purpose.get(language).len() > 10, "{format}");
        }
        if format != Format::Plain {
            let mut auto = decoder(Format::Auto);
            event(&mut auto, guide.example);
            assert_eq!(auto.picked(), Some(format), "{format}");
        }
    }
}

/// Every line of the vendors' formats says when, where, who, from where, what and how it ended, as far as anything can.
#[test]
fn lines_of_every_vendor_are_found_to_be_what_they_are() {
    for format in [Format::Kv, Format::Cef, Format::Leef, Format::Cisco, Format::PaloAlto, Format::Esxi, Format::Veeam]
    {
        for line in samples(format).1 {
            let event = event(&mut decoder(Format::Auto), &line);
            // Whoever says which format it is says so of lines that come through a relay too.
            assert_eq!(self::event(&mut decoder(format), &line).logsource, event.logsource, "{line}");
            // A program that writes logfmt names what it likes.
            let is_known = event.logsource.product.is_some();
            assert!(is_known || format == Format::Kv, "{line}");
            let once = |name: &str| event.get(name).count() == 1;
            assert!(once("outcome") && (once("action") || !is_known), "{line}: {event:?}");
        }
    }
}

fn page() -> String {
    let mut page = String::from(
        "<!-- Written by a test from src/watch/format/guide.rs and tests/samples/formats: VIGIE_WRITE=1 cargo test --lib guide -->\n\n\
         # Log formats\n\n\
         A format says how a program writes its lines. `format: auto` finds out by looking at them, and changes its mind when \
         they do; what it does not understand is not thrown away but looked at as it stands, counted and said by `vigie status`, \
         `vigie scan` and `vigie check`. `vigie formats` shows this list, `vigie formats NAME` one of them, and \
         `vigie scan FILE --line NUMBER` how a line of yours is understood.\n\n\
         All formats of devices add the same names to the vendor's own, so that one rule can look at all of them: `user`, `src_ip`, \
         `src_port`, `dst_ip`, `dst_port`, `host` (the device), `action`, `outcome` (`success`, `failure` or `unknown`), `object`, \
         `bytes`, `message`. The vendor's names stay, because public Sigma rules use them. A name that a line has twice keeps \
         both values. A device that speaks inside a syslog line is read as what it is: `format: syslog` or `auto` will do for it.\n\n\
         The tables show what is read from the sample lines of each format (in `tests/samples/formats`): lines of the program \
         itself, or lines written in the shape that its vendor documents. Where a value stands in a field with another name than \
         the shared one, the name is beside it; `…` stands for what the lines themselves say. Times are UTC; local times are read as of Europe/Paris here.\n",
    );
    for format in told() {
        section(format, &mut page);
    }
    page.push_str(
        "\n## Trying the readers\n\nEvery reader has a fuzz target, and so have the framing of listeners, redaction, rules, calendars, and \
         the logs that Windows keeps. One command runs them one after the other, two minutes each and ten for what reads what \
         anybody on the network can send (needs `cargo-fuzz`; the compiler may be a stable one):\n\n    fuzz/run\n\n\
         `fuzz/run 20` gives each twenty seconds, `fuzz/run 600 frames` one of them ten minutes.\n\n\
         On 30 November 2026 it gave 30 targets 53 million inputs in 84 minutes (ten for framing, `auto` and syslog each), \
         and found nothing.\n",
    );
    page
}

fn section(format: Format, page: &mut String) {
    let Guide { purpose, logs, fields, example } = guide(format);
    let (head, lines) = samples(format);
    writeln!(page, "\n## {format}\n\n{}\n", purpose.get(Language::En)).unwrap();
    writeln!(page, "- logs: {logs}\n- fields: {fields}\n- samples: {head}\n\n    {example}\n").unwrap();
    page.push_str("| line | time | host | user | source | action | outcome |\n|---|---|---|---|---|---|---|\n");
    let mut decoder = decoder(format);
    for (number, line) in lines.iter().enumerate() {
        let Decoded::Event(event) = decoder.decode(arrived(), line) else { continue };
        let time = if event.time == arrived() { "–".to_owned() } else { event.time.to_string() };
        let cells = ASKED.map(|(_, names)| asked(&event, names).unwrap_or_else(|| "–".to_owned()));
        writeln!(page, "| {} | {time} | {} |", number + 2, cells.join(" | ")).unwrap();
    }
}

#[test]
fn the_page_is_what_the_lines_say() {
    let path = root().join("docs/formats.md");
    let page = page();
    if std::env::var_os("VIGIE_WRITE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == page, "docs/formats.md is not what the formats say; write it anew with VIGIE_WRITE=1");
}
