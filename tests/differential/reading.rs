//! A line of JSON that is only read as far as rules ask, against the same line read as a whole: both name the same rules,
//! at the same time. Objects by chance, with names inside each other, hidden behind escapes, twice, in the shapes of
//! collectors; rules of all kinds, for all kinds of logs. The same for lines that are nothing but lines.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use vigie::base::id::RuleId;
use vigie::text::source::Source;
use vigie::watch::event::Logsource;
use vigie::watch::format::{Decoded, Decoder, Format, Read};
use vigie::watch::sigma::{Engine, Matcher, read};

/// Names of fields: those that tell what an event is, those that go by other names too, and plain ones.
const NAMES: [&str; 65] = [
    "a",
    "b",
    "a.b",
    "long name of a field",
    "Image",
    "CommandLine",
    "User",
    "ProcessId",
    "ParentProcessId",
    "NewProcessName",
    "SubjectUserName",
    "EventID",
    "Channel",
    "Provider_Name",
    "SourceName",
    "ProviderName",
    "Hostname",
    "Computer",
    "ComputerName",
    "computer_name",
    "message",
    "Message",
    "Data",
    "HostApplication",
    "EngineVersion",
    "EventType",
    "product",
    "service",
    "category",
    "log_name",
    "event_id",
    "source_name",
    "winlog.channel",
    "winlog.event_id",
    "winlog.provider_name",
    "winlog.event_data.Image",
    "winlog.user_data.Channel",
    "winlog.event_data.EventType",
    "event_data.a",
    "user_data.EventID",
    "Event.System.Channel",
    "Event.System.EventID",
    "Event.System.EventID.#text",
    "Event.System.Provider.#attributes.Name",
    "Event.EventData.Image",
    "Event.EventData.Data",
    "Event.EventData.Threat Name",
    "Event.UserData.x.Channel",
    "Threat Name",
    "method",
    "verb",
    "uri",
    "path",
    "status",
    "response",
    "user",
    "args",
    "cs-method",
    "ID",
    "SYSCALL.exe",
    "EXECVE.ARGV",
    "time",
    "@timestamp",
    "Event.EventData.time",
    "winlog.event_data.UtcTime",
];

/// Values as JSON.
const VALUES: [&str; 61] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "007",
    "1",
    "1.0",
    "1.50",
    "1e3",
    "200",
    "4688",
    "4104",
    "400",
    "13",
    "12",
    "1116",
    "18446744073709551615",
    "1e999",
    "1795289302",
    "\"2026-11-21T19:28:22Z\"",
    "[1795289303,1795289304]",
    "[1795289305]",
    "[]",
    "{}",
    "[[],1]",
    "[4688]",
    "[\"x\",[\"GET\"]]",
    "[1,{\"v\":2},3]",
    "\"\"",
    "\"-\"",
    "\"x\"",
    "\"X\"",
    "\"1\"",
    "\"1.0\"",
    "\"4688\"",
    "\" 4688 \"",
    "\"200\"",
    "\"+200\"",
    "\"GET\"",
    "\"G\\u0045T\"",
    "\"/x?a=x\"",
    "\"/x\\u003Fa\\\\\\\"?b\"",
    "\"\\/x\"",
    "\"windows\"",
    "\"linux\"",
    "\"security\"",
    "\"sysmon\"",
    "\"process_creation\"",
    "\"Security\"",
    "\"ForwardedEvents\"",
    "\"Microsoft-Windows-Sysmon/Operational\"",
    "\"Windows PowerShell\"",
    "\"Microsoft-Windows-Security-Auditing\"",
    "\"Microsoft-Windows-Windows Defender/Operational\"",
    "\"CreateKey\"",
    "\"C:\\\\Windows\\\\x.exe\"",
    "\"l\\u00e9 \\ud83d\\ude00 \\ud83d x\"",
    "\"\\tHostApplication=x.exe\\r\\n\\tEngineVersion=1\\n\\tEngineVersion=x\"",
    "\"1795289302.123:4711\"",
    "\"2026-11-21T19:28:22Z\"",
];

/// Fields that rules ask for, beyond those that events say themselves.
const ASKED: [&str; 16] = [
    "Signature",
    "ThreatName",
    "ParentImage",
    "c-ip",
    "cs-username",
    "cs-uri",
    "cs-uri-stem",
    "cs-uri-query",
    "sc-status",
    "longnameofafield",
    "m.v",
    "serial",
    "type",
    "exe",
    "a0",
    "v",
];

const LOGSOURCES: [&str; 11] = [
    "product: windows",
    "product: linux",
    "product: x",
    "product: windows, service: security",
    "product: windows, category: process_creation",
    "service: sysmon",
    "category: process_creation",
    "category: webserver",
    "category: registry_set",
    "category: ps_classic_start",
    "category: antivirus",
];

/// Tests of one field, `@`.
const TESTS: [&str; 20] = [
    "'@': x",
    "'@': ''",
    "'@': 1",
    "'@': 4688",
    "'@': null",
    "'@': true",
    "'@|exists': true",
    "'@|exists': false",
    "'@|contains': x",
    "'@|startswith': 'C:\\'",
    "'@|endswith': .exe",
    "'@|re': '^1'",
    "'@|cased': x",
    "'@|neq': x",
    "'@|gte': 13",
    "'@|contains|all': [x, '.']",
    "'@|fieldref': a",
    "'@|cidr': 10.0.0.0/8",
    "'@': '1.*'",
    "'@': '200'",
];

/// Words looked for anywhere.
const WORDS: [&str; 5] = ["[x]", "['1000.0']", "{'|re': '^/x$'}", "{'|re': '^1$'}", "['é']"];

/// Every field in some ways, for some kinds of logs each; and all words for all kinds.
fn engine() -> Engine {
    let (mut found, mut documents, mut number) = (Vec::new(), Vec::new(), 0);
    let mut add = |logsource: &str, selection: &str| {
        for condition in ["s", "not s"] {
            let text = format!(
                "title: t\nlevel: low\nlogsource: {{{logsource}}}\ndetection:\n  s: {selection}\n  condition: {condition}\n"
            );
            let id = RuleId(format!("{number} {logsource} {selection} {condition}"));
            documents.extend(read(&Source::new(id.as_str(), text.as_str()), &id, &mut found));
            number += 1;
        }
    };
    for (at, field) in NAMES.iter().chain(&ASKED).enumerate() {
        for (more, test) in TESTS.iter().enumerate() {
            let selection = format!("{{{}}}", test.replace('@', field));
            add(LOGSOURCES[(at * 7 + more) % LOGSOURCES.len()], &selection);
        }
    }
    for logsource in LOGSOURCES {
        for word in WORDS {
            add(logsource, word);
        }
    }
    let engine = Engine::compile(documents, &mut found);
    assert!(found.is_empty(), "{found:?}");
    engine
}

/// An engine that names few fields, so that what stands for them under other names is not named by any rule.
fn sparse() -> Engine {
    let (mut found, mut documents) = (Vec::new(), Vec::new());
    for (logsource, field) in [
        ("category: process_creation", "Image"),
        ("product: windows", "ComputerName"),
        ("category: ps_classic_start", "HostApplication"),
        ("category: antivirus", "Signature"),
        ("product: linux", "exe"),
        ("category: webserver", "cs-uri-stem"),
    ] {
        let text = format!(
            "title: t\nlevel: low\nlogsource: {{{logsource}}}\ndetection:\n  s: {{{field}|contains: x}}\n  condition: s\n"
        );
        documents.extend(read(&Source::new(field, text.as_str()), &RuleId::from(field), &mut found));
    }
    let engine = Engine::compile(documents, &mut found);
    assert!(found.is_empty(), "{found:?}");
    engine
}

/// A name as JSON, some of its letters behind escapes.
fn written(name: &str, hidden: u8) -> String {
    let mut text = String::from("\"");
    for (at, letter) in name.chars().enumerate() {
        if hidden > 0 && (at + 1) % usize::from(hidden) == 0 {
            write!(text, "\\u{:04x}", u32::from(letter)).expect("a text takes everything");
        } else {
            text.push(letter);
        }
    }
    text + "\""
}

/// A member: its name dotted, or as objects inside each other.
fn member() -> impl Strategy<Value = String> {
    let hidden = prop_oneof![6 => Just(0_u8), 1 => 1..6_u8];
    (prop::sample::select(&NAMES[..]), prop::sample::select(&VALUES[..]), any::<bool>(), hidden).prop_map(
        |(name, value, nested, hidden)| {
            let parts: Vec<&str> = if nested { name.split('.').collect() } else { vec![name] };
            let opened: Vec<String> = parts.iter().map(|part| written(part, hidden)).collect();
            format!("{}:{value}{}", opened.join(":{"), "}".repeat(parts.len() - 1))
        },
    )
}

/// Members that together are something.
fn shape() -> impl Strategy<Value = String> {
    prop::sample::select(&[
        r#""Event":{"System":{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"Computer":"x"},"EventData":{"Image":"C:\\x.exe"}}"#,
        r#""Channel":"Security","EventID":4688,"NewProcessName":"C:\\x.exe","Hostname":"x","Hostname":"y""#,
        r#""winlog":{"channel":"System","event_id":104,"user_data":{"Channel":"Security"}}"#,
        r#""winlog":{"channel":"Windows PowerShell","event_id":400},"message":"\tHostApplication=x\n\tEngineVersion=1""#,
        r##""Event":{"System":{"Channel":"Windows PowerShell","EventID":{"#text":400}},"EventData":{"Data":["x","\tHostApplication=x"]}}"##,
        r#""Channel":"Microsoft-Windows-Windows Defender/Operational","EventID":1116,"Threat Name":"x""#,
        r#""Channel":"Microsoft-Windows-Sysmon/Operational","EventID":12,"EventType":"CreateKey""#,
        r#""product":"windows","category":"process_creation","Image":"C:\\x.exe""#,
        r#""product":"windows","service":"security""#,
        r#""method":"GET","uri":"/x?x=1","status":200"#,
        r#""verb":"GET","path":"/x","status":"404","user":"-","args":1"#,
        r#""ID":"1795289302.123:4711","SYSCALL":{"exe":"/x","pid":1},"EXECVE":{"ARGV":["x","-1"]},"PATH":[{"name":"x"}]"#,
        r#""ID":"1795289302.123:y","SYSCALL":{"exe":"/x"}"#,
        r#""message":"x""#,
    ][..])
    .prop_map(str::to_owned)
}

fn object() -> impl Strategy<Value = String> {
    let members = prop::collection::vec(member(), 0..6);
    (prop::option::weighted(0.7, shape()), members, any::<prop::sample::Index>(), any::<bool>()).prop_map(
        |(shape, mut members, at, spaced)| {
            if let Some(shape) = shape {
                members.insert(at.index(members.len() + 1), shape);
            }
            format!("{{{}}}", members.join(if spaced { " ,\t" } else { "," }))
        },
    )
}

fn own() -> impl Strategy<Value = Option<Logsource>> {
    let own = |category: &[&str], product: Option<&str>| Logsource {
        category: category.iter().map(|word| (*word).to_owned()).collect(),
        product: product.map(Into::into),
        service: None,
    };
    prop::sample::select(vec![
        None,
        None,
        Some(own(&[], Some("x"))),
        Some(own(&["process_creation", "webserver"], None)),
        Some(own(&["antivirus"], Some("windows"))),
    ])
}

/// The rules that match, and when; nothing where the line cannot be read.
type Seen = Option<(Vec<usize>, Option<Timestamp>)>;

/// Where lines come from: their format, and what the source says of itself.
type From<'a> = (Format, Option<&'a Logsource>);

fn decoder((format, own): From<'_>) -> Decoder {
    Decoder::new(format, TimeZone::UTC, own.cloned())
}

/// As far as rules ask, as JSON.
fn lazily(matcher: &mut Matcher, own: Option<&Logsource>, line: &str) -> Seen {
    lazily_from((Format::Json, own), matcher, line)
}

fn lazily_from(from: From<'_>, matcher: &mut Matcher, line: &str) -> Seen {
    match decoder(from).read(Timestamp::UNIX_EPOCH, line) {
        Read::Raw(raw) => Some(seen(matcher.look(&raw).ok()?)),
        Read::Decoded(vigie::watch::format::Decoded::Skipped) if from.0 == Format::Plain => None,
        other @ Read::Decoded(_) => panic!("not read as it is: {other:?}"),
    }
}

/// As a whole. Nothing besides where something in the line is taken for a secret, or for no part of it.
fn wholly(from: From<'_>, matcher: &mut Matcher, line: &str) -> Option<Seen> {
    match decoder(from).decode(Timestamp::UNIX_EPOCH, line) {
        Decoded::Event(event) | Decoded::Unknown(event) => {
            (event.text == line).then(|| matcher.look(&event).ok().map(seen))
        }
        Decoded::Several(_) => panic!("several events: {line}"),
        Decoded::Malformed { .. } => Some(None),
        Decoded::Skipped if from.0 == Format::Plain => Some(None),
        Decoded::Skipped => panic!("passed over: {line}"),
    }
}

fn seen(sighting: Option<vigie::watch::sigma::Sighting>) -> (Vec<usize>, Option<Timestamp>) {
    sighting.map_or_else(|| (Vec::new(), None), |seen| (seen.rules().collect(), Some(seen.time)))
}

fn compare(
    engine: &Engine,
    matcher: &mut Matcher,
    own: Option<&Logsource>,
    line: &str,
) -> Result<usize, TestCaseError> {
    compare_from((Format::Json, own), engine, matcher, line)
}

fn compare_from(from: From<'_>, engine: &Engine, matcher: &mut Matcher, line: &str) -> Result<usize, TestCaseError> {
    let Some(whole) = wholly(from, &mut engine.matcher(), line) else { return Ok(0) };
    // The matcher that has seen other lines before, and one that has not: what it remembers must not count.
    let names = |seen: &Seen| -> Vec<String> {
        let rules: Vec<_> = engine.rules().collect();
        seen.iter().flat_map(|(found, _)| found).map(|at| rules[*at].id.to_string()).collect()
    };
    for (when, lazy) in
        [("fresh", lazily_from(from, &mut engine.matcher(), line)), ("after others", lazily_from(from, matcher, line))]
    {
        if lazy != whole {
            let (lazily, wholly) = (names(&lazy), names(&whole));
            let only = |these: &[String], those: &[String]| -> Vec<String> {
                these.iter().filter(|name| !those.contains(name)).take(4).cloned().collect()
            };
            let (more, less) = (only(&lazily, &wholly), only(&wholly, &lazily));
            let times = [&lazy, &whole].map(|seen| seen.as_ref().map(|(_, time)| *time));
            prop_assert!(false, "{when} {from:?} {line}\nonly lazily {more:?}\nonly as a whole {less:?} {times:?}");
        }
    }
    Ok(whole.map_or(0, |(found, _)| found.len()))
}

#[test]
fn a_line_read_as_far_as_rules_ask_says_the_same_as_the_whole_line() {
    let cases = std::env::var("VIGIE_ROUNDS").map_or(1_500, |rounds| rounds.parse().expect("a number"));
    let (dense, sparse) = (engine(), sparse());
    let matchers = std::cell::RefCell::new((dense.matcher(), sparse.matcher()));
    let matched = std::cell::Cell::new([0, 0]);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(own in own(), line in object())| {
        let matchers = &mut *matchers.borrow_mut();
        let [many, few] = matched.get();
        let more = compare(&dense, &mut matchers.0, own.as_ref(), &line)?;
        let fewer = compare(&sparse, &mut matchers.1, own.as_ref(), &line)?;
        matched.set([many + more, few + fewer]);
    });
    let [many, few] = matched.get();
    println!("{cases} lines, {many} and {few} matches");
    assert!(many > 10_000 && few > 50, "{cases} lines, only {many} and {few} matches");
}

/// A line of any program: a time or what looks like one, words and values that rules look for, or anything.
fn plain() -> impl Strategy<Value = String> {
    let starts = [
        "",
        "[",
        "x",
        "1",
        "C:\\",
        "2026-11-21 19:28:22 ",
        "2026-11-21T19:28:22.5+02:00",
        "[2026-11-21 19:28:22,5 -0200] ",
        "2026-11-21 19:28:221 ",
    ];
    let parts =
        prop::sample::select(&["x", "X", "é", "É", ".exe", "1000.0", " ", "/x", "\\u00e9", "a", "message=x", "€"][..]);
    let said = (prop::sample::select(starts.to_vec()), prop::collection::vec(parts, 0..4))
        .prop_map(|(start, parts)| format!("{start}{}", parts.concat()));
    prop_oneof![4 => said, 1 => object(), 1 => "\\PC{0,20}"]
}

#[test]
fn a_plain_line_looked_at_as_it_is_says_the_same_as_the_whole_line() {
    let cases = std::env::var("VIGIE_ROUNDS").map_or(1_500, |rounds| rounds.parse().expect("a number"));
    let dense = engine();
    let (matcher, count) = (std::cell::RefCell::new(dense.matcher()), std::cell::Cell::new(0));
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(own in own(), line in plain())| {
        let more = compare_from((Format::Plain, own.as_ref()), &dense, &mut matcher.borrow_mut(), &line)?;
        count.set(count.get() + more);
    });
    println!("{cases} lines, {} matches", count.get());
    assert!(count.get() > 10_000, "{cases} lines, only {} matches", count.get());
}

/// Lines that were once read in two ways, or not at all, each with a rule of [`sparse`] that must or must not match.
#[test]
fn lines_that_once_differed() {
    let (sparse, dense) = (sparse(), engine());
    let mut matchers = (sparse.matcher(), dense.matcher());
    for (line, wanted) in [
        // No rule names what stands for `Image`, `ComputerName`, `Signature`, or the text that holds the names.
        (r#"{"Channel":"Security","EventID":4688,"NewProcessName":"x"}"#, &["Image"][..]),
        (r#"{"Channel":"System","EventID":1,"Hostname":"x"}"#, &["ComputerName"]),
        (
            r#"{"Channel":"Microsoft-Windows-Windows Defender/Operational","EventID":1116,"Threat Name":"x"}"#,
            &["Signature"],
        ),
        (r#"{"Channel":"Windows PowerShell","EventID":400,"message":"\tHostApplication=x"}"#, &["HostApplication"]),
        // Nothing but a reading of the whole line tells that it is of Linux.
        (r#"{"ID":"1795289302.123:4711","SYSCALL":{"exe":"/x"}}"#, &["exe"]),
        // The log that was cleared is not the one that says so.
        (
            r#"{"winlog":{"channel":"Security","event_id":4688,"event_data":{"Channel":"System","NewProcessName":"x"}}}"#,
            &["Image"],
        ),
        // A method, an address and a question mark behind escapes; a number as text.
        (r#"{"method":"G\u0045T","uri":"\/x\u003Fa","status":"+200"}"#, &["cs-uri-stem"]),
        (r#"{"method":5,"verb":"GET","uri":"/x","status":200}"#, &["cs-uri-stem"]),
        // No request, whatever it calls its method.
        (r#"{"cs-method":"GET","cs-uri-stem":"/x"}"#, &[]),
        // A truth is no word, and what is remembered of such an event is not taken for one that says nothing.
        (r#"{"product":true,"category":"process_creation","Image":"x"}"#, &[]),
        (r#"{"category":"process_creation","Image":"x"}"#, &[]),
        (r#"{"product":"5","category":"process_creation","Image":"x"}"#, &["Image"]),
        (r#"{"product":5,"category":"process_creation","Image":"x"}"#, &[]),
        // Events of one shape after the other, told apart by a number that is none.
        (r#"{"Event.System.EventID":1.0,"Channel":"Security","EventID":4688,"NewProcessName":"x"}"#, &[]),
        (r#"{"Channel":"Security","EventID":4688,"NewProcessName":"x"}"#, &["Image"]),
        // When it happened says a member of that very name, and not several values, or what the event tells besides.
        (
            r#"{"time":[1795289302,1795289303],"ts":1795289304,"Channel":"System","EventID":1,"Hostname":"x"}"#,
            &["ComputerName"],
        ),
        (
            r#"{"Event":{"System":{"Channel":"Security","EventID":4688,"TimeCreated":{"SystemTime":"2026-11-21T19:28:22Z"}},"EventData":{"time":1795289302,"NewProcessName":"x"}}}"#,
            &["Image"],
        ),
    ] {
        compare(&sparse, &mut matchers.0, None, line).unwrap();
        compare(&dense, &mut matchers.1, None, line).unwrap();
        let (found, _) = lazily(&mut matchers.0, None, line).expect("it can be read");
        let rules: Vec<_> = sparse.rules().map(|rule| rule.id.to_string()).collect();
        let found: Vec<&str> = found.iter().map(|at| rules[*at].as_str()).collect();
        assert_eq!(found, wanted, "{line}");
    }
}

/// Words are found in values that no rule names, whatever letters the line hides behind escapes, and whether another rule
/// reads the same line or not.
#[test]
fn words_are_found_in_fields_that_no_rule_names() {
    let rules = [("words", "['naïve', 'C:\\x']"), ("quoted", "['say \"hi\"']"), ("field", "{named|contains: x}")];
    let (mut found, mut documents) = (Vec::new(), Vec::new());
    for (name, selection) in rules {
        let text =
            format!("title: t\nlevel: low\nlogsource: {{product: p}}\ndetection:\n  s: {selection}\n  condition: s\n");
        documents.extend(read(&Source::new(name, text.as_str()), &RuleId::from(name), &mut found));
    }
    let engine = Engine::compile(documents, &mut found);
    assert!(found.is_empty(), "{found:?}");
    let own = Logsource { product: Some("p".into()), ..Logsource::default() };
    let mut matcher = engine.matcher();
    for (line, wanted) in [
        (r#"{"a":"na\u00efve"}"#, &[0][..]),
        (r#"{"a":{"b":["x","NA\u00cfVE"]},"named":"x"}"#, &[0, 2]),
        (r#"{"a":"c:\\X"}"#, &[0]),
        (r#"{"a":"they \u0053ay \"hi\"","na\u006ded":"y"}"#, &[1]),
        (r#"{"named":"say \u0022hi\u0022 x"}"#, &[1, 2]),
        (r#"{"a":"C:\\users\\naive","named":"y"}"#, &[]),
    ] {
        compare(&engine, &mut matcher, Some(&own), line).unwrap();
        assert_eq!(lazily(&mut matcher, Some(&own), line).expect("it can be read").0, wanted, "{line}");
    }
}

/// A line with a byte of nothing in a word, made to look as if it were two words, is not remembered as the other.
#[test]
fn nobody_can_write_what_another_kind_of_event_is_remembered_by() {
    let sparse = sparse();
    let mut matcher = sparse.matcher();
    let genuine = r#"{"product":"windows","category":"process_creation","Image":"x"}"#;
    for sign in ['\u{0}', '\u{1}', '\u{2}'] {
        for (product, category) in
            [("windows@@process_creation", ""), ("windows@", "process_creation"), ("@windows", "@")]
        {
            let [product, category] = [product, category].map(|word| word.replace('@', &sign.to_string()));
            let forged = format!(r#"{{"product":"{product}","category":"{category}","Image":"x"}}"#);
            lazily(&mut matcher, None, &forged);
            assert_eq!(lazily(&mut matcher, None, genuine).map(|(found, _)| found), Some(vec![0]), "{forged:?}");
        }
    }
}
