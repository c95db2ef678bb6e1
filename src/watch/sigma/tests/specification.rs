//! The specification, sentence by sentence: each row names the section it is from. Events are read from lines, as those
//! of a site are. Single modifiers against single values are in `modifier`, the grammar of conditions in `condition`.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::matches;
use crate::watch::event::{Event, Logsource};
use crate::watch::format::{Decoded, Decoder, Format};

/// The event of the product `p` that a line tells of.
fn line(text: &str) -> Event {
    let own = Logsource { product: Some("p".into()), ..Logsource::default() };
    match Decoder::new(Format::Json, TimeZone::UTC, Some(own)).decode(Timestamp::UNIX_EPOCH, text) {
        Decoded::Event(event) => event,
        other => panic!("{other:?}: {text}"),
    }
}

/// A section, selections and a condition, lines that match, lines that do not.
type Row = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

fn holds(rows: &[Row]) {
    for (section, detection, fitting, others) in rows {
        for (lines, expected) in [(fitting, true), (others, false)] {
            for text in *lines {
                assert_eq!(matches(detection, &line(text)), expected, "{section}: {detection}\n{text}");
            }
        }
    }
}

#[test]
fn values() {
    holds(&[
        (
            "Rules, General: all values are case-insensitive strings",
            "s: {f: whoAMI, g: 'ÉTÉ'}\ncondition: s",
            &[r#"{"f": "WHOAMI", "g": "été"}"#, r#"{"f": "whoami", "g": "\u00c9t\u00e9"}"#],
            &[r#"{"f": "whoami ", "g": "été"}"#, r#"{"f": "whoami", "g": "ete"}"#],
        ),
        (
            "Rules, General: names of fields are those of the log",
            "s: {User: a}\ncondition: s",
            &[r#"{"User": "A"}"#],
            &[r#"{"user": "a"}"#, r#"{"x": {"User": "a"}}"#],
        ),
        (
            "Rules, String Wildcard: `?` is a single mandatory character",
            "s: {f: 'prog?.exe'}\ncondition: s",
            &[r#"{"f": "progA.exe"}"#, r#"{"f": "progé.exe"}"#, r#"{"f": "prog?.EXE"}"#],
            &[r#"{"f": "prog.exe"}"#, r#"{"f": "progAB.exe"}"#],
        ),
        (
            "Rules, String Wildcard: `*` is of any length",
            "s: {f: 'antivirus_V*.exe'}\ncondition: s",
            &[r#"{"f": "antivirus_V.exe"}"#, r#"{"f": "antivirus_V21.2.1.exe"}"#, r#"{"f": "antivirus_Va\nb.exe"}"#],
            &[r#"{"f": "antivirus_V1.exe2"}"#, r#"{"f": "an antivirus_V1.exe"}"#],
        ),
        (
            "Rules, Special Field Values: an empty value is `''`",
            "s: {f: ''}\ncondition: s",
            &[r#"{"f": ""}"#, r#"{"f": ["a", ""]}"#],
            &[r#"{"f": null}"#, r#"{"f": " "}"#, r#"{"g": ""}"#, r#"{"f": 0}"#],
        ),
        (
            "Rules, Special Field Values: not null is a selection of its own, negated",
            "s: {EventID: 4738}\nfilter: {Last: null}\ncondition: s and not filter",
            &[r#"{"EventID": 4738, "Last": "x"}"#, r#"{"EventID": "4738", "Last": ""}"#],
            &[r#"{"EventID": 4738}"#, r#"{"EventID": 4738, "Last": null}"#],
        ),
        (
            "Rules, Field Existence: `exists` looks at the field alone",
            "s: {EventID: 4738, Last|exists: true}\ncondition: s",
            &[r#"{"EventID": 4738, "Last": ""}"#, r#"{"EventID": 4738, "Last": null}"#],
            &[r#"{"EventID": 4738}"#],
        ),
        (
            "Rules, Placeholders: without `expand` a placeholder is a text",
            "s: {f: '%name%'}\ncondition: s",
            &[r#"{"f": "%NAME%"}"#],
            &[r#"{"f": "name"}"#],
        ),
    ]);
}

/// "Rules, General": nothing but the quotation mark is escaped.
#[test]
fn quotation_marks() {
    let detection = "s: {f: 'it''s a \"$(x)\" [y] {z} #1 | &'}\ncondition: s";
    assert!(matches(detection, &line(r#"{"f": "it's a \"$(x)\" [y] {z} #1 | &"}"#)));
    assert!(!matches(detection, &line(r#"{"f": "its a \"$(x)\" [y] {z} #1 | &"}"#)));
}

#[test]
fn escaping() {
    const SECTION: &str = "Rules, Escaping";
    holds(&[
        // A plain backslash is one or two.
        (
            SECTION,
            r"s: {f: 'C:\Win'}
condition: s",
            &[r#"{"f": "C:\\Win"}"#],
            &[r#"{"f": "C:\\\\Win"}"#, r#"{"f": "C:Win"}"#],
        ),
        (
            SECTION,
            r"s: {f: 'C:\\Win'}
condition: s",
            &[r#"{"f": "C:\\Win"}"#],
            &[r#"{"f": "C:\\\\Win"}"#],
        ),
        // A backslash makes a wildcard a plain character.
        (
            SECTION,
            r"s: {f: 'a\*'}
condition: s",
            &[r#"{"f": "a*"}"#],
            &[r#"{"f": "ab"}"#, r#"{"f": "a\\*"}"#],
        ),
        (
            SECTION,
            r"s: {f: 'a\?'}
condition: s",
            &[r#"{"f": "a?"}"#],
            &[r#"{"f": "ab"}"#],
        ),
        // Two are a backslash before a wildcard.
        (
            SECTION,
            r"s: {f: 'a\\*'}
condition: s",
            &[r#"{"f": "a\\"}"#, r#"{"f": "a\\bc"}"#],
            &[r#"{"f": "a*"}"#, r#"{"f": "abc"}"#],
        ),
        // Three are a backslash and a plain character.
        (
            SECTION,
            r"s: {f: 'a\\\*'}
condition: s",
            &[r#"{"f": "a\\*"}"#],
            &[r#"{"f": "a\\b"}"#, r#"{"f": "a*"}"#],
        ),
        // Three or four are two.
        (
            SECTION,
            r"s: {f: 'a\\\b'}
condition: s",
            &[r#"{"f": "a\\\\b"}"#],
            &[r#"{"f": "a\\b"}"#],
        ),
        (
            SECTION,
            r"s: {f: 'a\\\\b'}
condition: s",
            &[r#"{"f": "a\\\\b"}"#],
            &[r#"{"f": "a\\b"}"#],
        ),
        // At the end too.
        (
            SECTION,
            r"s: {f|endswith: '\'}
condition: s",
            &[r#"{"f": "a\\"}"#],
            &[r#"{"f": "a"}"#],
        ),
        // A regular expression has its own escapes.
        (
            SECTION,
            r"s: {f|re: 'a\\b'}
condition: s",
            &[r#"{"f": "a\\b"}"#],
            &[r#"{"f": "ab"}"#],
        ),
    ]);
}

#[test]
fn lists_and_maps() {
    holds(&[
        (
            "Rules, Lists: strings are applied to the full message and linked with or",
            "k: [EVILSERVICE, 'svchost.exe -n evil']\ncondition: k",
            &[r#"{"m": "an EvilService"}"#, r#"{"a": {"b": ["svchost.exe -n evil"]}}"#],
            &[r#"{"m": "svchost.exe", "n": "-n evil"}"#],
        ),
        (
            "Rules, Lists: maps of a list are linked with or",
            "s: [{Image|endswith: '\\example.exe'}, {Description|contains: 'Test executable', User: a}]\ncondition: s",
            &[r#"{"Image": "C:\\EXAMPLE.exe"}"#, r#"{"Image": "x", "Description": "a test executable.", "User": "a"}"#],
            &[r#"{"Image": "C:\\example", "Description": "Test executable"}"#, "{}"],
        ),
        (
            "Rules, Maps: all elements are joined with and, the values of one with or",
            "s: {EventLog: Security, EventID: [517, 1102]}\ncondition: s",
            &[r#"{"EventLog": "security", "EventID": 517}"#, r#"{"EventID": "1102", "EventLog": "Security"}"#],
            &[r#"{"EventLog": "Security", "EventID": 518}"#, r#"{"EventID": 517}"#, r#"{"EventLog": "Security"}"#],
        ),
        (
            "Rules, Maps: quoted numbers are texts",
            "s: {TicketOptions: '0x40810000', TicketEncryption: '0x17'}\ncondition: s",
            &[r#"{"TicketOptions": "0X40810000", "TicketEncryption": "0x17"}"#],
            &[r#"{"TicketOptions": 1082195968, "TicketEncryption": 23}"#],
        ),
        (
            "Rules, Keywords search: the whole event, with `'|all'` every word",
            "k: {'|all': [OabVirtualDirectory, ' -ExternalUrl ']}\ncondition: k",
            &[
                r#"{"m": "Set-OabVirtualDirectory -ExternalUrl x"}"#,
                r#"{"m": " -externalurl ", "n": "oabvirtualdirectory"}"#,
            ],
            &[r#"{"m": "Set-OabVirtualDirectory"}"#],
        ),
        // S16 of issue 11.
        (
            "Rules, Keywords search: what an event says, and not the names under which it says it",
            "k: [root, '4625', 'C:\\tmp']\ncondition: k",
            &[
                r#"{"user": "ROOT"}"#,
                r#"{"root": 1, "a": {"b": ["x", "the root"]}}"#,
                r#"{"EventID": 4625}"#,
                r#" {"path": "c:\\TMP\\x"}"#,
                r#"{"a": "\u0072oot"}"#,
                r#"{"a": "\"root\": 1"}"#,
            ],
            &[
                r#"{"root": "x"}"#,
                r#"{"a": {"is_root" : [true]}, "b": "x"}"#,
                r#"[{"4625": null}]"#,
                r#" {"C:\\tmp": 1}"#,
            ],
        ),
        (
            "Rules, Keywords search: a word with quotation marks is meant for the line as it is spelled",
            "k: {'|re': '\"root\":\\s*1'}\nw: ['\"admin\":true']\ncondition: k or w",
            &[r#"{"root": 1}"#, r#"{"admin":true}"#],
            &[r#"{"root": "1"}"#, r#"{"admin": "true"}"#],
        ),
        (
            "Rules, Condition: identifiers keep their own and and or",
            "sel_a: {a: 1, b: 1}\nsel_b: [{c: 1}, {d: 1}]\ncondition: all of sel_*",
            &[r#"{"a": 1, "b": 1, "d": 1}"#],
            &[r#"{"a": 1, "b": 1}"#, r#"{"a": 1, "c": 1, "d": 1}"#],
        ),
        (
            "Rules, Condition: a list is linked with or",
            "sel_a: {a: 1}\nsel_b: {b: 1}\ncondition: [sel_a, not sel_b]",
            &[r#"{"a": 1, "b": 1}"#, r#"{"c": 1}"#],
            &[r#"{"b": 1}"#],
        ),
    ]);
}

#[test]
fn values_of_every_type() {
    const SECTION: &str = "Rules, Maps: a key is a field in the log data";
    holds(&[
        (
            SECTION,
            "s: {a.b.c: x}\ncondition: s",
            &[r#"{"a": {"b": {"c": "X"}}}"#, r#"{"a.b.c": "x"}"#, r#"{"a": {"b.c": "x"}}"#],
            &[r#"{"a": {"b": "x"}}"#, r#"{"c": "x"}"#],
        ),
        (
            SECTION,
            "s: {a.b: x}\ncondition: s",
            &[r#"{"a": [{"b": "y"}, {"b": "x"}]}"#, r#"{"a": {"b": [["x"]]}}"#],
            &[r#"{"a": [{"b": "y"}, {"c": "x"}]}"#, r#"{"a": ["x"]}"#],
        ),
        (SECTION, "s: {a: x, a|contains: y}\ncondition: s", &[r#"{"a": ["x", "zyz"]}"#], &[r#"{"a": ["x", "z"]}"#]),
        (
            SECTION,
            "s: {a: 1, b: 2}\ncondition: not s",
            &[r#"{"a": [1], "b": [1]}"#, "{}"],
            &[r#"{"a": [0, 1], "b": [2.0]}"#],
        ),
        (
            SECTION,
            "s: {a: true}\ncondition: s",
            &[r#"{"a": true}"#, r#"{"a": "TRUE"}"#],
            &[r#"{"a": 1}"#, r#"{"a": "yes"}"#],
        ),
        (
            SECTION,
            "s: {a: 9007199254740993}\ncondition: s",
            &[r#"{"a": 9007199254740993}"#],
            &[r#"{"a": 9007199254740992}"#],
        ),
        (
            SECTION,
            "s: {a: -0.5}\ncondition: s",
            &[r#"{"a": -0.5}"#, r#"{"a": "-0.50"}"#, r#"{"a": -5e-1}"#],
            &[r#"{"a": 0.5}"#],
        ),
        (
            SECTION,
            "s: {a: null}\ncondition: s",
            &["{}", r#"{"a": null}"#, r#"{"a": {}}"#],
            &[r#"{"a": ""}"#, r#"{"a": false}"#],
        ),
    ]);
}

#[test]
fn chains_of_modifiers() {
    holds(&[
        (
            "Modifiers, Generic: `all` joins the values of a list with and, in any order",
            "s: {f|contains|all: [' -a', ' -b']}\ncondition: s",
            &[r#"{"f": "x -b -a"}"#],
            &[r#"{"f": "x -b"}"#],
        ),
        (
            "Modifiers, Generic: `cased` counts letter case, with wildcards too",
            "s: {f|cased|endswith: ['A*b', 'Ç']}\ncondition: s",
            &[r#"{"f": "xAyb"}"#, r#"{"f": "xÇ"}"#],
            &[r#"{"f": "xayb"}"#, r#"{"f": "xAyB"}"#, r#"{"f": "xç"}"#],
        ),
        (
            "Modifiers, Generic: `neq` is different from all the values, numbers and texts",
            "s: {f|neq: [1, a, null]}\ncondition: s",
            &[r#"{"f": 2}"#, r#"{"f": ""}"#, r#"{"f": "b"}"#],
            &[r#"{"f": "1"}"#, r#"{"f": "A"}"#, r#"{"f": null}"#, "{}"],
        ),
        (
            "Modifiers, String: `windash` puts each of five characters in the place of each other",
            "s: {f|windash|contains|all: [' /a', ' –b']}\ncondition: s",
            &[r#"{"f": "x -a —b"}"#, r#"{"f": "x ―a /b"}"#, r#"{"f": "x –A –B"}"#],
            &[r#"{"f": "x -a b"}"#, r#"{"f": "x \\a -b"}"#],
        ),
        (
            "Modifiers, Regular Expression: the metacharacters of the list",
            r"s: {f|re: '^(ab|[c-e]{2,3})[^0-9]+.?x*$'}
condition: s",
            &[r#"{"f": "ab-"}"#, r#"{"f": "cde-1xx"}"#],
            &[r#"{"f": "AB-"}"#, r#"{"f": "ab1"}"#, r#"{"f": " ab-"}"#, r#"{"f": "c-1"}"#],
        ),
        (
            "Modifiers, Regular Expression: `m` and `s` are about lines",
            "s: {f|re|m: '^b$', g|re|s: 'a.b'}\ncondition: s",
            &[r#"{"f": "a\nb\nc", "g": "a\nb"}"#],
            &[r#"{"f": "a b c", "g": "a\nb"}"#, r#"{"f": "b", "g": "A\nb"}"#],
        ),
    ]);
}

#[test]
fn encodings_numbers_and_types() {
    holds(&[
        (
            "Modifiers, Encoding: each value of a list is encoded",
            "s: {f|base64: [foo, fo]}\ncondition: s",
            &[r#"{"f": "Zm9v"}"#, r#"{"f": "Zm8="}"#],
            &[r#"{"f": "foo"}"#, r#"{"f": "Zm8"}"#],
        ),
        (
            "Modifiers, Encoding: at each of three shifts, all of several",
            "s: {f|base64offset|contains|all: [/bin/sh, curl]}\ncondition: s",
            &[r#"{"f": "Y3VybCBodHRwIHwgL2Jpbi9zaA=="}"#, r#"{"f": "IGN1cmwgaHR0cCB8ICAvYmluL3No"}"#],
            &[r#"{"f": "Y3VybCBodHRwIHwgL2Jpbi8="}"#, r#"{"f": "curl | /bin/sh"}"#],
        ),
        (
            "Modifiers, Encoding: `utf16` begins with its mark",
            "s: {f|utf16|base64|startswith: cmd}\ncondition: s",
            &[r#"{"f": "//5jAG0AZAA="}"#],
            &[r#"{"f": "YwBtAGQA"}"#, r#"{"f": "AGMAbQBk"}"#],
        ),
        (
            "Modifiers, Numeric: below and above, texts that spell numbers too",
            "s: {f|gte: -1.5, f|lt: 10}\ncondition: s",
            &[r#"{"f": -1.5}"#, r#"{"f": "9.99"}"#, r#"{"f": 0}"#],
            &[r#"{"f": 10}"#, r#"{"f": -2}"#, r#"{"f": "nine"}"#, r#"{"f": true}"#, "{}"],
        ),
        (
            "Modifiers, Time: numbers of a date",
            "s: {t|hour|gte: 20, t|year: 2026, t|month|neq: 12}\ncondition: s",
            &[r#"{"t": "2026-11-21T22:00:00Z"}"#],
            &[
                r#"{"t": "2026-11-21T19:59:59Z"}"#,
                r#"{"t": "2025-11-21T22:00:00Z"}"#,
                r#"{"t": "2026-12-21T22:00:00Z"}"#,
            ],
        ),
        (
            "Modifiers, IP: both versions",
            "s: {ip|cidr: [10.0.0.0/8, '2001:db8::/32']}\ncondition: s",
            &[r#"{"ip": "10.200.0.1"}"#, r#"{"ip": "2001:DB8::1"}"#, r#"{"ip": ["::1", "10.0.0.0"]}"#],
            &[r#"{"ip": "11.0.0.1"}"#, r#"{"ip": "2001:db9::1"}"#, r#"{"ip": "10.0.0.0/8"}"#],
        ),
        (
            "Modifiers, Specific: `fieldref` compares fields of the event, `neq` too",
            "s: {a|fieldref: b, a|fieldref|neq: c}\ncondition: s",
            &[r#"{"a": "x", "b": "X", "c": "y"}"#, r#"{"a": 1, "b": "1"}"#],
            &[r#"{"a": "x", "b": "x", "c": "x"}"#, r#"{"a": "x", "b": "y"}"#],
        ),
    ]);
}
