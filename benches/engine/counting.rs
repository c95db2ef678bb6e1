//! Rules that count events, and a rule that looks for words in plain lines.

use std::fmt::Write as _;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rsigma_eval::{CorrelationConfig, CorrelationEngine, JsonEvent, LogSourceExtractor, PlainEvent};
use vigie::base::id::RuleId;
use vigie::base::realm::Realm;
use vigie::text::source::Source;
use vigie::watch::event::{Event, Logsource};
use vigie::watch::format::{Decoded, Decoder, Format, Read};
use vigie::watch::hidden::Hidden;
use vigie::watch::sigma::{Engine, read};

/// Four rules that count, over three that look. The other engine only counts rules that have an `id`.
const COUNTING: &str = "\
title: Failed log-in
level: high
id: 00000000-0000-4000-8000-000000000100
name: failed
logsource: {product: windows, service: security}
detection:
    selection: {EventID: 4625}
    condition: selection
---
title: Log-in
level: high
id: 00000000-0000-4000-8000-000000000101
name: logged_in
logsource: {product: windows, service: security}
detection:
    selection: {EventID: 4624}
    condition: selection
---
title: New account
level: high
id: 00000000-0000-4000-8000-000000000102
name: account
logsource: {product: windows, service: security}
detection:
    selection: {EventID: 4720}
    condition: selection
---
title: Many failed log-ins of one account
level: high
id: 00000000-0000-4000-8000-000000000001
correlation:
    type: event_count
    rules: [failed]
    group-by: [TargetUserName]
    timespan: 5m
    condition: {gte: 10}
---
title: One address tries many accounts
level: high
id: 00000000-0000-4000-8000-000000000002
correlation:
    type: value_count
    rules: [failed]
    group-by: [IpAddress]
    timespan: 5m
    condition: {field: TargetUserName, gte: 5}
---
title: Failed log-ins and a new account
level: high
id: 00000000-0000-4000-8000-000000000003
correlation:
    type: temporal
    rules: [failed, account]
    group-by: [IpAddress]
    timespan: 10m
---
title: Failed, then logged in
level: high
id: 00000000-0000-4000-8000-000000000004
correlation:
    type: temporal_ordered
    rules: [failed, logged_in]
    group-by: [TargetUserName]
    timespan: 2m
";

const WORDS: &str = "\
title: Words in plain lines
level: high
id: 00000000-0000-4000-8000-000000000005
logsource: {product: linux}
detection:
    keywords: ['Failed password', 'invalid user', 'POSSIBLE BREAK-IN']
    condition: keywords
";

fn engine(text: &str) -> Engine {
    let mut found = Vec::new();
    let documents = read(&Source::new("bench.yml", text), &RuleId("bench".to_owned()), &mut found);
    let engine = Engine::compile(documents, &mut found);
    assert!(found.is_empty(), "{found:?}");
    engine
}

/// How many log-ins are counted.
pub(crate) const LOG_INS: usize = 100_000;

/// Events of log-ins for the rules that count: ten a second, half of them failed.
pub(crate) fn log_ins(many: usize) -> Vec<String> {
    let start = Timestamp::from_second(1_767_225_600).expect("a time");
    let mut lines = Vec::with_capacity(many);
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for number in 0..many {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let event = match state % 100 {
            0..50 => 4625,
            50..99 => 4624,
            _ => 4720,
        };
        let tenths = i64::try_from(number).expect("few events") * 100;
        let time = start + jiff::SignedDuration::from_millis(tenths);
        let (user, address) = (state >> 8 & 127, state >> 16 & 127);
        lines.push(format!(
            "{{\"@timestamp\":\"{time}\",\"product\":\"windows\",\"service\":\"security\",\"EventID\":{event},\"TargetUserName\":\"user{user}\",\"IpAddress\":\"10.0.0.{address}\",\"LogonType\":3,\"Computer\":\"dc1.chu.example\",\"WorkstationName\":\"POSTE{user}\"}}"
        ));
    }
    lines
}

/// Plain lines for whole programs.
const LINES: usize = 1_000_000;

/// Writes the rules, the log-ins and plain lines for whole programs to read.
pub(crate) fn write(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("words.yml"), WORDS)?;
    std::fs::write(folder.join("lines.log"), plain_lines(LINES).join("\n") + "\n")?;
    std::fs::write(folder.join("counting.yml"), COUNTING)?;
    std::fs::write(folder.join("log-ins.jsonl"), log_ins(LOG_INS).join("\n") + "\n")
}

/// Our engine over the log-ins: what the rules that count said, not the others. Each match is told with its line, its fields
/// and who takes part, or only counted.
pub(crate) fn count_ours(lines: &[String], is_told: bool) -> impl FnOnce() -> usize {
    let mut engine = engine(COUNTING);
    move || {
        let mut decoder = Decoder::new(Format::Json, TimeZone::UTC, None);
        let mut said = 0;
        for line in lines {
            let Read::Raw(raw) = decoder.read(Timestamp::UNIX_EPOCH, line) else { panic!("an object") };
            if let Some(sighting) = engine.look(&raw).expect("valid JSON") {
                let matches = engine.count(Realm::Live, sighting, &raw, &mut |found| is_told && !found.goes_on);
                said += matches.iter().filter(|found| !found.goes_on).count();
            }
        }
        said
    }
}

/// The other engine over the log-ins. `suppress` is for how long a rule that spoke is silent.
pub(crate) fn count_theirs(lines: &[String], suppress: Option<u64>) -> impl FnOnce() -> usize {
    let config = CorrelationConfig {
        timestamp_fields: vec!["@timestamp".to_owned()],
        suppress,
        emit_detections: false,
        ..CorrelationConfig::default()
    };
    let mut engine = CorrelationEngine::new(config);
    engine.set_logsource_extractor(Some(LogSourceExtractor::new()));
    engine.add_collection(&rsigma_parser::parse_sigma_yaml(COUNTING).expect("rules")).expect("rules that work");
    move || {
        let mut said = 0;
        for line in lines {
            let value: serde_json::Value = serde_json::from_str(line).expect("valid JSON");
            said += engine.process_event(&JsonEvent::borrow(&value)).len();
        }
        said
    }
}

/// Lines of syslog, one of fifty with a word that is looked for.
pub(crate) fn plain_lines(many: usize) -> Vec<String> {
    let mut lines = Vec::with_capacity(many);
    for number in 0..many {
        let (minute, second) = (number / 60 % 60, number % 60);
        let mut line = format!("Mar  2 08:{minute:02}:{second:02} srv{:02} ", number % 40);
        let said = match number % 50 {
            7 => write!(
                line,
                "sshd[{number}]: Failed password for root from 10.1.2.{} port 4{number:04} ssh2",
                number % 250
            ),
            0..20 => write!(
                line,
                "CRON[{number}]: (root) CMD (/usr/local/bin/rotate --keep 30 --folder /var/log/site{})",
                number % 9
            ),
            20..35 => write!(line, "systemd[1]: Started session-{number}.scope - Session {number} of user imaging."),
            _ => write!(
                line,
                "postfix/smtpd[{number}]: connect from mail{}.chu.example[10.2.3.{}]",
                number % 7,
                number % 250
            ),
        };
        said.expect("a text grows");
        lines.push(line);
    }
    lines
}

/// How a plain line comes to our engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum As {
    /// As syslog, with all its fields.
    Syslog,
    /// As an event that has nothing but the line, made by hand.
    Line,
    /// As `plain`, by the decoder: what whoever names that format gets.
    Plain,
}

/// Our engine over plain lines.
pub(crate) fn words_ours(lines: &[String], way: As) -> impl Fn() -> usize {
    let engine = engine(WORDS);
    move || {
        let logsource = Logsource { product: Some("linux".into()), ..Logsource::default() };
        // Only plain lines have to be told what they are.
        let (format, own) =
            if way == As::Plain { (Format::Plain, Some(logsource.clone())) } else { (Format::Syslog, None) };
        let mut decoder = Decoder::new(format, TimeZone::UTC, own);
        let mut matcher = engine.matcher();
        let mut event = Event {
            time: Timestamp::UNIX_EPOCH,
            logsource,
            fields: Vec::new(),
            text: String::new(),
            hidden: Hidden::default(),
            times: 1,
        };
        let mut said = 0;
        for line in lines {
            let seen = if way == As::Line {
                line.clone_into(&mut event.text);
                matcher.look(&event)
            } else {
                match decoder.read(Timestamp::UNIX_EPOCH, line) {
                    Read::Decoded(Decoded::Event(event) | Decoded::Unknown(event)) => matcher.look(&event),
                    Read::Raw(raw) => matcher.look(&raw),
                    other @ Read::Decoded(_) => panic!("{other:?}: {line}"),
                }
            };
            said += seen.expect("a line can always be read").map_or(0, |sighting| sighting.len());
        }
        said
    }
}

/// The other engine over plain lines.
pub(crate) fn words_theirs(lines: &[String]) -> impl Fn() -> usize {
    let mut engine = rsigma_eval::Engine::new();
    engine.add_collection(&rsigma_parser::parse_sigma_yaml(WORDS).expect("a rule")).expect("a rule that works");
    move || lines.iter().map(|line| engine.evaluate(&PlainEvent::new(line.clone())).len()).sum()
}
